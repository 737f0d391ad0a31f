// A hash of 32 bits for patterns of cells and for the identity of contents; nothing here protects against an attacker.

const MULTIPLIER = 0x9e3779b1;

/** Mixes a value into a hash. @returns u32 */
export function mix(hash: number, value: number): number {
  let state = Math.imul(hash ^ value, MULTIPLIER);
  state ^= state >>> 15;
  state = Math.imul(state, 0x85ebca77);
  return (state ^ (state >>> 13)) >>> 0;
}

/** Mixes bytes into a hash, four at a time. The length must be a multiple of 4. */
export function mixBytes(hash: number, bytes: Uint8Array): number {
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >>> 2);
  let state = hash;
  for (let at = 0; at < words.length; at++) state = mix(state, words[at]!);
  return state;
}
