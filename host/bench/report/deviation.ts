import type { BenchResult } from "../bench-result.ts";

/**
 * Relative deviation from the paper; of a range the worse end, or how far a value lies outside. NaN where the paper's
 * value is 0 and the simulated one is not.
 */
export function deviation({ paper, simulated }: Pick<BenchResult, "paper" | "simulated">): number {
  if (typeof paper === "number")
    return typeof simulated === "number" ? relative(simulated, paper) : Number.NaN;
  if (typeof simulated === "number") return outside(simulated, Math.min(...paper), Math.max(...paper));
  const ends = [relative(simulated[0], paper[0]), relative(simulated[1], paper[1])] as const;
  return Math.abs(ends[0]) > Math.abs(ends[1]) ? ends[0] : ends[1];
}

function outside(value: number, low: number, high: number): number {
  if (value < low) return relative(value, low);
  return value > high ? relative(value, high) : 0;
}

function relative(value: number, paper: number): number {
  if (paper === 0) return value === 0 ? 0 : Number.NaN;
  return (value - paper) / Math.abs(paper);
}
