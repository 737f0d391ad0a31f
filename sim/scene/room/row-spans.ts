/** Spans of columns, row by row. */
export class RowSpans {
  readonly #rows: number[][];

  constructor(rows: number) {
    this.#rows = Array.from({ length: rows }, () => []);
  }

  /** Add columns [first, end) of a row. */
  add(row: number, first: number, end: number): void {
    this.#rows[row]!.push(first, end);
  }

  /** The columns of a row that are in this or in `other`: ascending disjoint [first, end) pairs. */
  union(other: RowSpans, row: number): readonly number[] {
    const spans = [...this.#rows[row]!, ...other.#rows[row]!];
    const order = Array.from({ length: spans.length / 2 }, (_, i) => 2 * i);
    order.sort((a, b) => spans[a]! - spans[b]!);
    const merged: number[] = [];
    for (const at of order) {
      const last = merged.length - 1;
      if (last >= 0 && spans[at]! <= merged[last]!) merged[last] = Math.max(merged[last]!, spans[at + 1]!);
      else merged.push(spans[at]!, spans[at + 1]!);
    }
    return merged;
  }
}
