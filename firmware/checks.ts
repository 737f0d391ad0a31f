// Limits of single parameters. A check is a chain: the first parameter that is out of its range wins.
import { PARAM_BLOCK } from "../hw-profiles/interface/memory-map.ts";

/** Largest of any quantity that has no limit of its own. */
export const LARGEST: f32 = 1e6;
export const SCALE_SMALLEST: f32 = 1e-9;

/** 0, or the offset of the parameter if it is not a number in low..high. `earlier` wins. */
export function floatOutside(earlier: u32, offset: u32, low: f32, high: f32): u32 {
  if (earlier !== 0) return earlier;
  const value = load<f32>(PARAM_BLOCK + offset);
  return value >= low && value <= high ? 0 : offset;
}

export function wordOutside(earlier: u32, offset: u32, low: u32, high: u32): u32 {
  if (earlier !== 0) return earlier;
  const value = load<u32>(PARAM_BLOCK + offset);
  return value >= low && value <= high ? 0 : offset;
}
