const POLYNOMIAL = 0x82f63b78;

/** CRC-32C bit by bit; `crc` continues an earlier result. */
export function crc32c(bytes: Uint8Array, crc = 0): number {
  let state = ~crc;
  for (const byte of bytes) {
    state ^= byte;
    for (let bit = 0; bit < 8; bit++) state = (state >>> 1) ^ (state & 1 ? POLYNOMIAL : 0);
  }
  return ~state >>> 0;
}
