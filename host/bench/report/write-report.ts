import { join } from "node:path";
import { makeFolder } from "../../save/make-folder.ts";
import { writeFileAtomically } from "../../save/write-file.ts";
import type { BenchReport } from "../bench-result.ts";
import { figureCsv, resultsCsv } from "./csv.ts";
import { figureSvg } from "./figure-svg.ts";
import { type ReportSection, reportHtml } from "./report-html.ts";

const LONGEST_NAME = 60;

/**
 * DIR/report.html, DIR/results.csv, DIR/results.json, and for each figure DIR/figures/NAME.svg and .csv.
 * @returns paths of the files in `folder`. @throws errors of node:fs.
 */
export async function writeReport(
  report: BenchReport,
  sections: readonly ReportSection[],
  folder: string,
): Promise<string[]> {
  const files: [string, string][] = [
    ["report.html", reportHtml(report, sections)],
    ["results.csv", resultsCsv(report.results)],
    ["results.json", `${JSON.stringify(report.results, null, 2)}\n`],
  ];
  const names = new Set<string>();
  for (const figure of report.figures) {
    const name = unused(`${figure.experiment}-${slug(figure.title)}`, names);
    files.push(
      [join("figures", `${name}.svg`), figureSvg(figure)],
      [join("figures", `${name}.csv`), figureCsv(figure)],
    );
  }
  await makeFolder(join(folder, "figures"));
  for (const [name, text] of files) await writeFileAtomically(join(folder, name), text);
  return files.map(([name]) => name);
}

/** Words of a title joined by dashes, whole ones up to LONGEST_NAME. */
function slug(title: string): string {
  const words = title.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  const name = words.replace(/^-+|-+$/g, "");
  return name.length <= LONGEST_NAME ? name : name.slice(0, LONGEST_NAME + 1).replace(/-[^-]*$/, "");
}

function unused(name: string, names: Set<string>): string {
  let candidate = name;
  for (let i = 2; names.has(candidate); i++) candidate = `${name}-${i}`;
  names.add(candidate);
  return candidate;
}
