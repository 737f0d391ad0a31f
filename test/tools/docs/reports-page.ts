import {
  COMPONENTS,
  type CodeEntry,
  type LayoutEntry,
  PAYLOAD_KINDS,
  REPORT_LAYOUTS,
} from "../../../hw-profiles/interface/report-table.ts";
import { REPORT_BYTES } from "../../../hw-profiles/interface/reports.ts";
import { GENERATED, hex, page, table } from "./markdown.ts";

function layoutSection(layout: LayoutEntry): string {
  const rows = layout.fields.map((field) => [String(field.offset), field.name, field.type, field.doc]);
  const head = `## ${layout.title}\n\n${layout.doc} ${layout.bytes} bytes.`;
  return `${head}\n\n${table(["offset", "field", "type", "meaning"], rows)}`;
}

function codeRows(entries: readonly CodeEntry[], format: (code: number) => string): string[][] {
  return entries.map((entry) => [format(entry.code), entry.name, entry.doc]);
}

/** docs/reports.md */
export function reportsPage(): string {
  return page(
    GENERATED,
    "# Reports",
    `The packets of the wire, at most ${REPORT_BYTES} bytes, report id included. All fields are little endian. What they
are for and in which order they come stands in [wire-protocol.md](wire-protocol.md).`,
    ...REPORT_LAYOUTS.map(layoutSection),
    "## Payload kinds",
    table(["kind", "name", "meaning"], codeRows(PAYLOAD_KINDS, String)),
    "## Components",
    "Bits of ComponentEnable, in the order in which a row of the lines payload carries them. A LiDAR has all but intensity; an\nimager has sigma, intensity, flags and raw.",
    table(
      ["bit", "name", "meaning"],
      codeRows(COMPONENTS, (code) => hex(code, 2)),
    ),
  );
}
