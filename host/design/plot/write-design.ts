import { writeFileSync } from "node:fs";
import { extname } from "node:path";
import type { DesignResult } from "../design.ts";
import { DesignError } from "../design-error.ts";
import type { VerifiedCell } from "../verify/cells.ts";
import { designCsv } from "./design-csv.ts";
import { designHtml } from "./design-html.ts";
import { designSvg } from "./design-svg.ts";

type Writer = (designs: readonly DesignResult[], cells: readonly VerifiedCell[]) => string;

const WRITERS: ReadonlyMap<string, Writer> = new Map([
  [".svg", designSvg],
  [".html", designHtml],
  [".csv", designCsv],
]);

/** @throws DesignError when the name ends with none of the known types. */
export function requireFileType(file: string): Writer {
  const writer = WRITERS.get(extname(file).toLowerCase());
  if (writer !== undefined) return writer;
  throw new DesignError(
    `out: found ${JSON.stringify(file)}, expected a name that ends with ${[...WRITERS.keys()].join(", ")}`,
  );
}

/** Write plot or table; points of a verification beside the predictions. */
export function writeDesign(
  file: string,
  designs: readonly DesignResult[],
  cells: readonly VerifiedCell[],
): void {
  writeFileSync(file, requireFileType(file)(designs, cells));
}
