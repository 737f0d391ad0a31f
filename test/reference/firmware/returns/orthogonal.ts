const SQUARE_SMALLEST = 1e-14;

export type Column = number[];

export function product(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** What is left of a column without its parts along orthonormal ones, which are taken one after the other. */
export interface Projected {
  readonly rest: Column;
  readonly parts: readonly number[];
  /** Square of the rest, and of the whole column. */
  readonly left: number;
  readonly whole: number;
}

export function project(column: Column, along: readonly Column[]): Projected {
  const parts: number[] = [];
  let squares = 0;
  let rest = column;
  for (const other of along) {
    const share = product(other, rest);
    parts.push(share);
    squares += share * share;
    rest = rest.map((value, i) => value + -share * other[i]!);
  }
  const left = product(rest, rest);
  return { rest, parts, left, whole: squares + left };
}

/** Weighted least squares: unknowns' columns made orthonormal, their factors, and what is left of the residual. */
export interface Solved {
  readonly basis: readonly Column[];
  /** factors[j][i]: factor of column i in column j; the last are those of the residual. */
  readonly factors: readonly (readonly number[])[];
  readonly residual: Column;
  readonly chiBefore: number;
  readonly chiAfter: number;
}

/** Modified Gram-Schmidt, as firmware/returns/columns.ts; undefined when the unknowns cannot be told apart. */
export function decompose(columns: readonly Column[], residual: Column): Solved | undefined {
  const basis: Column[] = [];
  const factors: number[][] = [];
  for (const column of columns) {
    const { rest, parts, left, whole } = project(column, basis);
    if (!(left > SQUARE_SMALLEST * whole)) return undefined;
    const length = Math.sqrt(left);
    factors.push([...parts, length]);
    const scale = 1 / length - 1;
    basis.push(rest.map((value) => value + scale * value));
  }
  const { rest, parts, left, whole } = project(residual, basis);
  factors.push([...parts]);
  return { basis, factors, residual: rest, chiBefore: whole, chiAfter: left };
}

/** Full step of an unknown and its variance. */
export function estimate({ basis, factors }: Solved, unknown: number): { change: number; variance: number } {
  const row: number[] = [];
  let change = 0;
  let variance = 0;
  for (let i = unknown; i < basis.length; i++) {
    let value = i === unknown ? 1 : 0;
    for (let j = unknown; j < i; j++) value -= row[j]! * factors[i]![j]!;
    value /= factors[i]![i]!;
    row[i] = value;
    change += value * factors[basis.length]![i]!;
    variance += value * value;
  }
  return { change, variance };
}
