import type { Transcription, Transcriptions } from "./transcription.ts";

/** meng2024, readout-integrated imagers: films and chips. */
export const IMAGERS: Transcriptions = {
  "detectors/pbs-swir": {
    figures: ["eqe 0.4 1 @1450nm"],
    // 300 ns, 180 nm and 1 uA/cm2: ref. 99.
    inputs: "0.4 1, 1450 nm, 300 ns, 180 nm, 1e-6 A/cm2, 1 1",
  },
  "detectors/pbs-st-swir": { figures: ["eqe 0.6 1 @1400nm"], inputs: "0.6 1, 1400 nm, 180 nm, 1 1" },
  "detectors/pbs-graphene": {
    figures: ["eqe ~0.2 1 @1550nm", "spectralRange 400..2000 nm"],
    inputs: "0.2 1, 1550 nm, 400 nm, 1 1",
  },
  "detectors/hgte": { figures: ["eqe 0.14 1 @1700nm", "cutOff ~2000 nm"], inputs: "0.14 1, 1 1" },
  "sensors/imec-3t-768x512": { figures: [], inputs: "768 px, 512 px, 5 um" },
  "sensors/st-swir-640x480": { figures: [], inputs: "1.62 um" },
  "sensors/emberion-640x512": { figures: [], inputs: "640 px, 512 px, 20 um" },
  "sensors/hgte-1280x1024": { figures: [], inputs: "1280 px, 1024 px, 15 um" },
};

/** meng2024 Table 3. */
export const LASERS: Transcriptions = {
  "emitters/meng-ref76-laser": {
    figures: ["wavelength 1550 nm", "pumpWavelength 800 nm", "threshold ~2e-3 W", "gain ~100 1/cm"],
    inputs: "1550 nm, 800 nm, 0.002 W, 100 1/cm",
  },
  "emitters/meng-ref77-laser": {
    figures: ["wavelength ~1300 nm", "pumpWavelength 800 nm", "threshold 1e-3 J/cm2", "gain 260 1/cm"],
    inputs: "1300 nm, 800 nm, 0.001 J/cm2, 260 1/cm",
  },
  "emitters/meng-ref78-laser": {
    figures: ["wavelength 1532 nm", "pumpWavelength 800 nm", "threshold 177e-6 J/cm2"],
    inputs: "1532 nm, 800 nm, 177e-6 J/cm2",
  },
  "emitters/meng-ref71-laser": {
    figures: [
      "wavelength 1530 nm",
      "pumpWavelength 800 nm",
      "threshold 70e-6 J/cm2",
      "gain ~110 1/cm",
      "tuningRange 1530..1650 nm",
    ],
    inputs: "1530 nm, 1650 nm, 800 nm, 70e-6 J/cm2, 110 1/cm",
  },
  "emitters/meng-ref72-laser": {
    figures: [
      "wavelength 1650 nm",
      "pumpWavelength 1030 nm",
      "threshold 430e-6 J/cm2",
      "gain ~100 1/cm",
      "linewidth ~0.9e-3 eV",
    ],
    inputs: "1650 nm, 1030 nm, 430e-6 J/cm2, 100 1/cm, 0.9e-3 eV",
  },
  "emitters/meng-ref80-laser": {
    figures: ["wavelength 1650 nm", "pumpWavelength 1030 nm", "threshold ~385e-6 J/cm2"],
    inputs: "1650 nm, 1030 nm, 385e-6 J/cm2",
  },
  "emitters/meng-ref73-laser": {
    figures: ["wavelength 1670 nm", "pumpWavelength 1030 nm", "threshold 300e-6 J/cm2", "gain 2180 1/cm"],
    inputs: "1670 nm, 1030 nm, 300e-6 J/cm2, 2180 1/cm",
  },
  // 50 mW/cm2 in the table, 40 in the text.
  "emitters/meng-ref74-laser": {
    figures: [
      "wavelength ~1500 nm",
      "pumpWavelength 1028 nm",
      "threshold 50e-3 W/cm2",
      "thresholdInText 40e-3 W/cm2",
      "gain 100..500 1/cm",
    ],
    inputs: "1500 nm, 1028 nm, 50e-3 W/cm2",
  },
  "emitters/meng-ref75-laser": {
    figures: [
      "wavelength 1312 nm",
      "pumpWavelength 800 nm",
      "threshold 114e-6 J/cm2 80K",
      "threshold 200e-6 J/cm2 295K",
    ],
    inputs: "1312 nm, 800 nm, 200e-6 J/cm2",
  },
};

/** One cell of meng2024 Table 1: peak in nm; per cent at AM1.5, behind perovskite, behind silicon (0: not printed). */
function cell(peaks: string, am15: number, perovskite: number, silicon: number): Transcription {
  const [first = "", second] = peaks.split("+");
  const nm = first.replace("~", "");
  const shares = [
    ["am15", am15],
    ["behindPerovskite", perovskite],
    ["behindSilicon", silicon],
  ] as const;
  const printed = shares.filter(([, percent]) => percent > 0);
  const share = (percent: number) => Number((percent / 100).toPrecision(6));
  return {
    figures: [
      `peak ${first} nm`,
      ...(second === undefined ? [] : [`secondPeak ${second} nm`]),
      ...printed.map(([where, percent]) => `efficiency ${share(percent)} 1 #${where}`),
    ],
    inputs: [
      `${nm} nm`,
      ...(second === undefined ? [] : [`${second} nm`]),
      ...printed.map(([, percent]) => `${share(percent)} 1`),
    ].join(", "),
  };
}

function tandem(share: number): Transcription {
  return { figures: [`efficiency ${share} 1 #am15`], inputs: `${share} 1` };
}

/** meng2024 Tables 1 and 2, and the laser-power cell of the text. */
export const CELLS: Transcriptions = {
  "power/meng-ref43-cell": cell("1300", 7.3, 2.8, 0.8),
  "power/meng-ref44-cell": cell("1180", 8.1, 0, 0.9),
  "power/meng-ref39-cell": cell("1100", 7.2, 0, 0.96),
  "power/meng-ref50-cell": cell("1150+1520", 8.5, 0, 0.94),
  "power/meng-ref51-cell": cell("1200", 8.35, 0, 0.99),
  "power/meng-ref52-cell": cell("1300", 11.15, 0, 1.25),
  "power/meng-ref22-cell": cell("1240", 9.5, 3.9, 1.0),
  "power/meng-ref53-cell": cell("1270", 9.5, 0, 1.3),
  "power/meng-ref54-cell": cell("1188", 0, 0, 1.34),
  "power/meng-ref45-cell": cell("~1230", 8.87, 3.57, 1.43),
  "power/meng-ref56-tandem": tandem(0.0101),
  "power/meng-ref47-tandem": tandem(0.1103),
  "power/meng-ref58-tandem": tandem(0.171),
  "power/meng-ref57-tandem": tandem(0.202),
  "power/meng-ref58-tandem-4t": tandem(0.211),
  "power/meng-ref45-tandem-4t": tandem(0.2207),
  "power/meng-ref59-tandem": tandem(0.137),
  "power/meng-ref60-tandem": tandem(0.047),
  "power/meng-ref61-tandem": tandem(0.0564),
  "power/meng-ref49-laser-power": { figures: ["efficiency >0.1 1 #laser1550"], inputs: "1550 nm" },
  "spectra/am15": { figures: ["shareBeyond1100 0.15 1"], inputs: "" },
  "spectra/filter-perovskite": { figures: [], inputs: "" },
  "spectra/filter-silicon": { figures: [], inputs: "" },
};
