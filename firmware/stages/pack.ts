// Raw lines as they travel: Mono16 as it stands, Mono12p (two samples in three bytes, least significant bits first).

const CODE_12_MAX = 4095;

/**
 * Vectors of the loop, from memory because constants are made anew in every turn: largest codes; 1 and 4096, with which a dot
 * product makes 24 bits of two codes; where those bytes go, and zero to the rest.
 */
const VECTORS = memory.data<u32>(
  [
    0x0fff0fff, 0x0fff0fff, 0x0fff0fff, 0x0fff0fff, 0x10000001, 0x10000001, 0x10000001, 0x10000001,
    0x04020100, 0x09080605, 0x0e0d0c0a, 0x80808080,
  ],
  16,
);

/** Bytes of a packed line of `width` samples. */
export function packed12Bytes(width: u32): u32 {
  return (width * 12 + 7) >> 3;
}

/** Packs `width` u16 at `source`; codes over 4095 travel as 4095. Writes up to 16 bytes past the end of `target`. */
export function pack12(source: usize, target: usize, width: u32): void {
  let from = source;
  let to = target;
  let left = width;
  if (ASC_FEATURE_SIMD) {
    const largest = v128.load(VECTORS);
    const factors = v128.load(VECTORS, 16);
    const order = v128.load(VECTORS, 32);
    for (; left >= 16; left -= 16) {
      const low = i32x4.dot_i16x8_s(i16x8.min_u(v128.load(from), largest), factors);
      const high = i32x4.dot_i16x8_s(i16x8.min_u(v128.load(from, 16), largest), factors);
      v128.store(to, i8x16.swizzle(low, order));
      v128.store(to, i8x16.swizzle(high, order), 12);
      from += 32;
      to += 24;
    }
  }
  for (; left >= 2; left -= 2) {
    const pair = clipped(from) | (clipped(from + 2) << 12);
    store<u16>(to, u16(pair));
    store<u8>(to, u8(pair >> 16), 2);
    from += 4;
    to += 3;
  }
  if (left === 1) store<u16>(to, u16(clipped(from)));
}

function clipped(address: usize): u32 {
  return min<u32>(load<u16>(address), CODE_12_MAX);
}
