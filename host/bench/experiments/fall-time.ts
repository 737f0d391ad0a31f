import { fitDecay } from "../analysis/decay.ts";
import type { BenchFigure, BenchResult } from "../bench-result.ts";
import {
  fallTimeOf,
  LASER_PULSE_S,
  LASER_REPETITION_HZ,
  laserTransient,
  type Waveform,
} from "../measure/transient.ts";
import { compare } from "../run/compare.ts";
import type { BenchContext, Experiment } from "../run/experiment.ts";
import { DeviceStation, unitSize } from "./device-readers.ts";
import { devicesWith, figuresOf, sourceOf } from "./device-subjects.ts";
import { type Readers, readFigures } from "./published.ts";

const LN_9 = Math.log(9);
const LASER = "laser-940nm-39ns";
const QUANTITIES = ["fallTime", "fallTimeOverInas"];
/** The paper's own device, which the reference is compared with. */
const COMPARED_WITH = "inas-me";
/** How long the figures show the fall, in fall times. */
const SHOWN = 4;

/** The devices of choi2021: 39 ns pulses at 1 MHz, 0 V, and the 90-10 % fall of the waveform. */
export const fallTime: Experiment = {
  name: "fall-time",
  title: "Fall time after 39 ns laser pulses at 1 MHz",
  subjects: (context) => devicesWith(context, "fallTime"),
  measure(context, subject) {
    const station = new DeviceStation(context, subject);
    const printed = figuresOf(context, subject).filter(({ quantity }) => QUANTITIES.includes(quantity));
    const waveform = pulsed(context, station);
    const fallS = fallTimeOf(waveform);
    const results = readFigures(this.name, subject, printed, readers(context, fallS));
    const source = sourceOf(printed, "fallTime");
    const tau = compare({
      experiment: this.name,
      subject,
      figure: {
        quantity: "timeConstant",
        values: [printedFallS(printed) / LN_9],
        unit: "s",
        source: `${source}, derived: fall time / ln 9`,
        reading: "exact",
      },
      simulated: timeConstant(waveform, fallS),
      kind: "derived",
      conditions: "exponential fitted to the fall",
    });
    const figure = waveformFigure(
      `${station.device.title}: answer to a laser pulse`,
      source,
      waveform,
      printedFallS(printed),
    );
    return { results: [...results, tau, ...setUp(context, subject, source)], figures: [figure] };
  },
};

/** The paper's bench: area of its own device, and the laser that the documents describe. */
function setUp({ documents }: BenchContext, subject: string, source: string): BenchResult[] {
  const inputs: readonly (readonly [string, number, string, number])[] = [
    ["area", 0.8, "mm2", 100 * documents.device(subject).areaCm2],
    ...laserInputs(documents),
  ];
  return inputs.map(([quantity, value, unit, simulated]) =>
    compare({
      experiment: "fall-time",
      subject,
      figure: { quantity, values: [value], unit, source, reading: "exact" },
      simulated,
      kind: "input",
    }),
  );
}

function laserInputs({ source }: BenchContext["documents"]): [string, number, string, number][] {
  const laser = source(LASER);
  if (laser.type !== "pulsed-laser") return [];
  return [
    ["pulseWidth", 1e9 * LASER_PULSE_S, "ns", laser.pulseWidthNs],
    ["repetition", LASER_REPETITION_HZ, "Hz", laser.repetitionHz],
  ];
}

function pulsed({ seed, thorough }: BenchContext, { device }: DeviceStation): Waveform {
  return laserTransient(device, { biasV: 0, wavelengthNm: device.peakNm, seed, thorough });
}

function readers(context: BenchContext, fallS: number): Readers {
  return {
    fallTime: ({ unit }) => ({
      simulated: fallS / unitSize(unit),
      kind: "derived",
      conditions: "90-10 %, from the waveform",
    }),
    fallTimeOverInas: () => ({
      simulated: fallS / fallTimeOf(pulsed(context, new DeviceStation(context, COMPARED_WITH))),
      kind: "derived",
      conditions: "both from waveforms",
      // "About four" of a paper that prints 250 and 65 ns, a ratio of 3.85.
      tolerance: 0.05,
    }),
  };
}

function printedFallS(printed: ReturnType<typeof figuresOf>): number {
  const figure = printed.find(({ quantity }) => quantity === "fallTime");
  return figure === undefined ? Number.NaN : (figure.values[0] ?? Number.NaN) * unitSize(figure.unit);
}

function fallOf({ samples, sampleRateHz, pulseWidthS }: Waveform, forS: number) {
  const from = Math.ceil(pulseWidthS * sampleRateHz);
  const part = samples.subarray(from, from + Math.ceil(forS * sampleRateHz));
  const rest = samples.at(-1) ?? 0;
  const sign = Math.sign((part[0] ?? 0) - rest);
  return {
    times: Array.from(part, (_, i) => i / sampleRateHz),
    values: part.map((value) => sign * (value - rest)),
  };
}

function timeConstant(waveform: Waveform, fallS: number): number {
  const { times, values } = fallOf(waveform, SHOWN * fallS);
  const top = values[0] ?? 1;
  // In units of about one: the fit steps by shares of its parameters.
  const scaled = values.map((value) => value / top);
  const inFalls = times.map((t) => t / fallS);
  return fitDecay(inFalls, scaled, "constant").lifetime * fallS;
}

/** Levels of the rings on the fall. */
const LEVELS = [0.9, 0.7, 0.5, 0.3, 0.1];

/** Normalised to the highest sample, rest at zero; rings where an exponential of the printed fall time would pass. */
function waveformFigure(title: string, source: string, waveform: Waveform, printedS: number): BenchFigure {
  const { samples, sampleRateHz } = waveform;
  const rest = samples.at(-1) ?? 0;
  const top = samples.reduce(
    (most, value) => (Math.abs(value - rest) > Math.abs(most) ? value - rest : most),
    0,
  );
  const shown = samples.subarray(0, Math.ceil((LASER_PULSE_S + SHOWN * printedS) * sampleRateHz));
  return {
    experiment: "fall-time",
    title,
    source,
    x: { label: "time", unit: "ns", scale: "linear" },
    y: { label: "photocurrent, normalised", unit: "", scale: "linear" },
    series: [
      {
        label: "oscilloscope",
        from: "simulated",
        x: Array.from(shown, (_, i) => (i / sampleRateHz) * 1e9),
        y: Array.from(shown, (value) => (value - rest) / top),
      },
      {
        label: `${Math.round(1e9 * printedS)} ns from 90 to 10 %`,
        from: "paper",
        x: LEVELS.map((level) => 1e9 * (LASER_PULSE_S - (printedS / LN_9) * Math.log(level))),
        y: LEVELS,
      },
    ],
  };
}
