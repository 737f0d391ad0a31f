import { AnalysisError } from "./analysis-error.ts";

/** Inverse of a small symmetric positive matrix (row by row), by Gauss-Jordan with pivots. @throws AnalysisError when singular. */
export function invert(matrix: readonly (readonly number[])[]): number[][] {
  const n = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  for (let column = 0; column < n; column++) {
    let pivot = column;
    for (let row = column + 1; row < n; row++)
      if (Math.abs(rows[row]![column]!) > Math.abs(rows[pivot]![column]!)) pivot = row;
    const top = rows[pivot]!;
    rows[pivot] = rows[column]!;
    const scale = top[column]!;
    if (!(Math.abs(scale) > 1e-300))
      throw new AnalysisError(
        "found data that leave a parameter of the fit open, expected more or other points",
      );
    rows[column] = top.map((value) => value / scale);
    for (let row = 0; row < n; row++) if (row !== column) subtract(rows[row]!, rows[column]!, column);
  }
  return rows.map((row) => row.slice(n));
}

function subtract(row: number[], top: readonly number[], column: number): void {
  const factor = row[column]!;
  for (let i = 0; i < row.length; i++) row[i]! -= factor * top[i]!;
}

export function multiply(matrix: readonly (readonly number[])[], vector: readonly number[]): number[] {
  return matrix.map((row) => row.reduce((sum, value, i) => sum + value * vector[i]!, 0));
}
