import type {
  PhotoconductorProfile,
  PhotodiodeProfile,
  PhototransistorProfile,
} from "../../../hw-profiles/device-profile.ts";

const LN_9 = Math.log(9);

const onePole = (fallS: number) => [{ share: 1, riseTauS: fallS / LN_9, fallTauS: fallS / LN_9 }];

/** The InAs photodiode of choi2021, as its numbers in the text give it. */
export const inas: PhotodiodeProfile = {
  name: "inas",
  title: "InAs photodiode",
  structure: "photodiode",
  material: "inas",
  process: "ME",
  areaCm2: 8e-3,
  thicknessNm: 100,
  operatingBiasV: -1,
  spectrum: { peakNm: 930, halfWidthEv: 0.06, plateau: 0.3, minNm: 350 },
  dark: {
    densityAPerCm2: 5e-8,
    referenceBiasV: 0,
    referenceK: 300,
    activationEv: 0.35,
    ideality: 2,
    shuntShare: 0.3,
    seriesOhmCm2: 35,
  },
  noise: { shotMultiple: 2, cornerHz: 1e4, slope: 1, excessAPerRtHz: 0 },
  response: onePole(65e-9),
  responseModel: "measured",
  powerExponent: 1,
  referencePowerW: 1e-6,
  published: [],
  eqePoints: [
    { biasV: -1, eqe: 0.36 },
    { biasV: 0, eqe: 0.18 },
  ],
  relativePermittivity: 10,
  loadOhm: 50,
};

export const pbs: PhotodiodeProfile = { ...inas, name: "pbs", response: onePole(250e-9) };

export const photoconductor: PhotoconductorProfile = {
  ...inas,
  name: "conductor",
  structure: "photoconductor",
  operatingBiasV: 60,
  dark: { ...inas.dark, densityAPerCm2: 1e-5, referenceBiasV: 60 },
  response: [{ share: 1, riseTauS: 400e-9 / LN_9, fallTauS: 2e-6 / LN_9 }],
  internalQuantumEfficiency: 0.5,
  carrierLifetimeS: 1e-6,
  mobilityCm2PerVs: 0.1,
  channelLengthUm: 5,
  builtInV: 0.5,
};

export const phototransistor: PhototransistorProfile = {
  ...inas,
  name: "transistor",
  structure: "phototransistor",
  operatingBiasV: 5,
  dark: { ...inas.dark, densityAPerCm2: 1e-4, referenceBiasV: 5 },
  noise: { ...inas.noise, cornerHz: 0 },
  response: onePole(10e-3),
  powerExponent: 0.7,
  internalQuantumEfficiency: 0.28,
  trapLifetimeS: 5e-3,
  mobilityCm2PerVs: 1,
  channelLengthUm: 10,
  drainV: 5,
  gatePoints: [
    { gateV: -15, relativeGain: 1, relativeNoise: 1 },
    { gateV: 0, relativeGain: 0.01, relativeNoise: 0.1 },
  ],
};
