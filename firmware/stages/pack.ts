// Raw lines as they travel: Mono16 as it stands, Mono12p (two samples in three bytes, least significant bits first).

const CODE_12_MAX = 4095;

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
    for (; left >= 8; left -= 8) {
      const codes = i16x8.min_u(v128.load(from), i16x8.splat(i16(CODE_12_MAX)));
      const low = v128.and(codes, i32x4.splat(CODE_12_MAX));
      const pairs = v128.or(low, v128.and(i32x4.shr_u(codes, 4), i32x4.splat(0xfff000)));
      v128.store(to, v128.shuffle<i8>(pairs, pairs, 0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 0, 0, 0, 0));
      from += 16;
      to += 12;
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
