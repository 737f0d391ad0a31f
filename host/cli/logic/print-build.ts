import { printSigner } from "../image/print-image.ts";
import { dim, printLine } from "../text/terminal.ts";
import type { BuildSummary } from "./build-run.ts";
import type { TrialRun } from "./trial-run.ts";

export function printBuild({ bytes, image, modes, out, run, sha256, sources, target }: BuildSummary): void {
  printLine(`${out}: module of ${bytes} bytes, ${target}, ${modes.join(" and ")}, accepted by the board`);
  printLine(dim(`sha256 ${sha256}`));
  printLine(`yours: ${sources.join(", ") || "nothing, all is the package's"}`);
  if (image !== undefined) {
    printLine(
      `image: version ${image.version}, security counter ${image.securityCounter}, ${image.bytes} bytes`,
    );
    printSigner(image);
  }
  if (run !== undefined) printLine(runText(run));
  if (image === undefined) printLine(dim(`try it: cqd view --firmware ${out}`));
}

function runText({ device, farthestM, height, nearestM, pixelsWithRange, width }: TrialRun): string {
  const pixels = `${pixelsWithRange} of ${width * height} pixels have a range`;
  const between = pixelsWithRange > 0 ? `, ${nearestM.toFixed(2)} to ${farthestM.toFixed(2)} m` : "";
  return `${device}, one frame: ${pixels}${between}`;
}
