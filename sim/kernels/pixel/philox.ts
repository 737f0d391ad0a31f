/**
 * Philox 4x32-10 for four counters at once, one in each 32-bit lane (see sim/random/philox.ts for the source).
 */
const MULTIPLIER_0: u32 = 0xd2511f53;
const MULTIPLIER_1: u32 = 0xcd9e8d57;
const WEYL_0: u32 = 0x9e3779b9;
const WEYL_1: u32 = 0xbb67ae85;
const ROUNDS: i32 = 10;

/** Upper halves of the four 64-bit products in `even` (lanes 0, 1) and `odd` (lanes 2, 3). */
function upperHalves(low: v128, high: v128): v128 {
  return v128.shuffle<i32>(low, high, 1, 3, 5, 7);
}

function lowerHalves(low: v128, high: v128): v128 {
  return v128.shuffle<i32>(low, high, 0, 2, 4, 6);
}

/**
 * Writes 4 x 4 random words to `destination` (64 bytes): word j of the counter (firstIndex + lane, group, frame, stream)
 * at u32 index 4 j + lane.
 */
export function philoxQuad(
  destination: usize,
  firstIndex: u32,
  group: u32,
  frame: u32,
  stream: u32,
  keyLow: u32,
  keyHigh: u32,
): void {
  let c0 = i32x4.add(i32x4.splat(firstIndex), i32x4(0, 1, 2, 3));
  let c1 = i32x4.splat(group);
  let c2 = i32x4.splat(frame);
  let c3 = i32x4.splat(stream);
  let k0 = i32x4.splat(keyLow);
  let k1 = i32x4.splat(keyHigh);
  const m0 = i32x4.splat(MULTIPLIER_0);
  const m1 = i32x4.splat(MULTIPLIER_1);
  const weyl0 = i32x4.splat(WEYL_0);
  const weyl1 = i32x4.splat(WEYL_1);
  for (let round = 0; round < ROUNDS; round++) {
    const low0 = i64x2.extmul_low_i32x4_u(c0, m0);
    const high0 = i64x2.extmul_high_i32x4_u(c0, m0);
    const low1 = i64x2.extmul_low_i32x4_u(c2, m1);
    const high1 = i64x2.extmul_high_i32x4_u(c2, m1);
    c0 = v128.xor(v128.xor(upperHalves(low1, high1), c1), k0);
    c1 = lowerHalves(low1, high1);
    c2 = v128.xor(v128.xor(upperHalves(low0, high0), c3), k1);
    c3 = lowerHalves(low0, high0);
    k0 = i32x4.add(k0, weyl0);
    k1 = i32x4.add(k1, weyl1);
  }
  v128.store(destination, c0);
  v128.store(destination, c1, 16);
  v128.store(destination, c2, 32);
  v128.store(destination, c3, 48);
}
