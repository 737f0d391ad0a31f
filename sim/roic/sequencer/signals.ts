// Digital signals of the row sequencer, named as docs/timing.md names them. An edge names a signal by its index here;
// a row-select line for every row follows behind the fixed ones, and in the imaging modes a row-reset line for every row.

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
export const READ_INDEX = 15;
export const LINE_PLANE = 16;
export const TRIGGER_IN = 17;
export const TRIGGER_MISSED = 18;

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
  { name: "read_index", bits: 16 },
  { name: "line_plane", bits: 16 },
  { name: "trigger_in", bits: 1 },
  { name: "trigger_missed", bits: 1 },
];

/** Index of row 0's select line. */
export const ROW_SELECT = FIXED.length;

/** Index of row 0's reset line in an array of `rows` rows. */
export function rowReset(rows: number): number {
  return ROW_SELECT + rows;
}

/** Values of exposure_state. */
export const EXPOSURE_IDLE = 0;
export const EXPOSURE_RESET = 1;
/** LiDAR mode: pulses; global imaging modes: the exposure. */
export const EXPOSURE_PULSES = 2;
export const EXPOSURE_OPEN = 2;
export const EXPOSURE_READ = 3;

/** Values of readout_state. */
export const READOUT_IDLE = 0;
export const READOUT_SETTLE = 1;
export const READOUT_CONVERT = 2;
export const READOUT_HOLD = 3;

/** What only one of the modes drives. */
const LIDAR_ONLY: readonly number[] = [GATE_INDEX, PULSE_INDEX, LASER_TRIGGER];
const IMAGING_ONLY: readonly number[] = [READ_INDEX, LINE_PLANE];

export interface IndexedSignal extends Signal {
  readonly index: number;
}

/** The signals of LiDAR mode for an array of `rows` rows; with a trigger also its own. */
export function lidarSignals(rows: number, isTriggered = false): IndexedSignal[] {
  const without = isTriggered ? IMAGING_ONLY : [...IMAGING_ONLY, TRIGGER_IN, TRIGGER_MISSED];
  return [...fixed(without), ...lines("row_select", rows, ROW_SELECT)];
}

/** The signals of the imaging modes for an array of `rows` rows. */
export function imagingSignals(rows: number): IndexedSignal[] {
  return [
    ...fixed(LIDAR_ONLY),
    ...lines("row_select", rows, ROW_SELECT),
    ...lines("row_reset", rows, rowReset(rows)),
  ];
}

function fixed(without: readonly number[]): IndexedSignal[] {
  return FIXED.map((signal, index) => ({ ...signal, index })).filter(({ index }) => !without.includes(index));
}

function lines(name: string, rows: number, first: number): IndexedSignal[] {
  return Array.from({ length: rows }, (_, row) => ({ name: `${name}_r${row}`, bits: 1, index: first + row }));
}
