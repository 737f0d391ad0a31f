/** One row of evidence a sample, and whether it is mixed. */
export interface Samples {
  readonly rows: readonly (readonly number[])[];
  readonly isMixed: readonly boolean[];
}

const STEPS = 30;
/** Weak pull of the scaled weights towards 0: evidence that never varies gets no weight. */
const RIDGE = 1;

/** Maximum likelihood of a logistic model by Newton's method. @returns a weight for each piece of evidence. */
export function fitLogistic({ isMixed, rows }: Samples): number[] {
  const size = rows[0]?.length ?? 0;
  const scale = scales(rows, size);
  const weights = new Array<number>(size).fill(0);
  for (let step = 0; step < STEPS; step++) {
    const gradient = weights.map((weight) => -RIDGE * weight);
    const curvature = Array.from({ length: size }, (_, i) =>
      Array.from({ length: size }, (_, j) => (i === j ? RIDGE : 0)),
    );
    rows.forEach((row, sample) => {
      const x = row.map((value, i) => value / scale[i]!);
      const p = 1 / (1 + Math.exp(-x.reduce((sum, value, i) => sum + value * weights[i]!, 0)));
      const residual = (isMixed[sample] === true ? 1 : 0) - p;
      for (let i = 0; i < size; i++) {
        gradient[i]! += residual * x[i]!;
        for (let j = 0; j <= i; j++) curvature[i]![j]! += p * (1 - p) * x[i]! * x[j]!;
      }
    });
    const change = solveSymmetric(curvature, gradient);
    for (let i = 0; i < size; i++) weights[i]! += change[i]!;
  }
  return weights.map((weight, i) => weight / scale[i]!);
}

/** Root mean square of each column; 1 where it is always 0. */
function scales(rows: Samples["rows"], size: number): number[] {
  return Array.from({ length: size }, (_, i) => {
    const meanSquare = rows.reduce((sum, row) => sum + row[i]! ** 2, 0) / Math.max(1, rows.length);
    return meanSquare > 0 ? Math.sqrt(meanSquare) : 1;
  });
}

/** By Cholesky's method, in place; only the lower triangle is read. */
function solveSymmetric(lower: number[][], right: readonly number[]): number[] {
  const size = right.length;
  const x = [...right];
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      let sum = lower[i]![j]!;
      for (let k = 0; k < j; k++) sum -= lower[i]![k]! * lower[j]![k]!;
      lower[i]![j] = i === j ? Math.sqrt(sum) : sum / lower[j]![j]!;
    }
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) x[i]! -= lower[i]![k]! * x[k]!;
    x[i]! /= lower[i]![i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) x[i]! -= lower[k]![i]! * x[k]!;
    x[i]! /= lower[i]![i]!;
  }
  return x;
}
