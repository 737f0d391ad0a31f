// The part of the parameter check that only imaging has.
import {
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
  PARAM_LINEAR_2,
  PARAM_LINEAR_3,
  PARAM_OFFSET_X,
  PARAM_OFFSET_Y,
  PARAM_READ_MODE,
  PARAM_SHOT_BEND,
  READ_CDS,
  READ_RAMP,
  READ_SINGLE,
} from "../../hw-profiles/interface/memory-map.ts";
import { COMPONENT_IMAGING } from "../../hw-profiles/interface/reports.ts";
import {
  CORRECTIONS_ALL,
  FLICKER_LARGEST,
  FLOAT,
  FROM,
  firstOutside,
  LARGEST,
  MINUS_FOUR,
  OFFSET,
  outside,
  PER_CODE,
  PER_CODE_SQUARED,
  SCALE_SMALLEST,
  SHORT_LARGEST,
} from "../checks.ts";
import { imaging, parameters } from "../views.ts";

const READ_MODE = (PARAM_READ_MODE << OFFSET) | (READ_SINGLE << FROM) | READ_RAMP;
const REGION = memory.data<u32>([
  (PARAM_CORRECTIONS << OFFSET) | (0 << FROM) | CORRECTIONS_ALL,
  (PARAM_INTENSITY_OFFSET << OFFSET) | (0 << FROM) | SHORT_LARGEST,
  (PARAM_INTENSITY_SCALE << OFFSET) | FLOAT | (SCALE_SMALLEST << FROM) | LARGEST,
  // A jump is a departure from noise: below 1 everything would be one.
  (PARAM_JUMP_CHI2 << OFFSET) | FLOAT | (1 << FROM) | LARGEST,
  (PARAM_OFFSET_X << OFFSET) | (0 << FROM) | SHORT_LARGEST,
  (PARAM_OFFSET_Y << OFFSET) | (0 << FROM) | SHORT_LARGEST,
  0,
]);
/** Each term of the curve by itself stays within four code ranges at the end of the code range. */
const RESPONSE = memory.data<u32>([
  (PARAM_FLICKER_RATIO << OFFSET) | FLOAT | (0 << FROM) | FLICKER_LARGEST,
  (PARAM_LINEAR_1 << OFFSET) | FLOAT | (MINUS_FOUR << FROM) | 4,
  (PARAM_LINEAR_2 << OFFSET) | FLOAT | PER_CODE | (MINUS_FOUR << FROM) | 4,
  (PARAM_LINEAR_3 << OFFSET) | FLOAT | PER_CODE_SQUARED | (MINUS_FOUR << FROM) | 4,
  (PARAM_SHOT_BEND << OFFSET) | FLOAT | PER_CODE | (0 << FROM) | 4,
  0,
]);

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

/** Offset of the first parameter of imaging mode that is wrong, 0 if none is. */
export function badImagingParameter(): u32 {
  const components = parameters.components;
  if (components === 0 || (components & ~COMPONENT_IMAGING) !== 0) return PARAM_COMPONENTS;
  let bad = outside(0, READ_MODE);
  if (bad === 0) bad = badReads();
  bad = firstOutside(bad, REGION);
  bad = badFactors(bad, PARAM_BINNING, imaging.binning);
  bad = badFactors(bad, PARAM_DECIMATION, imaging.decimation);
  return firstOutside(bad, RESPONSE);
}
