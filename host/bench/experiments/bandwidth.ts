import type { PublishedFigure } from "../../../hw-profiles/device-profile.ts";
import type { BenchFigure } from "../bench-result.ts";
import { type BandwidthSweep, sweepFrequency } from "../measure/bandwidth.ts";
import { compare } from "../run/compare.ts";
import type { BenchContext, Experiment } from "../run/experiment.ts";
import { derivedCapacitance } from "./derived-figures.ts";
import { DeviceStation, unitSize } from "./device-readers.ts";
import { devicesWith, figuresOf } from "./device-subjects.ts";

/** meng2024 section 4, RC limited: f_3dB = 1 / (2 pi tau), tau the fall time over ln 9. */
const BANDWIDTH_TIMES_FALL = Math.log(9) / (2 * Math.PI);

/** 3 dB bandwidth by modulated light, against what the paper's fall time says for one pole. */
export const bandwidth: Experiment = {
  name: "bandwidth",
  title: "3 dB bandwidth under modulated light",
  subjects: (context) => devicesWith(context, "fallTime"),
  measure(context, subject) {
    const station = new DeviceStation(context, subject);
    const [printed] = figuresOf(context, subject).filter(({ quantity }) => quantity === "fallTime");
    if (printed === undefined) return { results: [], figures: [] };
    const expectedHz = BANDWIDTH_TIMES_FALL / ((printed.values[0] ?? Number.NaN) * unitSize(printed.unit));
    const setting = { ...station.transientSetting({ ...printed, biasV: 0 }) };
    const sweep = sweepFrequency(station.device, setting, expectedHz);
    const source = `meng2024 section 4 with ${printed.source}`;
    const result = compare({
      experiment: this.name,
      subject,
      figure: { quantity: "bandwidth", values: [expectedHz], unit: "Hz", source, reading: "exact" },
      simulated: sweep.hz,
      kind: "emergent",
      conditions: "0.35 / fall time; lock-in at 25 frequencies, 0 V",
    });
    return {
      results: [result, ...capacitance(context, subject, printed)],
      figures: [sweepFigure(`${station.device.title}: answer to modulated light`, source, sweep, expectedHz)],
    };
  },
};

function capacitance({ documents }: BenchContext, subject: string, printed: PublishedFigure) {
  const device = documents.device(subject);
  if (device.structure !== "photodiode" || !printed.source.startsWith("choi2021 Fig. 4f")) return [];
  return derivedCapacitance(device);
}

function sweepFigure(title: string, source: string, sweep: BandwidthSweep, expectedHz: number): BenchFigure {
  const level = (amplitude: number) => 20 * Math.log10(amplitude / sweep.lowFrequencyAmplitude);
  return {
    experiment: "bandwidth",
    title,
    source,
    x: { label: "frequency", unit: "Hz", scale: "log" },
    y: { label: "answer", unit: "dB", scale: "linear" },
    series: [
      { label: "lock-in", from: "simulated", x: sweep.frequenciesHz, y: sweep.amplitudesA.map(level) },
      { label: "0.35 / fall time", from: "paper", x: [expectedHz], y: [20 * Math.log10(Math.SQRT1_2)] },
    ],
  };
}
