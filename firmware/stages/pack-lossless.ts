// Raw lines without loss: differences to a reference line, blocks of 16 samples, bit plane by bit plane, as many planes
// as the block needs. Layout for whoever decodes: docs/packing.md. Work per line is bounded by the line's length.
import {
  RAW_BLOCK,
  RAW_LINE_DIFFERENCE,
  RAW_LINE_GRADIENT,
  RAW_LINE_PLAIN,
  RAW_WIDTH_FULL,
} from "../../hw-profiles/interface/reports.ts";

const BLOCK_BYTES: usize = 32;
/** Every fourth block tells which predictor is the better one: within 0.5 % of trying all on LiDAR frames. */
const TRIAL_STEP: usize = 4 * BLOCK_BYTES;

/** u16[24] of the SIMD build: the first sample of a row again and again, the reference of its first line. */
const flat: usize = memory.data(48);
/** The 16 residuals of the present block in the scalar build: sample i beside sample i + 8. */
const residuals: usize = memory.data(32);

/** Largest line: one byte more than Mono16. */
export function losslessLineBytes(width: u32): u32 {
  return (width << 1) + 1;
}

/** All bits that 16 residuals take, the sign beside the magnitude, so that OR finds the widest. */
function folded(low: v128, high: v128): u32 {
  const all = v128.or(
    v128.xor(i16x8.add(low, low), i16x8.shr_s(low, 15)),
    v128.xor(i16x8.add(high, high), i16x8.shr_s(high, 15)),
  );
  const half = i64x2.extract_lane(all, 0) | i64x2.extract_lane(all, 1);
  const quarter = u32(half | (half >> 32));
  return (quarter | (quarter >> 16)) & 0xffff;
}

/** Planes that residuals with these bits take; there is no code for 15. */
function planesOf(bits: u32): u32 {
  const planes = 32 - clz(bits);
  return planes === 15 ? 16 : planes;
}

/** Writes the planes of 16 residuals, most significant first, four at a time: up to 8 bytes more. */
function putPlanes(low: v128, high: v128, planes: u32, to: usize): void {
  let first = i16x8.shl(low, 16 - planes);
  let second = i16x8.shl(high, 16 - planes);
  const end = to + (planes << 1);
  for (let at = to; at < end; at += 8) {
    const one = i8x16.narrow_i16x8_u(i16x8.shr_u(first, 8), i16x8.shr_u(second, 8));
    const two = i8x16.add(one, one);
    const three = i8x16.add(two, two);
    const four = i8x16.add(three, three);
    store<u16>(at, u16(i8x16.bitmask(one)));
    store<u16>(at, u16(i8x16.bitmask(two)), 2);
    store<u16>(at, u16(i8x16.bitmask(three)), 4);
    store<u16>(at, u16(i8x16.bitmask(four)), 6);
    first = i16x8.shl(first, 4);
    second = i16x8.shl(second, 4);
  }
}

/** Of the sample `at` bytes on; a step of 0 stays at the reference's first. */
function difference(line: usize, base: usize, step: usize, at: usize): i32 {
  return i32(load<u16>(line + at)) - i32(load<u16>(base + (at & step)));
}

/** Scalar build: the residuals of a block, which it keeps, and all bits that they take. */
function takeBlock(line: usize, base: usize, step: usize, gradient: bool, isFirst: bool): u32 {
  let left = isFirst ? 0 : difference(line, base, step, 0);
  let bits = 0;
  for (let i: usize = 0; i < BLOCK_BYTES; i += 2) {
    const here = difference(line, base, step, i + 2);
    const residual = i32(i16(gradient ? here - left : here));
    left = here;
    store<u16>(residuals + ((i << 1) & 31) + ((i >> 4) << 1), u16(residual));
    bits |= (residual << 1) ^ (residual >> 15);
  }
  return bits & 0xffff;
}

/** Scalar build: writes the planes of the block that was taken last. */
function putTaken(planes: u32, to: usize): void {
  let at = to;
  for (let plane = planes; plane-- > 0; at += 2) {
    let word: u32 = 0;
    for (let i: u32 = 0; i < 8; i++) word |= ((load<u32>(residuals + (i << 2)) >> plane) & 0x10001) << i;
    store<u16>(at, u16(word | (word >> 8)));
  }
}

