import { AnalysisError } from "./analysis-error.ts";
import { invert, multiply } from "./linear-solve.ts";

const MAX_STEPS = 200;
const MAX_DAMPING = 1e12;
const ENOUGH = 1e-12;
/** Relative step of the numerical derivative: the cube root of the machine's precision, for central differences. */
const DERIVATIVE_STEP = 6e-6;

export interface NonlinearFit {
  readonly parameters: number[];
  /** From the scatter of the residuals. */
  readonly standardErrors: number[];
  readonly residualRms: number;
}

/**
 * Levenberg-Marquardt with central differences.
 * @param residuals of the parameters; weighted as wanted. A parameter set that cannot be returns NaN.
 * @throws AnalysisError when it does not converge.
 */
export function nonlinearFit(
  residuals: (parameters: readonly number[]) => number[],
  start: readonly number[],
): NonlinearFit {
  let parameters = [...start];
  let current = residuals(parameters);
  let squares = sumOfSquares(current);
  let damping = 1e-3;
  for (let step = 0; step < MAX_STEPS; step++) {
    const { normal, gradient } = equations(residuals, parameters, current.length);
    const right = gradient(current);
    let gained = 0;
    while (damping < MAX_DAMPING) {
      const move = dampedMove(normal, right, damping);
      const tried = parameters.map((value, j) => value - move[j]!);
      const found = residuals(tried);
      const foundSquares = sumOfSquares(found);
      if (foundSquares <= squares) {
        gained = squares - foundSquares;
        parameters = tried;
        current = found;
        squares = foundSquares;
        damping = Math.max(1e-12, damping / 8);
        break;
      }
      damping *= 6;
    }
    if (gained <= ENOUGH * squares) return finish(normal, parameters, squares, current.length);
  }
  throw new AnalysisError(`the fit did not converge in ${MAX_STEPS} steps`);
}

function equations(
  residuals: (parameters: readonly number[]) => number[],
  parameters: readonly number[],
  count: number,
): { normal: number[][]; gradient: (current: readonly number[]) => number[] } {
  const columns = parameters.map((value, j) => {
    const h = DERIVATIVE_STEP * (Math.abs(value) || 1);
    const above = residuals(parameters.with(j, value + h));
    const below = residuals(parameters.with(j, value - h));
    return above.map((a, i) => (a - below[i]!) / (2 * h));
  });
  const dot = (a: readonly number[], b: readonly number[]) => {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += a[i]! * b[i]!;
    return sum;
  };
  return {
    normal: columns.map((a) => columns.map((b) => dot(a, b))),
    gradient: (current) => columns.map((a) => dot(a, current)),
  };
}

/** Parameters of very different size: the matrix is scaled to a diagonal of one before it is inverted. */
function dampedMove(
  normal: readonly (readonly number[])[],
  right: readonly number[],
  damping: number,
): number[] {
  const size = diagonalRoots(normal);
  const scaled = normal.map((row, i) =>
    row.map((value, j) => value / (size[i]! * size[j]!) + (i === j ? damping : 0)),
  );
  const move = multiply(
    invert(scaled),
    right.map((value, i) => value / size[i]!),
  );
  return move.map((value, i) => value / size[i]!);
}

function finish(
  normal: readonly (readonly number[])[],
  parameters: number[],
  squares: number,
  count: number,
): NonlinearFit {
  const size = diagonalRoots(normal);
  const inverse = invert(normal.map((row, i) => row.map((value, j) => value / (size[i]! * size[j]!))));
  const variance = squares / Math.max(1, count - parameters.length);
  return {
    parameters,
    standardErrors: inverse.map((row, i) => Math.sqrt(Math.max(0, row[i]! * variance)) / size[i]!),
    residualRms: Math.sqrt(squares / count),
  };
}

function diagonalRoots(normal: readonly (readonly number[])[]): number[] {
  return normal.map((row, i) => Math.sqrt(row[i]!) || 1);
}

/** NaN counts as worse than anything. */
function sumOfSquares(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return Number.isNaN(sum) ? Number.POSITIVE_INFINITY : sum;
}
