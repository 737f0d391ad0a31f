// CRC-32C (Castagnoli, reflected polynomial 0x82F63B78), eight bytes a step (slicing by 8, Kounavis and Berry 2005).

const POLYNOMIAL: u32 = 0x82f63b78;
const SLICES: usize = 8;
const SLICE_BYTES: usize = 1024;
export const CRC_TABLE_BYTES = SLICES * SLICE_BYTES;

/** Fills the eight tables at `tables`: CRC_TABLE_BYTES. */
export function buildCrcTables(tables: usize): void {
  for (let byte: u32 = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ ((crc & 1) !== 0 ? POLYNOMIAL : 0);
    store<u32>(tables + (byte << 2), crc);
  }
  for (let entry: usize = 0; entry < (SLICES - 1) * SLICE_BYTES; entry += 4) {
    const crc = load<u32>(tables + entry);
    store<u32>(tables + entry + SLICE_BYTES, (crc >> 8) ^ load<u32>(tables + ((crc & 0xff) << 2)));
  }
}

function slice(tables: usize, index: usize, word: u32, shift: u32): u32 {
  return load<u32>(tables + index * SLICE_BYTES + (((word >> shift) & 0xff) << 2));
}

/**
 * Continues a CRC over `length` bytes at `source`. Start with 0; the result of one call continues in the next.
 */
export function crc32c(tables: usize, crc: u32, source: usize, length: usize): u32 {
  let state = ~crc;
  let address = source;
  const end = source + length;
  for (; address + 8 <= end; address += 8) {
    const low = state ^ load<u32>(address);
    const high = load<u32>(address, 4);
    state =
      slice(tables, 7, low, 0) ^
      slice(tables, 6, low, 8) ^
      slice(tables, 5, low, 16) ^
      slice(tables, 4, low, 24) ^
      slice(tables, 3, high, 0) ^
      slice(tables, 2, high, 8) ^
      slice(tables, 1, high, 16) ^
      slice(tables, 0, high, 24);
  }
  for (; address < end; address++) {
    state = (state >> 8) ^ load<u32>(tables + (((state ^ load<u8>(address)) & 0xff) << 2));
  }
  return ~state;
}
