// The part of the parameter check that only imaging has.
import {
  CORRECT_ALL,
  PARAM_BINNING,
  PARAM_COMPONENTS,
  PARAM_CORRECTIONS,
  PARAM_DECIMATION,
  PARAM_FLICKER_RATIO,
  PARAM_GATES,
  PARAM_INTENSITY_OFFSET,
  PARAM_INTENSITY_SCALE,
  PARAM_JUMP_CHI2,
  PARAM_LINEAR_1,
  PARAM_OFFSET_X,
  PARAM_OFFSET_Y,
  PARAM_READ_MODE,
  PARAM_SHOT_BEND,
  READ_CDS,
  READ_RAMP,
  READ_SINGLE,
} from "../../hw-profiles/interface/memory-map.ts";
import { COMPONENT_IMAGING } from "../../hw-profiles/interface/reports.ts";
import { floatOutside, LARGEST, SCALE_SMALLEST, wordOutside } from "../checks.ts";
import { imaging, parameters } from "../views.ts";

export const READS_MIN: u32 = 1;
/** A jump is a departure from noise: below this everything would be one. */
const JUMP_CHI2_SMALLEST: f32 = 1;
/** The noisiest diode over the longest exposure: finite in all that follows. */
const FLICKER_LARGEST: f32 = 1e12;
/** Of each term of the response, code ranges at the end of the code range. */
const RESPONSE_LARGEST: f32 = 4;

/** One read, two reads, or at least two. */
function badReads(): u32 {
  const reads = parameters.gates;
  if (imaging.readMode === READ_SINGLE) return reads === 1 ? 0 : PARAM_GATES;
  if (imaging.readMode === READ_CDS) return reads === 2 ? 0 : PARAM_GATES;
  return reads >= 2 ? 0 : PARAM_GATES;
}

/** Horizontal and vertical factor, a byte each, from 1. */
function badFactors(earlier: u32, offset: u32, factors: u32): u32 {
  if (earlier !== 0) return earlier;
  return factors <= 0xffff && (factors & 0xff) !== 0 && factors >> 8 !== 0 ? 0 : offset;
}

/** Each term of the curve by itself stays within a few code ranges. */
function badResponse(earlier: u32): u32 {
  const perCode: f32 = 1 / f32(1 << parameters.adcBits);
  let bad = earlier;
  let limit = RESPONSE_LARGEST;
  for (let offset = u32(PARAM_LINEAR_1); offset < u32(PARAM_SHOT_BEND); offset += 4) {
    bad = floatOutside(bad, offset, -limit, limit);
    limit *= perCode;
  }
  return floatOutside(bad, PARAM_SHOT_BEND, 0, RESPONSE_LARGEST * perCode);
}

/** Offset of the first parameter of imaging mode that is wrong, 0 if none is. */
export function badImagingParameter(): u32 {
  let bad = wordOutside(0, PARAM_COMPONENTS, 1, COMPONENT_IMAGING);
  if (bad === 0 && (parameters.components & ~COMPONENT_IMAGING) !== 0) bad = PARAM_COMPONENTS;
  bad = wordOutside(bad, PARAM_READ_MODE, READ_SINGLE, READ_RAMP);
  if (bad === 0) bad = badReads();
  bad = wordOutside(bad, PARAM_CORRECTIONS, 0, CORRECT_ALL);
  bad = wordOutside(bad, PARAM_INTENSITY_OFFSET, 0, u16.MAX_VALUE);
  bad = floatOutside(bad, PARAM_INTENSITY_SCALE, SCALE_SMALLEST, LARGEST);
  bad = floatOutside(bad, PARAM_JUMP_CHI2, JUMP_CHI2_SMALLEST, LARGEST);
  bad = wordOutside(bad, PARAM_OFFSET_X, 0, u16.MAX_VALUE);
  bad = wordOutside(bad, PARAM_OFFSET_Y, 0, u16.MAX_VALUE);
  bad = badFactors(bad, PARAM_BINNING, imaging.binning);
  bad = badFactors(bad, PARAM_DECIMATION, imaging.decimation);
  bad = floatOutside(bad, PARAM_FLICKER_RATIO, 0, FLICKER_LARGEST);
  return badResponse(bad);
}
