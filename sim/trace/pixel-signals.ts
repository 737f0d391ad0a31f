import type { Signal } from "../roic/sequencer/signals.ts";
import { type EdgeRate, rate } from "./edge-rates.ts";

/** A half-open range: `first` to `end` - 1. */
export interface IndexRange {
  readonly first: number;
  readonly end: number;
}

/** Sensor rows and columns. */
export interface TracedPixels {
  readonly rows: IndexRange;
  readonly columns: IndexRange;
}

export interface TracedPixel {
  readonly row: number;
  readonly column: number;
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

/** @param sequencerSignals signals of the sequencer, which lie before these. */
export function signalLayout(sequencerSignals: number, { rows, columns }: TracedPixels): SignalLayout {
  const pixels = sequencerSignals + 2;
  const count = pixels + PIXEL_SIGNALS * (rows.end - rows.first) * (columns.end - columns.first);
  return { counter: sequencerSignals, rampV: sequencerSignals + 1, pixels, count };
}

export function pixelBase(layout: SignalLayout, ordinal: number): number {
  return layout.pixels + PIXEL_SIGNALS * ordinal;
}

/** Row by row, as the layout has them. */
export function tracedPixels({ columns, rows }: TracedPixels): TracedPixel[] {
  const pixels: TracedPixel[] = [];
  for (let row = rows.first; row < rows.end; row++) {
    for (let column = columns.first; column < columns.end; column++) pixels.push({ row, column });
  }
  return pixels;
}

/** Counter, ramp and the signals of the traced pixels. */
export function analogSignals(bits: number, layout: SignalLayout, pixels: TracedPixels): TracedSignal[] {
  const clocked = rate({ group: 1, clock: 1 });
  return [
    { name: "counter", bits, index: layout.counter, rate: clocked },
    { name: "ramp_v", bits: "real", index: layout.rampV, rate: clocked },
    ...tracedPixels(pixels).flatMap((pixel, i) => signalsOf(pixel, bits, pixelBase(layout, i))),
  ];
}

function signalsOf({ row, column }: TracedPixel, bits: number, at: number): TracedSignal[] {
  const name = (signal: string) => `${signal}_r${row}_c${column}`;
  return [
    { name: name("node_v"), bits: "real", index: at + NODE_V, rate: rate({ frame: 1, plane: 2 }) },
    { name: name("adc_in_v"), bits: "real", index: at + ADC_IN_V, rate: rate({ plane: 1 }) },
    { name: name("comparator"), bits: 1, index: at + COMPARATOR, rate: rate({ plane: 2 }) },
    { name: name("code"), bits, index: at + CODE, rate: rate({ plane: 1 }) },
  ];
}

export function isWithin(index: number, { first, end }: IndexRange): boolean {
  return index >= first && index < end;
}
