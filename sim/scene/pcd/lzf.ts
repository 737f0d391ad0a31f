const LITERAL_MAX = 32;

/**
 * Decompress an LZF stream (LibLZF, as PCD's binary_compressed uses it) to exactly `size` bytes.
 * Returns undefined if the stream ends early, refers to bytes before its start, or holds more or less than `size`.
 */
export function decompressLzf(input: Uint8Array, size: number): Uint8Array<ArrayBuffer> | undefined {
  const output = new Uint8Array(size);
  let from = 0;
  let to = 0;
  while (from < input.length) {
    const control = input[from++]!;
    if (control < LITERAL_MAX) {
      const count = control + 1;
      if (from + count > input.length || to + count > size) return undefined;
      output.set(input.subarray(from, from + count), to);
      from += count;
      to += count;
      continue;
    }
    let count = control >> 5;
    if (count === 7) count += input[from++] ?? 0;
    count += 2;
    const back = ((control & 31) << 8) + (input[from++] ?? 0) + 1;
    if (from > input.length || back > to || to + count > size) return undefined;
    // Byte by byte: a reference may overlap what it writes.
    for (const end = to + count; to < end; to++) output[to] = output[to - back]!;
  }
  return to === size ? output : undefined;
}

/** The longest output that `bytes` compressed bytes can have: 264 bytes from a 3 byte reference. */
export function largestLzfOutput(bytes: number): number {
  return Math.ceil(bytes / 3) * 264;
}
