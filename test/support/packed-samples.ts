/** Kinds of lines that packing meets, easy and hard. A sample of a row: (gate, column) -> u16 code. */
import type { Random } from "../firmware/support/random.ts";

export type Pattern = (random: Random, gate: number, x: number) => number;

/** Codes that residuals of 15 and 16 bits come from. */
const EXTREMES = [0, 1, 0x3fff, 0x4000, 0x7fff, 0x8000, 0xfffe, 0xffff];

export const PATTERNS: Readonly<Record<string, Pattern>> = {
  random16: (random) => random.below(65_536),
  random12: (random) => random.below(4096),
  noisy: (random, gate, x) => 2000 + 40 * gate + 3 * x + random.below(16),
  constant: () => 777,
  ramp: (_, gate, x) => (100 * gate + 7 * x) & 0xffff,
  steep: (_, gate, x) => (9000 * gate + 16_001 * x) & 0xffff,
  alternating: (_, __, x) => (x & 1 ? 0xffff : 0),
  gates: (_, gate) => (gate & 1 ? 0xffff : 0),
  extremes: (random) => EXTREMES[random.below(EXTREMES.length)]!,
  spikes: (random) => (random.below(20) === 0 ? random.below(65_536) : 500),
};

/** K x W samples of one row, gate after gate. */
export function patternRow(pattern: Pattern, random: Random, width: number, gates: number): Uint16Array {
  return Uint16Array.from({ length: width * gates }, (_, i) =>
    pattern(random, Math.floor(i / width), i % width),
  );
}
