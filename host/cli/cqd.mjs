#!/usr/bin/env node
// The `cqd` command. Builds what a fresh checkout lacks, then hands over to the compiled program.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const program = "build/js/host/cli/main.js";

/** What must be there, and the script that makes it. */
const artefacts = [
  ["build/readout.wasm", "build:firmware"],
  ["build/readout-scalar.wasm", "build:firmware"],
  ["build/boot.wasm", "build:boot"],
  ["build/kernels.wasm", "build:kernels"],
  ["build/trace.wasm", "build:kernels"],
  [program, "build:js"],
  ["build/viewer/index.html", "build:viewer"],
];

function build() {
  const missing = artefacts.filter(([file]) => !existsSync(`${root}${file}`));
  const scripts = [...new Set(missing.map(([, script]) => script))];
  for (const script of scripts) {
    process.stderr.write(`cqd: building what is missing: npm run ${script}\n`);
    // Output of the build belongs to stderr: stdout is the command's own.
    const npm = process.platform === "win32" ? "npm.cmd" : "npm";
    const shell = process.platform === "win32";
    const run = spawnSync(npm, ["run", "--silent", script], { cwd: root, stdio: ["ignore", 2, 2], shell });
    if (run.status === 0) continue;
    process.stderr.write(`cqd: npm run ${script} failed; run \`npm ci\` in ${root} and try again\n`);
    process.exit(1);
  }
}

build();
const { main } = await import(new URL(program, `file://${root}`).href);
await main(process.argv.slice(2));
