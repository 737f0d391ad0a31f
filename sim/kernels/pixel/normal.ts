import { BYTES_PER_SEGMENT, FIRST_EXPONENT, SEGMENT_BITS } from "../../random/normal-constants.ts";

const MANTISSA_BITS: i32 = 23;
/** log2 of BYTES_PER_SEGMENT: a segment number shifted by it is a byte offset. */
const SEGMENT_SHIFT: i32 = 4;
const FIRST_SEGMENT_BYTES: i32 = (FIRST_EXPONENT << SEGMENT_BITS) * BYTES_PER_SEGMENT;

/**
 * Four standard normals from four random words; `table` is the address of the table of sim/random/normal-table.ts.
 * Same operations in the same order as normalFromWord in sim/random/normal.ts.
 */
export function normalQuad(words: v128, table: usize): v128 {
  const sign = v128.and(words, i32x4.splat(0x80000000));
  const x = f32x4.add(f32x4.convert_i32x4_s(v128.xor(words, sign)), f32x4.splat(0.5));
  const offsets = v128.and(
    i32x4.shr_u(x, MANTISSA_BITS - SEGMENT_BITS - SEGMENT_SHIFT),
    i32x4.splat(-BYTES_PER_SEGMENT),
  );
  const position = v128.or(
    v128.and(i32x4.shl(x, SEGMENT_BITS), i32x4.splat(0x7fffff)),
    i32x4.splat(0x3f800000),
  );
  const r = f32x4.sub(position, f32x4.splat(1.5));

  const base = table - FIRST_SEGMENT_BYTES;
  const s0 = v128.load(base + i32x4.extract_lane(offsets, 0));
  const s1 = v128.load(base + i32x4.extract_lane(offsets, 1));
  const s2 = v128.load(base + i32x4.extract_lane(offsets, 2));
  const s3 = v128.load(base + i32x4.extract_lane(offsets, 3));
  const a01 = v128.shuffle<i32>(s0, s1, 0, 4, 1, 5);
  const a23 = v128.shuffle<i32>(s2, s3, 0, 4, 1, 5);
  const b01 = v128.shuffle<i32>(s0, s1, 2, 6, 3, 7);
  const b23 = v128.shuffle<i32>(s2, s3, 2, 6, 3, 7);
  let z = v128.shuffle<i64>(b01, b23, 1, 3);
  z = f32x4.add(f32x4.mul(z, r), v128.shuffle<i64>(b01, b23, 0, 2));
  z = f32x4.add(f32x4.mul(z, r), v128.shuffle<i64>(a01, a23, 1, 3));
  z = f32x4.add(f32x4.mul(z, r), v128.shuffle<i64>(a01, a23, 0, 2));
  return v128.xor(z, sign);
}
