// What generalised least squares can reach on a ramp, from the dense covariance of its differences: an independent way
// to the numbers that the module gets by elimination.

/** Inverse by Gauss-Jordan elimination with pivoting. */
function inverse(matrix: readonly (readonly number[])[]): number[][] {
  const n = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...Array.from({ length: n }, (_, k) => (k === i ? 1 : 0))]);
  for (let column = 0; column < n; column++) {
    let pivot = column;
    for (let i = column; i < n; i++) {
      if (Math.abs(rows[i]![column]!) > Math.abs(rows[pivot]![column]!)) pivot = i;
    }
    [rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!];
    const head = rows[column]!.map((value) => value / rows[column]![column]!);
    rows[column] = head;
    for (let i = 0; i < n; i++) {
      const factor = i === column ? 0 : rows[i]![column]!;
      rows[i] = rows[i]!.map((value, k) => value - factor * head[k]!);
    }
  }
  return rows.map((row) => row.slice(n));
}

/** Standard deviations on N reads with `rate` of shot variance per interval and `readVariance` per read. */
export interface RampBound {
  /** Of the slope per interval. */
  readonly slope: number;
  /** Of the amplitude of a jump in difference 1 .. N - 1, whose slope is fitted with it. Entry 0 is not used. */
  readonly jump: readonly number[];
}

export function rampBound(reads: number, rate: number, readVariance: number): RampBound {
  const n = reads - 1;
  const covariance = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_, k) => {
      if (i === k) return rate + 2 * readVariance;
      return Math.abs(i - k) === 1 ? -readVariance : 0;
    }),
  );
  const weights = inverse(covariance);
  const rows = weights.map((row) => row.reduce((sum, value) => sum + value, 0));
  const total = rows.reduce((sum, value) => sum + value, 0);
  const jump = weights.map((row, i) => 1 / Math.sqrt(row[i]! - (rows[i]! * rows[i]!) / total));
  return { slope: 1 / Math.sqrt(total), jump: [Number.NaN, ...jump] };
}
