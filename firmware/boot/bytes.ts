// Blocks of bytes, and the checksum of the journal.

const POLYNOMIAL: u32 = 0x82f63b78;

/** CRC-32C, bit by bit: it covers headers and records of some 60 bytes, a table would not pay. */
export function crc32c(source: usize, length: usize): u32 {
  let crc: u32 = 0xffffffff;
  for (let at: usize = 0; at < length; at++) {
    crc ^= load<u8>(source + at);
    for (let bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ ((crc & 1) !== 0 ? POLYNOMIAL : 0);
  }
  return ~crc;
}

export function equalBytes(a: usize, b: usize, length: usize): bool {
  for (let at: usize = 0; at < length; at++) {
    if (load<u8>(a + at) !== load<u8>(b + at)) return false;
  }
  return true;
}

/** Are all bytes this value? */
export function allBytes(source: usize, length: usize, value: u32): bool {
  const eight = u64(value) * 0x0101010101010101;
  let at: usize = 0;
  for (; at + 8 <= length; at += 8) {
    if (load<u64>(source + at) !== eight) return false;
  }
  for (; at < length; at++) {
    if (load<u8>(source + at) !== value) return false;
  }
  return true;
}
