// One function a section: from values with unit and source to plain numbers with the unit in the name.

import type { PhotodiodeDocument } from "../schema/detector-schema.ts";
import type { PulsedLaserDocument } from "../schema/emitter-schema.ts";
import type { LidarDocument } from "../schema/lidar-schema.ts";
import type { SensorDocument } from "../schema/sensor-schema.ts";
import type {
  DefectProfile,
  DetectorProfile,
  EmitterProfile,
  EnvironmentProfile,
  GateProfile,
  OpticsProfile,
  PixelProfile,
  ReadoutProfile,
  RoicProfile,
  SensorBase,
} from "../sensor-profile.ts";

export function resolveDetector(document: PhotodiodeDocument): DetectorProfile {
  return {
    name: document.name,
    material: document.material,
    eqePoints: document.eqePoints.map((point) => ({ biasV: point.bias.value, eqe: point.eqe.value })),
    operatingBiasV: document.operatingBias.value,
    fallTimeNs: document.fallTime.value,
    slowTailFraction: document.slowTailFraction.value,
    slowTailTauNs: document.slowTailTau.value,
    darkCurrentDensityAPerCm2: document.darkCurrentDensity.value,
    darkReferenceK: document.darkReferenceTemperature.value,
    darkActivationEv: document.darkActivation.value,
    darkSpread: document.darkSpread.value,
    responseSpread: document.responseSpread.value,
  };
}

export function resolveEmitter(document: PulsedLaserDocument): EmitterProfile {
  return {
    name: document.name,
    wavelengthNm: document.wavelength.value,
    pulseWidthNs: document.pulseWidth.value,
    repetitionHz: document.repetition.value,
    peakPowerW: document.peakPower.value,
  };
}

export function resolvePixel(pixel: SensorDocument["pixel"]): PixelProfile {
  return {
    nodeCapacitanceFf: pixel.nodeCapacitance.value,
    swingV: pixel.swing.value,
    reset: pixel.reset.value,
    readNoiseE: pixel.readNoise.value,
    offsetSpreadDn: pixel.offsetSpread.value,
    columnOffsetSpreadDn: pixel.columnOffsetSpread.value,
  };
}

export function resolveRoic(roic: LidarDocument["roic"]): RoicProfile {
  return {
    adcBanks: roic.adcBanks.value,
    settleNs: roic.settle.value,
    transferNs: roic.transfer.value,
    pipelined: roic.pipelined.value,
    globalResetNs: roic.globalReset.value,
    gatePhasesPerClock: roic.gatePhasesPerClock.value,
  };
}

/** A swept-reset sample has no gate: it runs from its delay to the end of the pulse period. */
export function resolveGates(gates: LidarDocument["gates"], pulsePeriodNs: number): GateProfile {
  const widthNs = gates.width?.value;
  return {
    gating: gates.gating.value,
    delaysNs: gates.delays.value,
    widthsNs: gates.delays.value.map((delayNs) => widthNs ?? pulsePeriodNs - delayNs),
    pulsesPerGate: gates.pulsesPerGate.value,
    extinction: gates.extinction.value,
  };
}

export function resolveOptics(optics: SensorDocument["optics"]): OpticsProfile {
  return {
    fxPx: optics.fx.value,
    fyPx: optics.fy.value,
    cxPx: optics.cx.value,
    cyPx: optics.cy.value,
    k1: optics.k1.value,
    k2: optics.k2.value,
    k3: optics.k3.value,
    p1: optics.p1.value,
    p2: optics.p2.value,
    focalLengthMm: optics.focalLength.value,
    fNumber: optics.fNumber.value,
    transmission: optics.transmission.value,
    filterCentreNm: optics.filterCentre.value,
    filterWidthNm: optics.filterWidth.value,
  };
}

export function resolveEnvironment(environment: LidarDocument["environment"]): EnvironmentProfile {
  return {
    temperatureC: environment.temperature.value,
    ambientSun: environment.ambientSun.value,
    sunIrradianceWPerM2Nm: environment.sunIrradiance.value,
    extinctionPerM: environment.airExtinction.value,
  };
}

export function resolveDefects(defects: SensorDocument["defects"]): DefectProfile {
  return {
    deadFraction: defects.deadFraction.value,
    hotFraction: defects.hotFraction.value,
    stuckFraction: defects.stuckFraction.value,
    hotDarkFactor: defects.hotDarkFactor.value,
  };
}

export function resolveReadout(readout: LidarDocument["readout"]): ReadoutProfile {
  return {
    t0MinNs: readout.t0Min.value,
    t0MaxNs: readout.t0Max.value,
    timeOffsetNs: readout.timeOffset.value,
    detectionSigma: readout.detectionSigma.value,
    lowSignalSigma: readout.lowSignalSigma.value,
    misfitChi2: readout.misfitChi2.value,
    rangeScaleM: readout.rangeScale.value,
    sigmaScaleM: readout.sigmaScale.value,
    amplitudeScaleE: readout.amplitudeScale.value,
    ambientScaleE: readout.ambientScale.value,
    calibrationFrames: readout.calibrationFrames.value,
  };
}

/** What sensors of all modes have. */
export function resolveBase(sensor: SensorDocument, detector: PhotodiodeDocument): SensorBase {
  return {
    name: sensor.name,
    title: sensor.title,
    deviceSeed: sensor.deviceSeed,
    serialNumber: sensor.serialNumber,
    array: {
      widthPx: sensor.array.width.value,
      heightPx: sensor.array.height.value,
      pitchUm: sensor.array.pitch.value,
      fillFactor: sensor.array.fillFactor.value,
    },
    detector: resolveDetector(detector),
    pixel: resolvePixel(sensor.pixel),
    adc: {
      bits: sensor.adc.bits.value,
      clockHz: sensor.adc.clock.value,
      pedestalDn: sensor.adc.pedestal.value,
      saturationDn: sensor.adc.saturation.value,
    },
    optics: resolveOptics(sensor.optics),
    defects: resolveDefects(sensor.defects),
  };
}
