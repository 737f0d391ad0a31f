import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { findMixed } from "../../../host/mixed/find-mixed.ts";
import { capture, type MixedCase } from "./capture.ts";
import { CASES } from "./cases.ts";
import { CLASSES, type Score, score, type Tally } from "./score.ts";

const TABLE = fileURLToPath(new URL("../../../docs/mixed-pixels-table.md", import.meta.url));

interface Result {
  readonly name: string;
  readonly score: Score;
}

/** Image every scan, look for mixed pixels with and without the component Spread, and write docs/mixed-pixels-table.md. */
export async function runCampaign(report: (line: string) => void): Promise<void> {
  const results: Result[] = [];
  for (const one of CASES)
    for (const result of await run(one)) {
      results.push(result);
      report(row(result, percentLabelled));
    }
  writeFileSync(TABLE, page(results));
}

async function run(one: MixedCase): Promise<Result[]> {
  const captured = await capture(one);
  const { frame, sight } = captured;
  const without = { ...frame, spreadM: new Float32Array(0), spreadSigmaM: new Float32Array(0) };
  return [
    { name: one.name, score: score(captured, findMixed(frame, sight)) },
    { name: `${one.name}, without Spread`, score: score(captured, findMixed(without, sight)) },
  ];
}

function page(results: readonly Result[]): string {
  return `# Mixed pixels: the measured figures

Written by \`npm run mixed\`; [mixed-pixels.md](mixed-pixels.md) tells what they mean. One frame each, seed 1, 64 rays a pixel.

| scene | good pixels | labelled of them | median σ of mixed pixels | median depth σ / gap |
|---|---|---|---|---|
${results.map(overview).join("\n")}

## Labelled, of the mixed pixels

${head()}
${results.map((result) => row(result, percentLabelled)).join("\n")}

## Resolved into two depths, both within 3 σ of the truth, of the mixed pixels

${head()}
${results.map((result) => row(result, percentResolved)).join("\n")}

## Resolved, of the labelled ones

${head()}
${results.map((result) => row(result, percentResolvedOfLabelled)).join("\n")}
`;
}

function overview({ name, score: s }: Result): string {
  const cells = [
    name,
    String(s.goodPixels),
    percent(s.falseLabels, s.goodPixels, 2),
    `${(1000 * s.medianSigmaM).toFixed(0)} mm`,
    s.medianDepthSigmaOverGap.toFixed(3),
  ];
  return `| ${cells.join(" | ")} |`;
}

function head(): string {
  return `| scene | ${CLASSES.map(({ name }) => name).join(" | ")} |\n|---|${CLASSES.map(() => "---|").join("")}`;
}

function row({ name, score: { mixed } }: Result, cell: (tally: Tally) => string): string {
  return `| ${name} | ${mixed.map((tally) => `${cell(tally)} (${tally.pixels})`).join(" | ")} |`;
}

function percentLabelled({ labelled, pixels }: Tally): string {
  return percent(labelled, pixels, 1);
}

function percentResolved({ pixels, resolved }: Tally): string {
  return percent(resolved, pixels, 1);
}

function percentResolvedOfLabelled({ labelled, resolved }: Tally): string {
  return percent(resolved, labelled, 1);
}

function percent(part: number, all: number, digits: number): string {
  return all === 0 ? "–" : `${((100 * part) / all).toFixed(digits)} %`;
}
