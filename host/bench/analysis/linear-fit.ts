import { AnalysisError } from "./analysis-error.ts";
import { invert, multiply } from "./linear-solve.ts";

export interface LinearFit {
  readonly parameters: number[];
  /** From the scatter of the points about the fit. */
  readonly standardErrors: number[];
  readonly residualRms: number;
}

/**
 * Least squares of y = sum p_j basis_j(x), the squares weighted by `weights` (1 / variance up to a common factor).
 * @throws AnalysisError with fewer points than parameters.
 */
export function linearFit(
  basis: readonly (readonly number[])[],
  y: ArrayLike<number>,
  weights?: ArrayLike<number>,
): LinearFit {
  const columns = basis.length;
  if (y.length < columns)
    throw new AnalysisError(`found ${y.length} points, expected at least ${columns} for the fit`);
  // Columns of very different size would spoil the matrix.
  const scales = basis.map((column) => Math.max(...column.map(Math.abs)) || 1);
  const scaled = basis.map((column, j) => column.map((value) => value / scales[j]!));
  const weight = (i: number) => weights?.[i] ?? 1;
  const normal = scaled.map((a) =>
    scaled.map((b) => a.reduce((sum, value, i) => sum + weight(i) * value * b[i]!, 0)),
  );
  const right = scaled.map((a) => a.reduce((sum, value, i) => sum + weight(i) * value * y[i]!, 0));
  const inverse = invert(normal);
  const solution = multiply(inverse, right);
  let squares = 0;
  for (let i = 0; i < y.length; i++) {
    const fitted = solution.reduce((sum, p, j) => sum + p * scaled[j]![i]!, 0);
    squares += weight(i) * (y[i]! - fitted) ** 2;
  }
  const variance = squares / Math.max(1, y.length - columns);
  return {
    parameters: solution.map((value, j) => value / scales[j]!),
    standardErrors: inverse.map((row, j) => Math.sqrt(Math.max(0, row[j]! * variance)) / scales[j]!),
    residualRms: Math.sqrt(squares / y.length),
  };
}

export interface LineFit {
  readonly intercept: number;
  readonly slope: number;
  readonly interceptError: number;
  readonly slopeError: number;
}

/** y = intercept + slope x. @throws AnalysisError with fewer than two points. */
export function lineFit(x: ArrayLike<number>, y: ArrayLike<number>, weights?: ArrayLike<number>): LineFit {
  const xs = Array.from(x);
  const fit = linearFit([xs.map(() => 1), xs], y, weights);
  return {
    intercept: fit.parameters[0]!,
    slope: fit.parameters[1]!,
    interceptError: fit.standardErrors[0]!,
    slopeError: fit.standardErrors[1]!,
  };
}
