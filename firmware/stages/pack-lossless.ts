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

/** u16[8]: the first sample of a row, which is its first line's reference. */
const flat: usize = memory.data(16);
/** The 16 residuals of the present block; scalar build: sample i beside sample i + 8. */
const residuals: usize = memory.data(32);

/** The line, its reference, and -1 or, for a reference of one sample, 0. */
let line: usize = 0;
let reference: usize = 0;
let step: usize = 0;

/** Largest line: one byte more than Mono16. */
export function losslessLineBytes(width: u32): u32 {
  return (width << 1) + 1;
}

function difference8(at: usize): v128 {
  return i16x8.sub(v128.load(line + at), v128.load(reference + (at & step)));
}

function residual8(at: usize, gradient: bool): v128 {
  const here = difference8(at);
  if (!gradient) return here;
  const left = difference8(at - 2);
  return i16x8.sub(here, at === 0 ? i16x8.replace_lane(left, 0, 0) : left);
}

/** The sign beside the magnitude, so that OR finds the widest. */
function folded8(residual: v128): v128 {
  return v128.xor(i16x8.add(residual, residual), i16x8.shr_s(residual, 15));
}

function difference(at: usize): i32 {
  return i32(load<u16>(line + at)) - i32(load<u16>(reference + (at & step)));
}

/** Residuals of the block at byte `at` of the line. Returns all bits that they take, sign folded in. */
function foldBlock(at: usize, gradient: bool): u32 {
  if (ASC_FEATURE_SIMD) {
    const low = residual8(at, gradient);
    const high = residual8(at + 16, gradient);
    v128.store(residuals, low);
    v128.store(residuals, high, 16);
    const all = v128.or(folded8(low), folded8(high));
    const half = i64x2.extract_lane(all, 0) | i64x2.extract_lane(all, 1);
    const quarter = u32(half) | u32(half >> 32);
    return (quarter | (quarter >> 16)) & 0xffff;
  }
  let left = gradient && at !== 0 ? difference(at - 2) : 0;
  let all = 0;
  for (let i: usize = 0; i < BLOCK_BYTES; i += 2) {
    const here = difference(at + i);
    const residual = i32(i16(here - left));
    if (gradient) left = here;
    store<u16>(residuals + ((i << 1) & 31) + ((i >> 4) << 1), u16(residual));
    all |= (residual << 1) ^ (residual >> 15);
  }
  return all & 0xffff;
}

/** Takes the block at byte `at`. Returns the planes it needs; there is no code for 15. */
function takeBlock(at: usize, gradient: bool): u32 {
  const planes = 32 - clz(foldBlock(at, gradient));
  return planes === 15 ? 16 : planes;
}

/** Eight planes from the most significant bit of 16 bytes down. */
function putBytePlanes(bytes: v128, to: usize): void {
  let rest = bytes;
  for (let plane: usize = 0; plane < 16; plane += 2) {
    store<u16>(to + plane, u16(i8x16.bitmask(rest)));
    rest = i8x16.add(rest, rest);
  }
}

/** Writes the planes of the present block, most significant first; up to 16 bytes over. */
function putPlanes(planes: u32, to: usize): void {
  if (ASC_FEATURE_SIMD) {
    const low = i16x8.shl(v128.load(residuals), 16 - planes);
    const high = i16x8.shl(v128.load(residuals, 16), 16 - planes);
    putBytePlanes(i8x16.narrow_i16x8_u(i16x8.shr_u(low, 8), i16x8.shr_u(high, 8)), to);
    if (planes <= 8) return;
    const bytes = i16x8.splat(255);
    putBytePlanes(i8x16.narrow_i16x8_u(v128.and(low, bytes), v128.and(high, bytes)), to + 16);
    return;
  }
  let at = to;
  for (let plane = planes; plane-- > 0; at += 2) {
    let bits: u32 = 0;
    for (let i: u32 = 0; i < 8; i++) bits |= ((load<u32>(residuals + (i << 2)) >> plane) & 0x10001) << i;
    store<u16>(at, u16(bits | (bits >> 8)));
  }
}

/** Whether the slope of the differences takes fewer planes than the differences. */
function gradientIsBetter(last: usize): bool {
  let gain: i32 = 0;
  for (let at: usize = 0; at <= last; at += TRIAL_STEP) {
    gain += i32(takeBlock(at, false)) - i32(takeBlock(at, true));
  }
  return gain > 0;
}

/**
 * Packs `width` u16 at `source`; `first`: of its row. Otherwise the line before stands in front of it. Writes at most
 * losslessLineBytes and 16 more. Returns the bytes of the packed line.
 */
export function packLossless(source: usize, target: usize, width: u32, first: bool): u32 {
  const plainBytes = losslessLineBytes(width);
  if (width >= u32(RAW_BLOCK)) {
    line = source;
    const bytes = packBlocks(target, width << 1, first);
    if (bytes < plainBytes) return bytes;
  }
  store<u8>(target, RAW_LINE_PLAIN);
  memory.copy(target + 1, source, width << 1);
  return plainBytes;
}

/** The same for a line of at least one block; what it returns may be too large, and is then not all written. */
function packBlocks(target: usize, lineBytes: usize, first: bool): u32 {
  const last = lineBytes - BLOCK_BYTES;
  let widths = target + 1;
  reference = line - lineBytes;
  step = -1;
  if (first) {
    const sample = load<u16>(line);
    store<u16>(widths, sample);
    widths += 2;
    step = 0;
    reference = line;
    if (ASC_FEATURE_SIMD) {
      v128.store(flat, i16x8.splat(sample));
      reference = flat;
    }
  }
  const gradient = gradientIsBetter(last);
  store<u8>(target, gradient ? RAW_LINE_GRADIENT : RAW_LINE_DIFFERENCE);
  let to = widths + ((lineBytes + 63) >> 6);
  for (let at: usize = 0; at < lineBytes; at += BLOCK_BYTES) {
    const planes = takeBlock(min(at, last), gradient);
    const code = min<u32>(planes, RAW_WIDTH_FULL);
    // The first block of a byte sets it, the second one adds its half.
    const both = (at & BLOCK_BYTES) === 0 ? code : (code << 4) | u32(load<u8>(widths + (at >> 6)));
    store<u8>(widths + (at >> 6), u8(both));
    if (to + (planes << 1) > target + lineBytes) return u32(lineBytes + 1);
    putPlanes(planes, to);
    to += planes << 1;
  }
  return u32(to - target);
}
