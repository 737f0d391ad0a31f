import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** What tests read from build/, and the script that makes it. */
const outputs: readonly (readonly [output: string, script: string])[] = [
  ["build/readout.wasm", "build:firmware"],
  ["build/readout-scalar-lidar.wasm", "build:firmware"],
  ["build/boot.wasm", "build:boot"],
  ["build/kernels.wasm", "build:kernels"],
  ["build/imaging.wasm", "build:kernels"],
  ["build/js/host/cli/main.js", "build:js"],
];

/** Tests run on the built modules; build what this checkout has not yet. */
export default function setup(): void {
  for (const [output, script] of outputs) {
    if (existsSync(`${root}${output}`)) continue;
    try {
      execFileSync("npm", ["run", "--silent", script], { cwd: root, stdio: "inherit" });
    } catch {
      // The tests that need this output fail and say so; the others can still run.
      process.stderr.write(`npm run ${script} failed: found no ${output}, expected it to be built\n`);
    }
  }
}
