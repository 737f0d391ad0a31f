// Digital signals of the row sequencer, named as docs/timing.md names them. An edge names a signal by its index here;
// one row-select line for every row follows behind the fixed ones.

export interface Signal {
  readonly name: string;
  /** Bits of a digital signal; "real" for an analog node, in volts. */
  readonly bits: number | "real";
}

export const FRAME_VALID = 0;
export const PLANE_VALID = 1;
export const LINE_VALID = 2;
export const LINE_GROUP = 3;
export const EXPOSURE_STATE = 4;
export const GATE_INDEX = 5;
export const PULSE_INDEX = 6;
export const RESET = 7;
export const LASER_TRIGGER = 8;
export const FILM_GATE = 9;
export const READOUT_STATE = 10;
export const ROW_GROUP = 11;
export const SETTLE = 12;
export const RAMP = 13;
export const COUNTER_ENABLE = 14;

const FIXED: readonly Signal[] = [
  { name: "frame_valid", bits: 1 },
  { name: "plane_valid", bits: 1 },
  { name: "line_valid", bits: 1 },
  { name: "line_group", bits: 16 },
  { name: "exposure_state", bits: 2 },
  { name: "gate_index", bits: 16 },
  { name: "pulse_index", bits: 32 },
  { name: "reset", bits: 1 },
  { name: "laser_trigger", bits: 1 },
  { name: "film_gate", bits: 1 },
  { name: "readout_state", bits: 2 },
  { name: "row_group", bits: 16 },
  { name: "settle", bits: 1 },
  { name: "ramp", bits: 1 },
  { name: "counter_enable", bits: 1 },
];

/** Index of row 0's select line. */
export const ROW_SELECT = FIXED.length;

/** Values of exposure_state. */
export const EXPOSURE_IDLE = 0;
export const EXPOSURE_RESET = 1;
export const EXPOSURE_PULSES = 2;
export const EXPOSURE_READ = 3;

/** Values of readout_state. */
export const READOUT_IDLE = 0;
export const READOUT_SETTLE = 1;
export const READOUT_CONVERT = 2;
export const READOUT_HOLD = 3;

/** The sequencer's signals for an array of `rows` rows, by index. */
export function sequencerSignals(rows: number): Signal[] {
  const selects = Array.from({ length: rows }, (_, row) => ({ name: `row_select_r${row}`, bits: 1 }));
  return [...FIXED, ...selects];
}
