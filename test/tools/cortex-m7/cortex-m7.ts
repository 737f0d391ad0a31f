// npm run cortex-m7: counts the instructions of every stage on the emulated Cortex-M7, writes docs/cortex-m7.md and the
// numbers that tests compare with.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { boardTools } from "../../boards/support/board-tools.ts";
import { countStages } from "../../boards/support/stage-counts.ts";
import { cortexM7Page } from "./page.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));

if (boardTools()) {
  const counts = countStages();
  writeFileSync(`${root}test/boards/instruction-counts.json`, `${JSON.stringify(counts, undefined, 2)}\n`);
  writeFileSync(`${root}docs/cortex-m7.md`, cortexM7Page(counts));
  for (const { stage, instructions } of counts) {
    process.stdout.write(`${instructions.toFixed(2).padStart(10)}  ${stage}\n`);
  }
} else {
  process.exitCode = 1;
}
