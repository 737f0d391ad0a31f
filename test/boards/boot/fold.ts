// The hash of traces: twin of firmware/boards/mps2-an500/boot/fold.h.

export function fold(hash: number, word: number): number {
  return Math.imul(((hash << 5) | (hash >>> 27)) ^ word, 0x9e3779b1) >>> 0;
}

/** Words first (little endian), then the bytes that are left. */
export function foldBytes(hash: number, bytes: Uint8Array): number {
  const whole = bytes.length & ~3;
  let state = hash;
  let at = 0;
  for (; at < whole; at += 4) {
    const low = bytes[at]! | (bytes[at + 1]! << 8);
    state = fold(state, low | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24));
  }
  for (; at < bytes.length; at++) state = fold(state, bytes[at]!);
  return state;
}
