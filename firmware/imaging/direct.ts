// Single and CDS reads. Single: read - offset - dark; CDS: end read - read after reset - dark, where offset and reset
// noise cancel. A saturated read counts with the saturation level. Variance: shot noise of all charge collected,
// light and dark, the fixed part, and the 1/f noise of the dark current [physics.md 2 to 4].
import {
  PARAM_BLOCK,
  PARAM_LINEAR_1,
  PARAM_LINEAR_2,
  PARAM_LINEAR_3,
  READ_CDS,
} from "../../hw-profiles/interface/memory-map.ts";
import { setup } from "../setup.ts";
import { imaging } from "../views.ts";
import {
  DARK_SCALE,
  FIXED_VARIANCE,
  image,
  OFFSET_MASK,
  SHOT_BEND,
  splatOf,
  TILE,
  VARIANCE_PER_DN,
} from "./buffers.ts";
import { directLine } from "./direct-lane.ts";
import { intensityCodes, SATURATED_MARK, SIXTEENTH, sigmaCodes, storeFlags } from "./encode.ts";
import { flickerQuad } from "./flicker.ts";

/** Of eight codes, the first four. */
function lowLanes(codes: v128): v128 {
  return f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(codes));
}

/** And the last four. */
function highLanes(codes: v128): v128 {
  return f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_u(codes));
}

/** constant + x slope. */
function bent(constant: v128, x: v128, slope: v128): v128 {
  return f32x4.add(constant, f32x4.mul(x, slope));
}

/**
 * A line, two vectors of four columns at a time, so that each constant is loaded once for both: the loop writes to memory,
 * and more constants are needed than there are registers.
 */
function directTiles(line: usize, cds: bool): void {
  const zero = f32x4.splat(0);
  const last = cds ? setup.samples + (setup.width << 1) : setup.samples;
  const first = cds ? setup.samples : setup.offsetMap;
  const intensity = image.intensity + (line << 1);
  const sigma = image.sigma + (line << 1);
  const darkMap = setup.darkMap;
  const end = setup.width;
  for (let column: usize = 0; column < end; column += TILE) {
    const at = column << 1;
    const linear1 = v128.load_splat<f32>(PARAM_BLOCK + PARAM_LINEAR_1);
    const linear2 = v128.load_splat<f32>(PARAM_BLOCK + PARAM_LINEAR_2);
    const linear3 = v128.load_splat<f32>(PARAM_BLOCK + PARAM_LINEAR_3);
    const limit = i16x8.splat(i16(setup.saturationDn));
    const codes = i16x8.min_u(v128.load(last + at), limit);
    const codesL = lowLanes(codes);
    const codesH = highLanes(codes);
    const readL = f32x4.mul(codesL, bent(linear1, codesL, bent(linear2, codesL, linear3)));
    const readH = f32x4.mul(codesH, bent(linear1, codesH, bent(linear2, codesH, linear3)));
    let saturated = i16x8.eq(codes, limit);
    let start = v128.load(first + at);
    let levelL: v128;
    let levelH: v128;
    if (cds) {
      start = i16x8.min_u(start, limit);
      saturated = v128.or(saturated, i16x8.eq(start, limit));
      levelL = lowLanes(start);
      levelH = highLanes(start);
      levelL = f32x4.mul(levelL, bent(linear1, levelL, bent(linear2, levelL, linear3)));
      levelH = f32x4.mul(levelH, bent(linear1, levelH, bent(linear2, levelH, linear3)));
    } else {
      levelL = f32x4.mul(lowLanes(start), v128.load_splat<f32>(SIXTEENTH));
      levelH = f32x4.mul(highLanes(start), v128.load_splat<f32>(SIXTEENTH));
    }
    storeFlags(column, line, v128.and(saturated, v128.load_splat<u16>(SATURATED_MARK)));
    const dark = v128.load(darkMap + at);
    const darkL = lowLanes(dark);
    const darkH = highLanes(dark);
    const shown = splatOf(OFFSET_MASK);
    const darkScale = splatOf(DARK_SCALE);
    const signalL = f32x4.sub(f32x4.sub(readL, v128.and(levelL, shown)), f32x4.mul(darkL, darkScale));
    const signalH = f32x4.sub(f32x4.sub(readH, v128.and(levelH, shown)), f32x4.mul(darkH, darkScale));
    v128.store(intensity + at, intensityCodes(signalL, signalH));
    const chargeL = f32x4.pmax(f32x4.sub(readL, levelL), zero);
    const chargeH = f32x4.pmax(f32x4.sub(readH, levelH), zero);
    const shotBend = splatOf(SHOT_BEND);
    const variancePerDn = splatOf(VARIANCE_PER_DN);
    const fixedVariance = splatOf(FIXED_VARIANCE);
    const whiteL = f32x4.add(f32x4.mul(chargeL, bent(variancePerDn, chargeL, shotBend)), fixedVariance);
    const whiteH = f32x4.add(f32x4.mul(chargeH, bent(variancePerDn, chargeH, shotBend)), fixedVariance);
    const varianceL = f32x4.add(whiteL, flickerQuad(darkL, chargeL));
    const varianceH = f32x4.add(whiteH, flickerQuad(darkH, chargeH));
    v128.store(sigma + at, sigmaCodes(varianceL, varianceH));
  }
}

/** Computes a line of single or CDS reads into the ring's line at `line`. */
export function processDirectLine(line: usize): void {
  if (ASC_FEATURE_SIMD) directTiles(line, imaging.readMode === READ_CDS);
  else directLine(line);
}
