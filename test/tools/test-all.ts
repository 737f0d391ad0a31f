// npm run test:all: every check of the repository. The last line says what passed; any failure ends with exit code 1.

import { firmwareTests } from "./steps/firmware-step.ts";
import { numpyCheck } from "./steps/numpy-step.ts";
import { reproducibleFirmware } from "./steps/reproduce-step.ts";
import { build, lint, typecheck } from "./steps/static-steps.ts";
import { add, summary, type Tally } from "./steps/tally.ts";
import { usbTests } from "./steps/usb-step.ts";
import { endToEndTests, quickTests } from "./steps/vitest-step.ts";

const STEPS: readonly (readonly [title: string, run: () => Promise<Tally>])[] = [
  ["lint and format", lint],
  ["types", typecheck],
  ["build", build],
  ["firmware of two clean clones", reproducibleFirmware],
  ["firmware unit tests", firmwareTests],
  ["tests", quickTests],
  ["tests in a browser and of commands", endToEndTests],
  ["boards on a kernel's USB stack", usbTests],
  ["saved frames in numpy", numpyCheck],
];

/** Failures of a step; one that knows no names is named itself. */
function named(title: string, { failed, failures = [] }: Tally): readonly string[] {
  if (failed === 0) return [];
  return failures.length > 0 ? failures.map((failure) => `${title}: ${failure}`) : [title];
}

let total: Tally = { passed: 0, failed: 0, skipped: 0 };
const lines: string[] = [];
const failures: string[] = [];
for (const [index, [title, run]] of STEPS.entries()) {
  process.stdout.write(`\n[${index + 1}/${STEPS.length}] ${title}\n`);
  const startMs = performance.now();
  const tally = await run();
  failures.push(...named(title, tally));
  const seconds = ((performance.now() - startMs) / 1000).toFixed(0);
  lines.push(`${title}: ${summary(tally)} (${seconds} s)`);
  process.stdout.write(`${lines.at(-1)}\n`);
  total = add(total, tally);
}
if (failures.length > 0) process.stdout.write(`\nfailed:\n${failures.join("\n")}\n`);
process.stdout.write(`\n${lines.join("\n")}\n\n${summary(total)}\n`);
process.exitCode = total.failed > 0 ? 1 : 0;
