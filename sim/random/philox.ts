/**
 * Philox 4x32-10, the counter-based generator of Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as
 * 1, 2, 3" (SC11). The output is a pure function of (counter, key): any order, tile or thread count gives the same bits.
 */
export type Words4 = readonly [number, number, number, number];

const MULTIPLIER_0 = 0xd2511f53;
const MULTIPLIER_1 = 0xcd9e8d57;
const WEYL_0 = 0x9e3779b9;
const WEYL_1 = 0xbb67ae85;
const ROUNDS = 10;

/** Upper 32 bits of the 64-bit product of two u32, as i32, by 16-bit halves: no sum exceeds 32 bits. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = (Math.imul(aHigh, bLow) + (Math.imul(aLow, bLow) >>> 16)) | 0;
  const middleLow = (Math.imul(aLow, bHigh) + (middle & 0xffff)) | 0;
  return (Math.imul(aHigh, bHigh) + (middle >>> 16) + (middleLow >>> 16)) | 0;
}

/** Four random u32 for a counter of four u32 and a key of two u32. */
export function philox4x32(counter: Words4, keyLow: number, keyHigh: number): Words4 {
  let [c0, c1, c2, c3] = counter;
  let k0 = keyLow | 0;
  let k1 = keyHigh | 0;
  for (let round = 0; round < ROUNDS; round++) {
    const high0 = multiplyHigh(MULTIPLIER_0, c0);
    const low0 = Math.imul(MULTIPLIER_0, c0);
    const high1 = multiplyHigh(MULTIPLIER_1, c2);
    const low1 = Math.imul(MULTIPLIER_1, c2);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + WEYL_0) | 0;
    k1 = (k1 + WEYL_1) | 0;
  }
  return [c0 >>> 0, c1 >>> 0, c2 >>> 0, c3 >>> 0];
}

/** The first of the four words of counter (index, component, 0, stream): for whole arrays, without an object a number. */
export function philoxWord(
  index: number,
  component: number,
  stream: number,
  keyLow: number,
  keyHigh: number,
): number {
  let c0 = index | 0;
  let c1 = component | 0;
  let c2 = 0;
  let c3 = stream | 0;
  let k0 = keyLow | 0;
  let k1 = keyHigh | 0;
  for (let round = 0; round < ROUNDS; round++) {
    const high0 = multiplyHigh(MULTIPLIER_0, c0);
    const high1 = multiplyHigh(MULTIPLIER_1, c2);
    const low0 = Math.imul(MULTIPLIER_0, c0);
    c0 = high1 ^ c1 ^ k0;
    c1 = Math.imul(MULTIPLIER_1, c2);
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + WEYL_0) | 0;
    k1 = (k1 + WEYL_1) | 0;
  }
  return c0 >>> 0;
}

/** Low and high half of a seed, modulo 2^64: the generator's key. */
export function keyOfSeed(seed: bigint): { low: number; high: number } {
  return { low: Number(seed & 0xffffffffn), high: Number((seed >> 32n) & 0xffffffffn) };
}
