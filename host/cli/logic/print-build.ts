import { dim, printLine } from "../text/terminal.ts";
import type { BuildSummary, TrialRun } from "./build-run.ts";

export function printBuild({ bytes, out, run, sha256, sources, target }: BuildSummary): void {
  printLine(`${out}: ${bytes} bytes, ${target}, accepted by the board`);
  printLine(dim(`sha256 ${sha256}`));
  printLine(`yours: ${sources.join(", ")}`);
  if (run !== undefined) printLine(runText(run));
  printLine(dim(`try it: cqd view --firmware ${out}`));
}

function runText({ device, farthestM, height, nearestM, pixelsWithRange, width }: TrialRun): string {
  const pixels = `${pixelsWithRange} of ${width * height} pixels have a range`;
  const between = pixelsWithRange > 0 ? `, ${nearestM.toFixed(2)} to ${farthestM.toFixed(2)} m` : "";
  return `${device}, one frame: ${pixels}${between}`;
}
