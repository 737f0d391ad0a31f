import type { Transcriptions } from "./transcription.ts";

const PHOTODIODE = [
  "eqe 0.18 1 @935nm 0V",
  "eqe 0.36 1 @935nm -1V",
  "rectification 7050 1",
  "noiseCorner ~10e3 Hz 0V",
  "noiseOverShot 2 1 0V",
  "detectivity 1.6e11 Jones @935nm 0V 1000Hz",
  "fallTime 65e-9 s 0V",
];

/** Fig. 4a. */
const STACK = [
  "layerThickness 160 nm #ITO",
  "layerThickness 180 nm #ZnO",
  "layerThickness 100 nm #InAs",
  "layerThickness 10 nm #MoO3",
  "layerThickness 160 nm #Au",
];

/** 0 and -1 V, 18 and 36 %, peak at 930-940 nm, 60 meV, 0.8 mm2, 2 x shot, 10 kHz, 65 ns. k = 1 is the review's. */
const PHOTODIODE_INPUTS =
  "-1 V, 0 V, 0.36 1, 0.18 1, 65 ns, 940 nm, 935 nm, 0.06 eV, 0.008 cm2, 2 1, 10000 Hz, 1 1";

export const CHOI_2021: Transcriptions = {
  "detectors/inas-me": { figures: [...PHOTODIODE, ...STACK], inputs: PHOTODIODE_INPUTS },
  "detectors/inas-me-amplitude": { figures: PHOTODIODE, inputs: PHOTODIODE_INPUTS },
  "detectors/inas-aa": {
    figures: ["eqe <0.01 1 @935nm", "rectification 7 1"],
    inputs: "940 nm, 935 nm, 0.06 eV, 0.008 cm2, 1 1",
  },
  "detectors/pbs-reference": {
    figures: ["fallTime 250e-9 s", "fallTimeOverInas ~4 1"],
    // 25 nA/cm2 at -0.5 V: meng2024, ref. 100.
    inputs: "250 ns, 2.5e-8 A/cm2, -0.5 V, 1 1",
  },
  "materials/inas": {
    figures: [
      "absorptionPeak 920 nm",
      "absorptionHalfWidth 60 meV",
      "stokesShift 76 meV #OA",
      "stokesShift 65 meV #AA",
      "stokesShift 47 meV #ME",
      "arsenicToIndium ~0.7 1 #OA",
      "arsenicToIndium ~0.8 1 #AA",
      "arsenicToIndium 1 1 #ME",
    ],
    // 1239.84 / 920 nm = 1.3477 eV
    inputs: "1.3477 eV, 0.06 eV, 76 meV, 65 meV, 47 meV, 0.7 1, 0.8 1, 1 1, 7 1, 7050 1",
  },
  "materials/pbs": { figures: [], inputs: "" },
  "materials/hgte": { figures: [], inputs: "" },
  "emitters/laser-940nm-39ns": { figures: [], inputs: "940 nm, 39 ns, 1000000 Hz" },
  "emitters/laser-940nm-39ns-single-shot": { figures: [], inputs: "940 nm, 39 ns, 1000000 Hz" },
};
