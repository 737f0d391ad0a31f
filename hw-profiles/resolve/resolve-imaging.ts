import type { ImagingDocument } from "../schema/imaging-schema.ts";
import type {
  ExposureProfile,
  FilmProfile,
  ImagingProfile,
  ImagingReadoutProfile,
  ImagingRoicProfile,
} from "../sensor-profile.ts";
import type { ImagingDocuments } from "./check-imaging.ts";
import { resolveEffects } from "./resolve-effects.ts";
import { resolveBase } from "./resolve-sections.ts";

function resolveRoic(roic: ImagingDocument["roic"]): ImagingRoicProfile {
  return {
    adcBanks: roic.adcBanks.value,
    settleNs: roic.settle.value,
    resetNs: roic.reset.value,
    transferOverheadCycles: roic.transferOverhead.value,
    transferPixelsPerCycle: roic.transferPixelsPerCycle.value,
    pipelined: roic.pipelined.value,
    filmGate: roic.filmGate.value,
    extinction: roic.extinction.value,
    maxReads: roic.maxReads.value,
    maxAnalogGain: roic.maxAnalogGain.value,
  };
}

function resolveFilm(film: ImagingDocuments["film"]): FilmProfile {
  return {
    wavelengthNm: film.wavelength.value,
    ideality: film.ideality.value,
    shuntShare: film.shuntShare.value,
  };
}

function resolveExposure(exposure: ImagingDocument["exposure"]): ExposureProfile {
  return {
    exposureTimeUs: exposure.exposureTime.value,
    frameRateHz: exposure.frameRate.value,
    readMode: exposure.readMode.value,
    reads: exposure.reads.value,
    shutter: exposure.shutter.value,
    analogGain: exposure.analogGain.value,
  };
}

function resolveReadout(readout: ImagingDocument["readout"]): ImagingReadoutProfile {
  return {
    intensityScaleDn: readout.intensityScale.value,
    intensityOffsetLsb: readout.intensityOffset.value,
    sigmaScaleDn: readout.sigmaScale.value,
    jumpChi2: readout.jumpChi2.value,
    calibrationFrames: readout.calibrationFrames.value,
  };
}

/** Plain numbers of an imaging sensor. */
export function resolveImaging({ sensor, detector, film }: ImagingDocuments): ImagingProfile {
  return {
    ...resolveBase(sensor, detector),
    mode: sensor.mode,
    roic: resolveRoic(sensor.roic),
    film: resolveFilm(film),
    effects: resolveEffects(sensor.effects),
    exposure: resolveExposure(sensor.exposure),
    environment: { temperatureC: sensor.environment.temperature.value },
    readout: resolveReadout(sensor.readout),
  };
}
