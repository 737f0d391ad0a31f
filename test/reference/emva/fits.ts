/** A line y = slope x + offset. */
export interface Line {
  readonly slope: number;
  readonly offset: number;
}

/** Least squares of y = slope x, all points alike. */
export function slopeThroughZero(x: readonly number[], y: readonly number[]): number {
  let xy = 0;
  let xx = 0;
  for (let i = 0; i < x.length; i++) {
    xy += x[i]! * y[i]!;
    xx += x[i]! * x[i]!;
  }
  return xy / xx;
}

/** Least squares of a line with these weights; without weights all points alike. */
export function fitLine(
  x: readonly number[],
  y: readonly number[],
  weight: readonly number[] = x.map(() => 1),
): Line {
  const sum = (of: (i: number) => number) => x.reduce((total, _, i) => total + weight[i]! * of(i), 0);
  const weights = sum(() => 1);
  const meanX = sum((i) => x[i]!) / weights;
  const meanY = sum((i) => y[i]!) / weights;
  const slope = sum((i) => (x[i]! - meanX) * (y[i]! - meanY)) / sum((i) => (x[i]! - meanX) ** 2);
  return { slope, offset: meanY - slope * meanX };
}
