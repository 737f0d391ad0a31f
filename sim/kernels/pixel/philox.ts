/**
 * Philox 4x32-10 for eight counters at once, one in each 32-bit lane of two vectors (see sim/random/philox.ts for the source).
 */
const MULTIPLIER_0: u32 = 0xd2511f53;
const MULTIPLIER_1: u32 = 0xcd9e8d57;
const WEYL_0: u32 = 0x9e3779b9;
const WEYL_1: u32 = 0xbb67ae85;
const ROUNDS: i32 = 10;

/** Keys of the rounds from 2 on for the key at hand, each in all lanes; key and whether they are there before them. */
const KEYS: usize = memory.data(16 + (ROUNDS - 2) * 32, 16);
const KEYS_END: usize = KEYS + 16 + (ROUNDS - 2) * 32;

/** Loaded, they take one instruction a round instead of three. */
function prepareKeys(keyLow: u32, keyHigh: u32): void {
  if (load<u32>(KEYS) == keyLow && load<u32>(KEYS, 4) == keyHigh && load<u32>(KEYS, 8) != 0) return;
  store<u32>(KEYS, keyLow);
  store<u32>(KEYS, keyHigh, 4);
  store<u32>(KEYS, 1, 8);
  let k0 = keyLow + WEYL_0;
  let k1 = keyHigh + WEYL_1;
  for (let at = KEYS + 16; at < KEYS_END; at += 32) {
    k0 += WEYL_0;
    k1 += WEYL_1;
    v128.store(at, i32x4.splat(k0));
    v128.store(at, i32x4.splat(k1), 16);
  }
}

/** Upper halves of the four 64-bit products in `even` (lanes 0, 1) and `odd` (lanes 2, 3). */
function upperHalves(low: v128, high: v128): v128 {
  return v128.shuffle<i32>(low, high, 1, 3, 5, 7);
}

function lowerHalves(low: v128, high: v128): v128 {
  return v128.shuffle<i32>(low, high, 0, 2, 4, 6);
}

/** Upper halves of four products of 32 bits. */
function multiplyHigh(values: v128, factors: v128): v128 {
  return upperHalves(i64x2.extmul_low_i32x4_u(values, factors), i64x2.extmul_high_i32x4_u(values, factors));
}

/**
 * Writes 2 x 4 x 4 random words to `destination` (128 bytes): word j of the counter (firstIndex + 4 half + lane, group,
 * frame, stream) at u32 index 16 half + 4 j + lane.
 */
export function philoxPair(
  destination: usize,
  firstIndex: u32,
  group: u32,
  frame: u32,
  stream: u32,
  keyLow: u32,
  keyHigh: u32,
): void {
  const first = i32x4.add(i32x4.splat(firstIndex), i32x4(0, 1, 2, 3));
  const second = i32x4.add(i32x4.splat(firstIndex), i32x4(4, 5, 6, 7));
  philoxVectors(destination, 32, 64, first, second, group, frame, stream, keyLow, keyHigh);
}

/**
 * As philoxPair, for any eight indices. Two independent chains keep the multipliers busy.
 * @param upper bytes from words 0 and 1 of four indices to their words 2 and 3.
 * @param second bytes from words 0 and 1 of the first four indices to those of the others.
 */
export function philoxVectors(
  destination: usize,
  upper: usize,
  second: usize,
  aIndex: v128,
  bIndex: v128,
  group: u32,
  frame: u32,
  stream: u32,
  keyLow: u32,
  keyHigh: u32,
): void {
  const m0 = i32x4.splat(MULTIPLIER_0);
  const m1 = i32x4.splat(MULTIPLIER_1);
  // Only the index differs between lanes: in the first two rounds, one of the two products is the same for all.
  const first = <u64>frame * <u64>MULTIPLIER_1;
  const mixed = <u32>(first >> 32) ^ group ^ keyLow;
  const next = <u64>mixed * <u64>MULTIPLIER_0;
  const key2 = i32x4.splat(stream ^ keyHigh);
  const aMixed = v128.xor(multiplyHigh(aIndex, m0), key2);
  const bMixed = v128.xor(multiplyHigh(bIndex, m0), key2);
  const key3 = i32x4.splat(<u32>first ^ (keyLow + WEYL_0));
  const key4 = i32x4.splat(<u32>(next >> 32) ^ (keyHigh + WEYL_1));
  let a0 = v128.xor(multiplyHigh(aMixed, m1), key3);
  let b0 = v128.xor(multiplyHigh(bMixed, m1), key3);
  let a1 = i32x4.mul(aMixed, m1);
  let b1 = i32x4.mul(bMixed, m1);
  let a2 = v128.xor(i32x4.mul(aIndex, m0), key4);
  let b2 = v128.xor(i32x4.mul(bIndex, m0), key4);
  let a3 = i32x4.splat(<u32>next);
  let b3 = a3;
  prepareKeys(keyLow, keyHigh);
  for (let keys = KEYS + 16; keys < KEYS_END; keys += 32) {
    const aLow0 = i64x2.extmul_low_i32x4_u(a0, m0);
    const aHigh0 = i64x2.extmul_high_i32x4_u(a0, m0);
    const aLow1 = i64x2.extmul_low_i32x4_u(a2, m1);
    const aHigh1 = i64x2.extmul_high_i32x4_u(a2, m1);
    const bLow0 = i64x2.extmul_low_i32x4_u(b0, m0);
    const bHigh0 = i64x2.extmul_high_i32x4_u(b0, m0);
    const bLow1 = i64x2.extmul_low_i32x4_u(b2, m1);
    const bHigh1 = i64x2.extmul_high_i32x4_u(b2, m1);
    const key0 = v128.load(keys);
    const key1 = v128.load(keys, 16);
    a0 = v128.xor(v128.xor(upperHalves(aLow1, aHigh1), a1), key0);
    b0 = v128.xor(v128.xor(upperHalves(bLow1, bHigh1), b1), key0);
    a1 = lowerHalves(aLow1, aHigh1);
    b1 = lowerHalves(bLow1, bHigh1);
    a2 = v128.xor(v128.xor(upperHalves(aLow0, aHigh0), a3), key1);
    b2 = v128.xor(v128.xor(upperHalves(bLow0, bHigh0), b3), key1);
    a3 = lowerHalves(aLow0, aHigh0);
    b3 = lowerHalves(bLow0, bHigh0);
  }
  v128.store(destination, a0);
  v128.store(destination, a1, 16);
  v128.store(destination + upper, a2);
  v128.store(destination + upper, a3, 16);
  v128.store(destination + second, b0);
  v128.store(destination + second, b1, 16);
  v128.store(destination + second + upper, b2);
  v128.store(destination + second + upper, b3, 16);
}
