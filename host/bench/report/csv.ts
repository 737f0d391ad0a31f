import type { BenchFigure, BenchResult } from "../bench-result.ts";

/** Points of a figure, one a line, with the axes' units in the head. */
export function figureCsv(figure: BenchFigure): string {
  const head = ["series", "from", axisName(figure.x), axisName(figure.y)];
  const rows = figure.series.flatMap(({ label, from, x, y }) =>
    x.map((value, i) => [label, from, String(value), String(y[i])]),
  );
  return csv([head, ...rows]);
}

const COLUMNS = [
  "experiment",
  "subject",
  "source",
  "quantity",
  "kind",
  "paper",
  "simulated",
  "unit",
  "tolerance",
  "standardError",
  "ok",
  "conditions",
  "flag",
] as const satisfies readonly (keyof BenchResult)[];

/** All results, one a line; both ends of a range with a semicolon between. */
export function resultsCsv(results: readonly BenchResult[]): string {
  return csv([COLUMNS, ...results.map((result) => COLUMNS.map((column) => cell(result[column])))]);
}

function cell(value: BenchResult[keyof BenchResult]): string {
  if (value === undefined) return "";
  return typeof value === "object" ? value.join(";") : String(value);
}

function axisName({ label, unit }: BenchFigure["x"]): string {
  return unit === "" ? label : `${label} (${unit})`;
}

/** RFC 4180. */
function csv(rows: readonly (readonly string[])[]): string {
  const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return `${rows.map((row) => row.map(quoted).join(",")).join("\r\n")}\r\n`;
}