/** Planes that gradients save over differences in the 16 samples from the second one on. */
function gain(line: usize, base: usize, step: usize): i32 {
  if (!ASC_FEATURE_SIMD) {
    return i32(
      clz(takeBlock(line, base, step, true, false)) - clz(takeBlock(line, base, step, false, false)),
    );
  }
  const here = i16x8.sub(v128.load(line, 2), v128.load(base, 2));
  const after = i16x8.sub(v128.load(line, 18), v128.load(base, 18));
  const slope = i16x8.sub(here, i16x8.sub(v128.load(line), v128.load(base)));
  const slopeAfter = i16x8.sub(after, i16x8.sub(v128.load(line, 16), v128.load(base, 16)));
  return i32(clz(folded(slope, slopeAfter)) - clz(folded(here, after)));
}

/**
 * Packs `width` u16 at `source`; `first`: of its row. Otherwise the line before stands in front of it. Writes at most
 * losslessLineBytes and 48 more. Returns the bytes of the packed line.
 */
export function packLossless(source: usize, target: usize, width: u32, first: bool): u32 {
  const plainBytes = losslessLineBytes(width);
  if (width >= u32(RAW_BLOCK)) {
    const bytes = packBlocks(source, target, width << 1, first);
    if (bytes < plainBytes) return bytes;
  }
  store<u8>(target, RAW_LINE_PLAIN);
  memory.copy(target + 1, source, width << 1);
  return plainBytes;
}

/** The same for a line of at least one block; what it returns may be too large, and is then not all written. */
function packBlocks(source: usize, target: usize, lineBytes: usize, first: bool): u32 {
  const last = lineBytes - BLOCK_BYTES;
  const line = source - 2;
  let widths = target + 1;
  let base = line - lineBytes;
  let step: usize = -1;
  if (first) {
    const sample = load<u16>(source);
    store<u16>(widths, sample);
    widths += 2;
    step = 0;
    base = source;
    if (ASC_FEATURE_SIMD) {
      base = flat;
      v128.store(flat, i16x8.splat(sample));
      v128.store(flat, i16x8.splat(sample), 16);
      v128.store(flat, i16x8.splat(sample), 32);
    }
  }
  let saved: i32 = 0;
  for (let at: usize = 2; at <= last; at += TRIAL_STEP) saved += gain(line + at, base + (at & step), step);
  const gradient = saved > 0;
  store<u8>(target, gradient ? RAW_LINE_GRADIENT : RAW_LINE_DIFFERENCE);
  return u32(putBlocks(line, base, step, lineBytes, gradient, widths) - target);
}

/**
 * Widths and planes of all blocks. `line` and `base`: the sample before the first in the line and in its reference.
 * Returns the end; it may lie after the plain line's, and then not all is written.
 */
function putBlocks(
  line: usize,
  base: usize,
  step: usize,
  lineBytes: usize,
  gradient: bool,
  widths: usize,
): usize {
  const last = lineBytes - BLOCK_BYTES;
  const end = widths + lineBytes;
  let to = widths + ((lineBytes + 63) >> 6);
  for (let at: usize = 0; at < lineBytes && to < end; at += BLOCK_BYTES) {
    const from = min(at, last);
    const here = line + from;
    const there = base + (from & step);
    let planes: u32 = 0;
    if (ASC_FEATURE_SIMD) {
      let low = i16x8.sub(v128.load(here, 2), v128.load(there, 2));
      let high = i16x8.sub(v128.load(here, 18), v128.load(there, 18));
      if (gradient) {
        let left = i16x8.sub(v128.load(here), v128.load(there));
        if (at === 0) left = i16x8.replace_lane(left, 0, 0);
        low = i16x8.sub(low, left);
        high = i16x8.sub(high, i16x8.sub(v128.load(here, 16), v128.load(there, 16)));
      }
      planes = planesOf(folded(low, high));
      putPlanes(low, high, planes, to);
    } else {
      planes = planesOf(takeBlock(here, there, step, gradient, at === 0));
      putTaken(planes, to);
    }
    to += planes << 1;
    const code = min<u32>(planes, RAW_WIDTH_FULL);
    // The first block of a byte sets it, the second one adds its half.
    const both = (at & BLOCK_BYTES) === 0 ? code : (code << 4) | u32(load<u8>(widths + (at >> 6)));
    store<u8>(widths + (at >> 6), u8(both));
  }
  return to;
}
