/** Columns aligned with two spaces between; numbers (by `right`) to the right. */
export function table(rows: readonly (readonly string[])[], right: readonly number[] = []): string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, i) =>
    Math.max(...rows.map((row) => row[i]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, i) => (right.includes(i) ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
}

/** `value` with `digits` significant digits and its unit. */
export function quantity(value: number, unit: string, digits = 4): string {
  return `${Number(value.toPrecision(digits))} ${unit}`.trimEnd();
}
