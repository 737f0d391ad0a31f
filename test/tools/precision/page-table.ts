// Text of tables in docs/precision.md.

export const percent = (share: number, digits = 1): string => `${(100 * share).toFixed(digits)} %`;

/** A table in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
