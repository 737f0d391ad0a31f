// Steps that count as one test each: lint, type checks, build.

import { existsSync, readdirSync, statSync } from "node:fs";
import { root, runCommand } from "./run-command.ts";
import { add, FAILED, PASSED, type Tally } from "./tally.ts";

const PROJECTS = [
  "tsconfig.json",
  "host/viewer/tsconfig.json",
  "firmware/tsconfig.json",
  "sim/kernels/tsconfig.json",
];

/** One file of every part of the build, and the rooms that it is made of. */
const OUTPUTS: readonly (readonly [file: string, rooms: readonly string[]])[] = [
  ["build/readout.wasm", ["firmware", "hw-profiles/interface"]],
  ["build/readout-scalar.wasm", ["firmware", "hw-profiles/interface"]],
  ["build/readout-scalar-lidar.wasm", ["firmware", "hw-profiles/interface"]],
  ["build/kernels.wasm", ["sim/kernels", "hw-profiles/interface"]],
  ["build/trace.wasm", ["sim/kernels", "hw-profiles/interface"]],
  ["build/js/host/cli/main.js", ["host", "sim", "hw-profiles"]],
  ["build/viewer/index.html", ["host/viewer", "host", "hw-profiles"]],
];

async function command(program: string, args: readonly string[]): Promise<Tally> {
  const { ok } = await runCommand(program, args);
  return ok ? PASSED : FAILED;
}

export function lint(): Promise<Tally> {
  return command("npx", ["biome", "ci", "."]);
}

export async function typecheck(): Promise<Tally> {
  let tally: Tally = { passed: 0, failed: 0, skipped: 0 };
  for (const project of PROJECTS) tally = add(tally, await command("npx", ["tsc", "-p", project]));
  return tally;
}

function newestMs(room: string): number {
  const files = readdirSync(`${root}${room}`, { recursive: true, encoding: "utf8" });
  return Math.max(0, ...files.map((file) => statSync(`${root}${room}/${file}`).mtimeMs));
}

/** Outputs that are missing or older than one of their sources. */
function stale([file, rooms]: (typeof OUTPUTS)[number]): boolean {
  if (!existsSync(`${root}${file}`)) return true;
  return statSync(`${root}${file}`).mtimeMs < Math.max(...rooms.map(newestMs));
}

/** Build when something is missing or old; what was built just now is not built again. */
export async function build(): Promise<Tally> {
  const old = OUTPUTS.filter(stale).map(([file]) => file);
  if (old.length === 0) {
    process.stdout.write("the build is up to date\n");
    return PASSED;
  }
  process.stdout.write(`missing or older than its sources: ${old.join(", ")}\n`);
  return command("npm", ["run", "--silent", "build"]);
}
