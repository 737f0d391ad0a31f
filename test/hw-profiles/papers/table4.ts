import type { Transcriptions } from "./transcription.ts";

/** meng2024 Table 4 with what the text says besides; two printed times are rise and fall; k = 1 for photodiodes. */
export const TABLE_4: Transcriptions = {
  "detectors/meng-ref90-photoconductor": {
    figures: ["detectivity 1.8e13 Jones @1300nm 40V", "responsivity >1e3 A/W @1300nm 40V"],
    inputs: "40 V, 1300 nm",
  },
  "detectors/meng-ref91-photoconductor": {
    figures: ["detectivity 3.2e10 Jones @1400nm 10V", "responsivity <0.1 A/W @1400nm 10V"],
    inputs: "10 V, 1400 nm",
  },
  "detectors/meng-ref92-photoconductor": {
    figures: [
      "riseTime 400e-9 s",
      "fallTime 2e-6 s",
      "detectivity 1e9 Jones @1400nm 60V",
      "responsivity 30 A/W @1400nm 60V",
    ],
    inputs: "60 V, 400 ns, 2000 ns, 1400 nm",
  },
  "detectors/meng-ref93-phototransistor": {
    figures: [
      "riseTime 10e-6 s",
      "fallTime 12e-6 s",
      "detectivity 2.1e10 Jones @1000nm 5V g1V",
      "responsivity 0.18 A/W @1000nm 5V g1V",
    ],
    inputs: "5 V, 1 V, 10000 ns, 12000 ns, 1000 nm",
  },
  "detectors/meng-ref94-phototransistor": {
    figures: ["fallTime <=42e-3 s", "detectivity 3e11 Jones @940nm 10V", "responsivity 1.58 A/W @940nm 10V"],
    inputs: "10 V, 42000000 ns, 940 nm",
  },
  "detectors/meng-ref95-phototransistor": {
    figures: ["fallTime 10e-3 s", "detectivity 7e13 Jones @950nm 5V", "responsivity 5e7 A/W @950nm 5V"],
    inputs: "5 V, 10000000 ns, 950 nm",
  },
  "detectors/meng-ref96-phototransistor": {
    figures: [
      "fallTime <=12e-3 s",
      "detectivity 2.2e12 Jones @980nm g-15V",
      "eqe 0.28 1 @980nm g0V",
      "responsivity 600 A/W @980nm g-15V",
    ],
    inputs: "12000000 ns, 980 nm, 0.28 1, -15 V, 0 V",
  },
  "detectors/meng-ref97-phototransistor": {
    figures: [
      "riseTime 0.95e-3 s",
      "fallTime 1e-3 s",
      "detectivity 5e9 Jones @850nm g60V",
      "detectivity 1e11 Jones @850nm g-40V",
      "responsivity 5e4 A/W @850nm g60V",
      "responsivity 2e2 A/W @850nm g-40V",
    ],
    inputs: "950000 ns, 1000000 ns, 850 nm, 60 V, -40 V",
  },
  "detectors/meng-ref98-phototransistor": {
    figures: [
      "fallTime <1e-3 s",
      "detectivity 1e13 Jones @1600nm 0.3V",
      "internalQuantumEfficiency 0.14 1 @1600nm",
      "responsivity 4e7 A/W @1600nm 0.3V",
    ],
    inputs: "0.3 V, 1600 nm, 0.14 1",
  },
  "detectors/meng-ref99-photodiode": {
    figures: [
      "fallTime 300e-9 s -1V",
      "detectivity 1e12 Jones @1450nm -1V",
      "eqe 0.25 1 @1450nm -1V",
      "bandwidth 1.5e6 Hz -0.5V",
      "bandwidth 3e6 Hz -5V",
      "darkCurrentDensity >1e-6 A/cm2 -0.5V",
      "thickness 180 nm",
    ],
    inputs: "-1 V, 0.25 1, 300 ns, 1450 nm, 180 nm, -0.5 V, -5 V, 1 1",
  },
  "detectors/meng-ref100-photodiode": {
    figures: [
      "riseTime 4.6e-6 s",
      "fallTime 8e-6 s",
      "detectivity 1.1e12 Jones @1000nm -1.5V",
      "eqe 0.05 1 @1000nm 0V",
      "eqe 0.2 1 @1000nm -1.5V",
      "darkCurrentDensity 25e-9 A/cm2 -0.5V",
    ],
    inputs: "0 V, -1.5 V, 0.05 1, 0.2 1, 4600 ns, 8000 ns, 2.5e-8 A/cm2, -0.5 V, 1000 nm, 1 1",
  },
  "detectors/meng-ref101-photodiode": {
    figures: [
      "riseTime 9.5e-6 s",
      "fallTime 7e-6 s",
      "detectivity 1.1e12 Jones @1130nm -1V",
      "eqe 0.24 1 @1130nm -1V",
      "darkCurrentDensity <20e-9 A/cm2 -0.5V",
    ],
    inputs: "0 V, -1 V, -3 V, 0.24 1, 9500 ns, 7000 ns, -0.5 V, 1130 nm, 1 1",
  },
  "detectors/meng-ref102-photodiode": {
    figures: [
      "fallTime 318e-6 s",
      "detectivity 7.98e11 Jones @890nm -7V",
      "eqe 0.15 1 @890nm 0V",
      "eqe 1.83 1 @890nm -7V",
      "responsivity 1.31 A/W @890nm -7V",
      "darkCurrentDensity 0.6e-6 A/cm2 -7V",
    ],
    inputs: "0 V, -7 V, 0.15 1, 1.83 1, 318000 ns, 6e-7 A/cm2, 890 nm, 1 1",
  },
  "detectors/meng-ref103-photodiode": {
    figures: [
      "fallTime 160e-6 s",
      "detectivity 2.26e11 Jones @930nm -3V",
      "eqe 0.1 1 @930nm -1V",
      "eqe 1.66 1 @930nm -4V",
      "responsivity 1.24 A/W @930nm -3V",
      "darkCurrentDensity 10e-6 A/cm2 -4V",
    ],
    inputs: "-1 V, -3 V, -4 V, 0.1 1, 1.66 1, 160000 ns, 1e-5 A/cm2, 930 nm, 1 1",
  },
  "detectors/meng-ref104-photodiode": {
    figures: [
      "riseTime 3e-3 s",
      "fallTime 8e-3 s",
      "detectivity 5e11 Jones @1200nm -4V",
      "detectivity 7e13 Jones @1200nm -12V",
      "eqe 0.1 1 @1200nm -4V",
      "eqe 187 1 @1200nm -12V",
      "darkCurrentDensity 40e-6 A/cm2 -13V",
    ],
    inputs: "-4 V, -12 V, -13 V, 0.1 1, 187 1, 3000000 ns, 8000000 ns, 4e-5 A/cm2, 1200 nm, 1 1",
  },
  "detectors/meng-ref105-photodiode": {
    figures: [
      "riseTime 0.8e-6 s",
      "fallTime 47.6e-6 s",
      "detectivity 2.94e11 Jones @1490nm -0.25V",
      "eqe 0.127 1 @1490nm -0.25V",
      "responsivity 0.153 A/W @1490nm -0.25V",
    ],
    inputs: "-0.25 V, 0.127 1, 800 ns, 47600 ns, 1490 nm, 1 1",
  },
  // The table prints "128 nm"; 1280 nm is the reading, 1180 nm the assumed place of the peak.
  "detectors/meng-ref106-photodiode": {
    figures: [
      "riseTime 1.2e-6 s",
      "fallTime 1.9e-6 s",
      "detectivity 3.2e11 Jones @1280nm -1V",
      "detectivity 8e10 Jones @1280nm -4V",
      "eqe 0.35 1 @1180nm -1V",
      "eqe 0.44 1 @1180nm -4V",
      "responsivity ~0.1 A/W @1280nm -1V",
    ],
    inputs: "-1 V, -4 V, 0.35 1, 0.44 1, 1200 ns, 1900 ns, 1 1",
  },
  "detectors/meng-ref107-photodiode": {
    figures: [
      "fallTime 50e-6 s",
      "detectivity 4.73e13 Jones @1550nm -0.4V",
      "detectivity 1.92e13 Jones @1550nm -1.5V",
      "responsivity 125 A/W @1550nm -0.4V",
      "responsivity 410 A/W @1550nm -1.5V",
      "darkCurrentDensity 1e-9 A/cm2 0V",
    ],
    inputs: "-0.4 V, -1.5 V, 0 V, 50000 ns, 1e-9 A/cm2, 1550 nm, 1 1",
  },
  "detectors/meng-ref128-photodiode": {
    figures: [
      "eqe ~0.9 1 @2500nm",
      "spectralRange 1500..3600 nm",
      "detectivity 1e11..1e12 Jones @2500nm -0.5V",
    ],
    inputs: "0.9 1, 1500 nm, 1 1",
  },
};
