// npm run cortex-m7: counts the instructions of every stage and of the boot loader on the emulated Cortex-M7, writes
// docs/cortex-m7.md and the numbers that tests compare with.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { bootCosts } from "../../boards/boot/costs.ts";
import { boardTools } from "../../boards/support/board-tools.ts";
import { countStages } from "../../boards/support/stage-counts.ts";
import { cortexM7Page } from "./page.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));

if (boardTools()) {
  const counts = countStages();
  writeFileSync(`${root}test/boards/instruction-counts.json`, `${JSON.stringify(counts, undefined, 2)}\n`);
  const boot = bootCosts();
  writeFileSync(`${root}test/boards/boot-costs.json`, `${JSON.stringify(boot, undefined, 2)}\n`);
  writeFileSync(`${root}docs/cortex-m7.md`, cortexM7Page(counts, boot));
  for (const { stage, instructions } of counts) {
    process.stdout.write(`${instructions.toFixed(2).padStart(10)}  ${stage}\n`);
  }
  for (const { step, instructions } of boot.steps) {
    process.stdout.write(`${String(instructions).padStart(10)}  boot loader: ${step}\n`);
  }
} else {
  process.exitCode = 1;
}
