/** Standard normal deviates of a fixed seed (mulberry32, Box-Muller): noise of the tests that owes nothing to the simulator. */
export function normals(seed: number): () => number {
  let state = seed >>> 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (((t ^ (t >>> 14)) >>> 0) + 0.5) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

/** Mean and standard deviation of `runs` of a measurement with seeds 1, 2, ... */
export function repeat(
  runs: number,
  measure: (noise: () => number) => number,
): { mean: number; spread: number } {
  const values = Array.from({ length: runs }, (_, i) => measure(normals(i + 1)));
  const mean = values.reduce((sum, value) => sum + value, 0) / runs;
  return { mean, spread: standardDeviation(values) };
}

/** Of the sample (n - 1). */
export function standardDeviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}
