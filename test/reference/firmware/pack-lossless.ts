import * as Reports from "../../../hw-profiles/interface/reports.ts";

/** Columns from one block that is tried to the next; the first one starts at column 1. */
const TRIAL_STEP = 64;

/** Samples less reference, or the change of that from column to column; 16-bit two's complement. */
function residuals(samples: Uint16Array, reference: Uint16Array, gradient: boolean): Int16Array {
  const differences = Int16Array.from(samples, (sample, x) => sample - reference[x]!);
  return gradient ? differences.map((value, x) => value - (x === 0 ? 0 : differences[x - 1]!)) : differences;
}

/** The residuals of every block; the last block ends with the line, and shares samples with the one before. */
function blocksOf(line: Int16Array): Int16Array[] {
  const starts = Array.from({ length: Math.ceil(line.length / Reports.RAW_BLOCK) }, (_, block) =>
    Math.min(block * Reports.RAW_BLOCK, line.length - Reports.RAW_BLOCK),
  );
  return starts.map((start) => line.subarray(start, start + Reports.RAW_BLOCK));
}

/** Bits of two's complement that hold every residual. */
function bitsOf(block: Int16Array): number {
  const fits = (bits: number): boolean =>
    block.every((value) =>
      bits === 0 ? value === 0 : value >= -(2 ** (bits - 1)) && value < 2 ** (bits - 1),
    );
  let bits = 0;
  while (!fits(bits)) bits++;
  return bits;
}

/** There is no code for 15. */
function planesNeeded(block: Int16Array): number {
  const bits = bitsOf(block);
  return bits === 15 ? 16 : bits;
}

/** Most significant plane first, a 16-bit word each; bit i belongs to sample i. */
function planesOf(block: Int16Array, bits: number): number[] {
  return Array.from({ length: bits }, (_, plane) =>
    block.reduce((word, value, i) => word | (((value >> (bits - 1 - plane)) & 1) << i), 0),
  );
}

function widthBytes(bits: readonly number[]): number[] {
  const codes = bits.map((width) => Math.min(width, Reports.RAW_WIDTH_FULL));
  return Array.from(
    { length: Math.ceil(codes.length / 2) },
    (_, i) => codes[2 * i]! | ((codes[2 * i + 1] ?? 0) << 4),
  );
}

const wordBytes = (words: readonly number[]): number[] => words.flatMap((word) => [word & 0xff, word >> 8]);

/** Bits that the blocks which are tried take. */
function trial(line: Int16Array): number {
  let bits = 0;
  for (let x = 1; x + Reports.RAW_BLOCK <= line.length; x += TRIAL_STEP)
    bits += bitsOf(line.subarray(x, x + Reports.RAW_BLOCK));
  return bits;
}

/** One line of PIXEL_FORMAT_LOSSLESS; without `reference` it is the first of its row. */
export function packLossless(samples: Uint16Array, reference?: Uint16Array): Uint8Array {
  const plain = Uint8Array.from([Reports.RAW_LINE_PLAIN, ...wordBytes([...samples])]);
  if (samples.length < Reports.RAW_BLOCK) return plain;
  const base = reference ?? new Uint16Array(samples.length).fill(samples[0]!);
  const differences = residuals(samples, base, false);
  const gradients = residuals(samples, base, true);
  const gradient = trial(gradients) < trial(differences);
  const blocks = blocksOf(gradient ? gradients : differences);
  const bits = blocks.map(planesNeeded);
  const packed = Uint8Array.from([
    gradient ? Reports.RAW_LINE_GRADIENT : Reports.RAW_LINE_DIFFERENCE,
    ...(reference ? [] : wordBytes([samples[0]!])),
    ...widthBytes(bits),
    ...wordBytes(blocks.flatMap((block, i) => planesOf(block, bits[i]!))),
  ]);
  return packed.length < plain.length ? packed : plain;
}
