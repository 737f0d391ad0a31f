/** A quantity that follows from the documents. */
export interface DerivedValue {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The formula, then the formula with numbers. */
  readonly steps: readonly string[];
}

/** Whole numbers as they are, others with six digits and without trailing zeros. */
export function digits(value: number): string {
  return Number.isSafeInteger(value) ? String(value) : String(Number(value.toPrecision(6)));
}

export function derived(
  name: string,
  value: number,
  unit: string,
  ...steps: readonly string[]
): DerivedValue {
  return { name, value, unit, steps };
}
