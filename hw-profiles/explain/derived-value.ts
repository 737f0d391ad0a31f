/** A quantity that follows from the documents. */
export interface DerivedValue {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The formula, then the formula with numbers. */
  readonly steps: readonly string[];
}

/** Six digits, without trailing zeros. */
export function digits(value: number): string {
  return String(Number(value.toPrecision(6)));
}

export function derived(
  name: string,
  value: number,
  unit: string,
  ...steps: readonly string[]
): DerivedValue {
  return { name, value, unit, steps };
}
