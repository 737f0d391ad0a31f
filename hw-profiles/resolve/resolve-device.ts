// Detector documents as devices: what the bench and the design tool see.

import { LN_9 } from "../derive/response-time.ts";
import type {
  DeviceProfile,
  PhotoconductorProfile,
  PhotodiodeProfile,
  PhototransistorProfile,
  ResponsePole,
} from "../device-profile.ts";
import type {
  PhotoconductorDocument,
  PhotodiodeDocument,
  PhototransistorDocument,
} from "../schema/detector-schema.ts";

type DiodeDevice = NonNullable<PhotodiodeDocument["device"]>;
type AnyDevice = DiodeDevice | PhotoconductorDocument["device"] | PhototransistorDocument["device"];

/** 10-90 % time in ns to the time constant of one pole in s. */
function poleTauS(timeNs: number): number {
  return (timeNs * 1e-9) / LN_9;
}

function fastPole(share: number, device: AnyDevice, fallTimeNs: number): ResponsePole {
  return { share, riseTauS: poleTauS(device.riseTime.value), fallTauS: poleTauS(fallTimeNs) };
}

function resolveNoise({ noise }: AnyDevice): DeviceProfile["noise"] {
  return {
    shotMultiple: noise.shotMultiple.value,
    cornerHz: noise.corner.value,
    slope: noise.flickerReading.value === "power" ? 1 : 2,
    excessAPerRtHz: noise.excess.value,
  };
}

function resolveSpectrum({ spectrum }: AnyDevice): DeviceProfile["spectrum"] {
  return {
    peakNm: spectrum.peak.value,
    halfWidthEv: spectrum.halfWidth.value,
    plateau: spectrum.plateau.value,
    minNm: spectrum.minimum.value,
  };
}

function commonOf(
  document: PhotodiodeDocument | PhotoconductorDocument | PhototransistorDocument,
  device: AnyDevice,
) {
  return {
    name: document.name,
    title: document.title,
    material: device.material,
    ...(device.process === undefined ? {} : { process: device.process }),
    areaCm2: device.area.value,
    thicknessNm: device.thickness.value,
    operatingBiasV: document.operatingBias.value,
    spectrum: resolveSpectrum(device),
    noise: resolveNoise(device),
    responseModel: device.responseModel.value,
    powerExponent: device.powerExponent.value,
    referencePowerW: device.referencePower.value,
    published: device.published,
  };
}

function darkOf(
  document: PhotodiodeDocument | PhotoconductorDocument | PhototransistorDocument,
  device: AnyDevice,
) {
  return {
    densityAPerCm2: document.darkCurrentDensity.value,
    referenceBiasV: device.dark.referenceBias.value,
    referenceK: document.darkReferenceTemperature.value,
    activationEv: document.darkActivation.value,
  };
}

/** An ohmic channel: all of the current is that of the shunt. */
const OHMIC = { ideality: 1, shuntShare: 1, seriesOhmCm2: 0 } as const;

function speedPoint(point: NonNullable<DiodeDevice["speedPoints"]>[number]) {
  return { biasV: point.bias.value, relativeTau: point.relativeTau.value };
}

/** A photodiode document with its section `device`. */
export function resolvePhotodiode(document: PhotodiodeDocument, device: DiodeDevice): PhotodiodeProfile {
  const tail = document.slowTailFraction.value;
  const slowTauS = document.slowTailTau.value * 1e-9;
  const fast = fastPole(1 - tail, device, document.fallTime.value);
  return {
    ...commonOf(document, device),
    structure: "photodiode",
    dark: {
      ...darkOf(document, device),
      ideality: device.dark.ideality.value,
      shuntShare: device.dark.shuntShare.value,
      seriesOhmCm2: device.dark.series.value,
    },
    response: tail === 0 ? [fast] : [fast, { share: tail, riseTauS: slowTauS, fallTauS: slowTauS }],
    eqePoints: document.eqePoints.map((point) => ({ biasV: point.bias.value, eqe: point.eqe.value })),
    relativePermittivity: device.relativePermittivity.value,
    loadOhm: device.load.value,
    builtInV: device.builtIn.value,
    ...(device.speedPoints === undefined ? {} : { speedPoints: device.speedPoints.map(speedPoint) }),
  };
}

export function resolvePhotoconductor(document: PhotoconductorDocument): PhotoconductorProfile {
  const { device } = document;
  return {
    ...commonOf(document, device),
    structure: "photoconductor",
    dark: { ...darkOf(document, device), ...OHMIC },
    response: [fastPole(1, device, document.fallTime.value)],
    internalQuantumEfficiency: device.internalQuantumEfficiency.value,
    carrierLifetimeS: device.carrierLifetime.value,
    mobilityCm2PerVs: device.mobility.value,
    channelLengthUm: device.channelLength.value,
    builtInV: device.builtIn.value,
  };
}

export function resolvePhototransistor(document: PhototransistorDocument): PhototransistorProfile {
  const { device } = document;
  return {
    ...commonOf(document, device),
    structure: "phototransistor",
    dark: { ...darkOf(document, device), ...OHMIC },
    response: [fastPole(1, device, document.fallTime.value)],
    internalQuantumEfficiency: device.internalQuantumEfficiency.value,
    trapLifetimeS: device.trapLifetime.value,
    mobilityCm2PerVs: device.mobility.value,
    channelLengthUm: device.channelLength.value,
    drainV: document.operatingBias.value,
    gatePoints: device.gatePoints.map((point) => ({
      gateV: point.gate.value,
      relativeGain: point.relativeGain.value,
      relativeNoise: point.relativeNoise.value,
    })),
  };
}
