import type { DesignResult } from "../design.ts";
import type { Prediction } from "../predict.ts";
import type { VerifiedCell } from "../verify/cells.ts";

const COLUMNS = [
  "rangeM",
  "reflectance",
  "ambientSun",
  "regime",
  "sigmaM",
  "boundM",
  "detectedShare",
  "saturatedShare",
  "amplitudeE",
  "collectedE",
  "ambientE",
  "darkE",
  "peakShare",
  "snr",
] as const satisfies readonly (keyof Prediction)[];

/** Every point a line; with what the simulation measured, where it was asked. RFC 4180. */
export function designCsv(designs: readonly DesignResult[], cells: readonly VerifiedCell[]): string {
  const measured = cells.length > 0;
  const head = ["design", ...COLUMNS, ...(measured ? ["measuredSigmaM", "measuredDetectedShare", "ok"] : [])];
  const rows = designs.flatMap(({ label, points }) =>
    points.map((point) => [
      label,
      ...COLUMNS.map((column) => numberText(point[column])),
      ...(measured ? measuredColumns(cells, label, point) : []),
    ]),
  );
  return [head, ...rows].map((row) => `${row.map(quoted).join(",")}\r\n`).join("");
}

function measuredColumns(cells: readonly VerifiedCell[], label: string, point: Prediction): string[] {
  const cell = cells.find((each) => each.label === label && isSamePoint(each.prediction, point));
  if (cell === undefined) return ["", "", ""];
  const { detected, pixels, sigmaM } = cell.measurement;
  return [numberText(sigmaM), String(detected / pixels), String(cell.ok)];
}

export function isSamePoint(a: Prediction, b: Prediction): boolean {
  return a.rangeM === b.rangeM && a.reflectance === b.reflectance && a.ambientSun === b.ambientSun;
}

/** Nothing for numbers without end. */
function numberText(value: number | string): string {
  return typeof value === "number" && !Number.isFinite(value) ? "" : String(value);
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
