import {
  type IndexedSignal,
  imagingSignals,
  lidarSignals,
  ROW_SELECT,
  rowReset,
} from "../roic/sequencer/signals.ts";
import { type EdgeRate, rate } from "./edge-rates.ts";
import {
  analogSignals,
  isWithin,
  type SignalLayout,
  signalLayout,
  type TracedPixels,
  type TracedSignal,
} from "./pixel-signals.ts";

type Rates = Readonly<Record<string, EdgeRate>>;

const COMMON_RATES: Rates = {
  frame_valid: rate({ plane: 2 }),
  plane_valid: rate({ plane: 2 }),
  line_valid: rate({ group: 2 }),
  line_group: rate({ group: 1 }),
  row_group: rate({ group: 1 }),
  settle: rate({ group: 2 }),
  ramp: rate({ group: 2 }),
  counter_enable: rate({ group: 2 }),
};
const LIDAR_RATES: Rates = {
  ...COMMON_RATES,
  exposure_state: rate({ plane: 3 }),
  gate_index: rate({ plane: 1 }),
  pulse_index: rate({ pulse: 1 }),
  reset: rate({ plane: 2 }),
  laser_trigger: rate({ pulse: 2 }),
  film_gate: rate({ pulse: 2 }),
  readout_state: rate({ plane: 1, group: 3 }),
  trigger_in: rate({ frame: 2 }),
  trigger_missed: rate({ frame: 2 }),
};
const IMAGING_RATES: Rates = {
  ...COMMON_RATES,
  exposure_state: rate({ frame: 2, plane: 2 }),
  reset: rate({ frame: 2 }),
  film_gate: rate({ frame: 2 }),
  readout_state: rate({ group: 4 }),
  read_index: rate({ group: 1 }),
  line_plane: rate({ group: 1 }),
  trigger_in: rate({ frame: 2 }),
  trigger_missed: rate({ frame: 2 }),
};
const ROW_SELECT_RATE = rate({ plane: 2 });
const ROW_RESET_RATE = rate({ frame: 2 });

export function lidarLayout(rows: number, pixels: TracedPixels): SignalLayout {
  return signalLayout(ROW_SELECT + rows, pixels);
}

export function imagingLayout(rows: number, pixels: TracedPixels): SignalLayout {
  return signalLayout(rowReset(rows) + rows, pixels);
}

/** All signals of a LiDAR trace: the sequencer's with the lines of the traced rows, the ramp's, the pixels'. */
export function lidarTraceSignals(
  rows: number,
  bits: number,
  pixels: TracedPixels,
  isTriggered = false,
): TracedSignal[] {
  const sequencer = lidarSignals(rows, isTriggered)
    .filter(({ index }) => index < ROW_SELECT || isWithin(index - ROW_SELECT, pixels.rows))
    .map((signal) => rated(signal, LIDAR_RATES, ROW_SELECT_RATE));
  return [...sequencer, ...analogSignals(bits, lidarLayout(rows, pixels), pixels)];
}

/** The same for the imaging modes. */
export function imagingTraceSignals(rows: number, bits: number, pixels: TracedPixels): TracedSignal[] {
  const isTraced = ({ index }: IndexedSignal) =>
    index < ROW_SELECT || isWithin((index - ROW_SELECT) % rows, pixels.rows);
  const sequencer = imagingSignals(rows)
    .filter(isTraced)
    .map((signal) =>
      rated(signal, IMAGING_RATES, signal.index < rowReset(rows) ? ROW_SELECT_RATE : ROW_RESET_RATE),
    );
  return [...sequencer, ...analogSignals(bits, imagingLayout(rows, pixels), pixels)];
}

function rated(signal: IndexedSignal, rates: Rates, otherwise: EdgeRate): TracedSignal {
  return { ...signal, rate: rates[signal.name] ?? otherwise };
}
