/** `count` values from `first` to `last`, equally spaced. */
export function linearSpace(first: number, last: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => first + ((last - first) * i) / Math.max(1, count - 1));
}

/** `count` values from `first` to `last`, equal ratios between; both above 0. */
export function logSpace(first: number, last: number, count: number): number[] {
  return linearSpace(Math.log(first), Math.log(last), count).map(Math.exp);
}

export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}
