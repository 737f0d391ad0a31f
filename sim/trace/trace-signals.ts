import { lidarSignals, ROW_SELECT, type Signal } from "../roic/sequencer/signals.ts";

/** A half-open range: `first` to `end` - 1. */
export interface IndexRange {
  readonly first: number;
  readonly end: number;
}

export interface TracedPixels {
  readonly rows: IndexRange;
  readonly columns: IndexRange;
}

/** How often a signal changes: edges per gate plane, pulse, row group and counter clock. */
export interface EdgeRate {
  readonly plane: number;
  readonly pulse: number;
  readonly group: number;
  readonly clock: number;
}

export interface TracedSignal extends Signal {
  /** Index in the machine. */
  readonly index: number;
  readonly rate: EdgeRate;
}

/** Signals of a traced pixel, in this order from its base on. */
export const NODE_V = 0;
export const ADC_IN_V = 1;
export const COMPARATOR = 2;
export const CODE = 3;
const PIXEL_SIGNALS = 4;

/** Where the machine keeps the signals behind those of the sequencer. */
export interface SignalLayout {
  readonly counter: number;
  readonly rampV: number;
  /** Signals of the pixel that is `i`-th of the traced ones, row by row: from pixels + 4 i. */
  readonly pixels: number;
  readonly count: number;
}

export function signalLayout(rows: number, { rows: r, columns: c }: TracedPixels): SignalLayout {
  const counter = ROW_SELECT + rows;
  const pixels = counter + 2;
  const count = pixels + PIXEL_SIGNALS * (r.end - r.first) * (c.end - c.first);
  return { counter, rampV: counter + 1, pixels, count };
}

export function pixelBase(layout: SignalLayout, ordinal: number): number {
  return layout.pixels + PIXEL_SIGNALS * ordinal;
}

const rate = (changes: Partial<EdgeRate>): EdgeRate => ({
  plane: 0,
  pulse: 0,
  group: 0,
  clock: 0,
  ...changes,
});

const SEQUENCER_RATES: Readonly<Record<string, EdgeRate>> = {
  frame_valid: rate({ plane: 2 }),
  plane_valid: rate({ plane: 2 }),
  line_valid: rate({ group: 2 }),
  line_group: rate({ group: 1 }),
  exposure_state: rate({ plane: 3 }),
  gate_index: rate({ plane: 1 }),
  pulse_index: rate({ pulse: 1 }),
  reset: rate({ plane: 2 }),
  laser_trigger: rate({ pulse: 2 }),
  film_gate: rate({ pulse: 2 }),
  readout_state: rate({ plane: 1, group: 3 }),
  row_group: rate({ group: 1 }),
  settle: rate({ group: 2 }),
  ramp: rate({ group: 2 }),
  counter_enable: rate({ group: 2 }),
};
const ROW_SELECT_RATE = rate({ plane: 2 });

/** All signals of a trace: the sequencer's with the select lines of the traced rows, the ramp's, the pixels'. */
export function traceSignals(rows: number, bits: number, pixels: TracedPixels): TracedSignal[] {
  const layout = signalLayout(rows, pixels);
  const sequencer = lidarSignals(rows)
    .map((signal) => ({ ...signal, rate: SEQUENCER_RATES[signal.name] ?? ROW_SELECT_RATE }))
    .filter(({ index }) => index < ROW_SELECT || isWithin(index - ROW_SELECT, pixels.rows));
  const ramp: TracedSignal[] = [
    { name: "counter", bits, index: layout.counter, rate: rate({ group: 1, clock: 1 }) },
    { name: "ramp_v", bits: "real", index: layout.rampV, rate: rate({ group: 1, clock: 1 }) },
  ];
  return [...sequencer, ...ramp, ...pixelSignals(bits, pixels, layout)];
}

function isWithin(index: number, { first, end }: IndexRange): boolean {
  return index >= first && index < end;
}

function pixelSignals(bits: number, { rows, columns }: TracedPixels, layout: SignalLayout): TracedSignal[] {
  const signals: TracedSignal[] = [];
  let ordinal = 0;
  for (let row = rows.first; row < rows.end; row++) {
    for (let column = columns.first; column < columns.end; column++) {
      const at = pixelBase(layout, ordinal++);
      const name = (signal: string) => `${signal}_r${row}_c${column}`;
      signals.push(
        { name: name("node_v"), bits: "real", index: at + NODE_V, rate: rate({ plane: 2 }) },
        { name: name("adc_in_v"), bits: "real", index: at + ADC_IN_V, rate: rate({ plane: 1 }) },
        { name: name("comparator"), bits: 1, index: at + COMPARATOR, rate: rate({ plane: 2 }) },
        { name: name("code"), bits, index: at + CODE, rate: rate({ plane: 1 }) },
      );
    }
  }
  return signals;
}
