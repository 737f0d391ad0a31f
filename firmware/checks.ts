// Limits of single parameters, as tables: a row says which parameter, what it is, and its lowest and highest value, both
// included. The first parameter that is out of its range wins; what is no number is out of every range.
import { MAX_COLUMNS, MAX_GATES, MAX_ROWS } from "../hw-profiles/interface/abi.ts";
import { CORRECT_ALL, PARAM_BLOCK } from "../hw-profiles/interface/memory-map.ts";
import { COMPONENT_LIDAR } from "../hw-profiles/interface/reports.ts";

// A row is a word: (PARAM_... << OFFSET) | kind | (lowest << FROM) | highest. A table ends with 0.
export const OFFSET = 16;
export const FROM = 6;
const LIMIT_MASK: u32 = 0x3f;
/** Kind: a f32; a u32 without it. */
export const FLOAT = 0x8000;
// Kind: unit of the highest value, and of a lowest one below zero.
const UNIT = 12;
const UNIT_MASK: u32 = 7;
export const IN_PERIODS = 1 << UNIT;
export const IN_CODES = 2 << UNIT;
export const PER_CODE = 3 << UNIT;
export const PER_CODE_SQUARED = 4 << UNIT;

// Lowest and highest values: places in LIMITS. The whole numbers 0 to 4 stand at their own place.
export const MINUS_ONE = 5;
export const MINUS_FOUR = 6;
export const TEN = 7;
/** Largest of any quantity that has no limit of its own. */
export const LARGEST = 8;
export const MINUS_LARGEST = 9;
export const SCALE_SMALLEST = 10;
/** Shortest time, ns. */
export const TIME_SMALLEST = 11;
export const TWICE_TIME_SMALLEST = 12;
export const WIDTH_SMALLEST = 13;
/** A pulse leaves a part of its period dark, a gate is closed at times. */
export const MOST_OF_PERIOD = 14;
export const EXTINCTION_MOST = 15;
/** Below a power of two, for whole numbers of up to 16 bits. */
export const BELOW = 16;
export const GAIN_SMALLEST = 17;
export const NOISE_LARGEST = 18;
/** The noisiest diode over the longest exposure: finite in all that follows. */
export const FLICKER_LARGEST = 19;
export const TEMPERATURE_LOWEST = 20;
export const TEMPERATURE_HIGHEST = 21;
export const BITS_FEWEST = 22;
export const BITS_MOST = 23;
export const SHORT_LARGEST = 24;
export const PULSES_MOST = 25;
export const WORD_LARGEST = 26;
export const COLUMNS_MOST = 27;
export const ROWS_MOST = 28;
export const GATES_MOST = 29;
export const COMPONENTS_LIDAR = 30;
export const CORRECTIONS_ALL = 31;
const LIMITS = memory.data<f32>([
  0,
  1,
  2,
  3,
  4,
  -1,
  -4,
  10,
  1e6,
  -1e6,
  1e-9,
  0.1,
  0.2,
  1.1754943508222875e-38,
  0.9,
  0.99,
  0.99999,
  1e-3,
  1e5,
  1e12,
  50,
  1000,
  6,
  16,
  65535,
  16777216,
  4294967296,
  f32(MAX_COLUMNS),
  f32(MAX_ROWS),
  f32(MAX_GATES),
  f32(COMPONENT_LIDAR),
  f32(CORRECT_ALL),
]);

/** Units: 1, then those that setUnits() sets, f32. */
const UNITS = memory.data<f32>([1, 0, 0, 0, 0]);

/** Sets the units of limits: the pulse period, ns, and the number of codes. */
export function setUnits(periodNs: f32, codes: f32): void {
  store<f32>(UNITS, periodNs, 4);
  store<f32>(UNITS, codes, 8);
  store<f32>(UNITS, 1 / codes, 12);
  store<f32>(UNITS, 1 / codes / codes, 16);
}

function limitOf(index: u32): f32 {
  return load<f32>(LIMITS + ((index & LIMIT_MASK) << 2));
}

/** `earlier` unless 0; else the offset of the parameter of this row if it is out of its range, else 0. */
export function outside(earlier: u32, row: u32): u32 {
  if (earlier !== 0) return earlier;
  const offset = row >> OFFSET;
  const at = PARAM_BLOCK + offset;
  const unit = load<f32>(UNITS + (((row >> UNIT) & UNIT_MASK) << 2));
  const lowest = limitOf(row >> FROM);
  const low = lowest < 0 ? lowest * unit : lowest;
  const high = limitOf(row) * unit;
  const value = (row & FLOAT) !== 0 ? f64(load<f32>(at)) : f64(load<u32>(at));
  return value >= f64(low) && value <= f64(high) ? 0 : offset;
}

/** The same for the rows of a table. */
export function firstOutside(earlier: u32, table: usize): u32 {
  let bad = earlier;
  for (let at = table; bad === 0 && load<u32>(at) !== 0; at += 4) bad = outside(bad, load<u32>(at));
  return bad;
}
