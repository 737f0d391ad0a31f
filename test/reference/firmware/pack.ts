/** Mono12p: two samples in three bytes, least significant bits first; codes over 4095 travel as 4095. */
export function pack12(samples: Uint16Array): Uint8Array {
  const bytes = new Uint8Array(Math.ceil((samples.length * 12) / 8));
  samples.forEach((sample, i) => {
    const code = Math.min(sample, 4095);
    for (let bit = 0; bit < 12; bit++) {
      const at = i * 12 + bit;
      if ((code >> bit) & 1) bytes[at >> 3]! |= 1 << (at & 7);
    }
  });
  return bytes;
}

/** Little-endian 16-bit words. */
export function pack16(values: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(values.length * 2);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < values.length; i++) view.setUint16(2 * i, values[i]! & 0xffff, true);
  return bytes;
}
