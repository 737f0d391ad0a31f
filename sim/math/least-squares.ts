/** A point y at t, of weight 1 / variance. */
export interface WeightedPoint {
  readonly t: number;
  readonly y: number;
  readonly weight: number;
}

/**
 * Coefficients of the polynomial of least squares, lowest power first, by the normal equations: for t of order 1 and few
 * coefficients.
 */
export function fitPolynomial(points: readonly WeightedPoint[], coefficients: number): Float64Array {
  const powers = new Float64Array(2 * coefficients - 1);
  const moments = new Float64Array(coefficients);
  for (const { t, weight, y } of points) {
    let share = weight;
    for (let power = 0; power < powers.length; power++, share *= t) {
      powers[power]! += share;
      if (power < coefficients) moments[power]! += share * y;
    }
  }
  const rows = Array.from(moments, (moment, row) => [...powers.subarray(row, row + coefficients), moment]);
  return solve(rows);
}

/** Gauss on a symmetric positive matrix with its right side in the last column. */
function solve(rows: number[][]): Float64Array {
  const size = rows.length;
  for (let pivot = 0; pivot < size; pivot++) {
    for (let row = pivot + 1; row < size; row++) {
      const factor = rows[row]![pivot]! / rows[pivot]![pivot]!;
      for (let column = pivot; column <= size; column++) {
        rows[row]![column]! -= factor * rows[pivot]![column]!;
      }
    }
  }
  const solution = new Float64Array(size);
  for (let row = size - 1; row >= 0; row--) {
    let rest = rows[row]![size]!;
    for (let column = row + 1; column < size; column++) rest -= rows[row]![column]! * solution[column]!;
    solution[row] = rest / rows[row]![row]!;
  }
  return solution;
}
