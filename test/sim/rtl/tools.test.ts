import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, test } from "vitest";
import { hasTool, RTL_FILES } from "./icarus.ts";

/** What the program printed; a warning ends it with an error. */
function run(program: string, args: readonly string[]): string {
  const { error, status, stderr, stdout } = spawnSync(program, args, { encoding: "utf8" });
  if (error !== undefined) throw error;
  return `${stdout}${stderr}exit ${status}`;
}

function titleOf(title: string, name: string, found: boolean): string {
  return found ? title : `${title} (found no ${name}: install the package ${name})`;
}

const isCi = process.env["CI"] !== undefined;

const hasVerilator = hasTool("verilator", "--version");
/** Ordinary ones, the smallest of everything, numbers that are no powers of two, the largest. */
const PARAMETERS = [
  "",
  "ROWS=1 COLUMNS=1 BANKS=1 PHASES=1 GATES=1 ADC_BITS=1 SYNC_STAGES=0",
  "ROWS=7 COLUMNS=3 BANKS=3 PHASES=5 GATES=3 ADC_BITS=9 SYNC_STAGES=1",
  "ROWS=480 COLUMNS=4 BANKS=2 PHASES=16 GATES=64 ADC_BITS=16 SYNC_STAGES=3 TIME_BITS=32",
];
describe.skipIf(!hasVerilator && !isCi)(titleOf("Verilator's lint", "verilator", hasVerilator), () => {
  test.each(PARAMETERS)("finds nothing with parameters %j", (parameters) => {
    const flags = parameters.split(" ").flatMap((parameter) => (parameter === "" ? [] : [`-G${parameter}`]));
    const args = ["--lint-only", "-Wall", "--language", "1364-2005", "--top-module", "roic"];
    expect(run("verilator", [...args, ...flags, ...RTL_FILES])).toBe("exit 0");
  });
});

test.each(RTL_FILES.map((path) => [basename(path), path]))("%s: clocked Verilog-2005", (name, path) => {
  const code = readFileSync(path, "utf8").replace(/\/\/.*/g, "");
  expect(code).toMatch(new RegExp(`\\bmodule ${name.replace(".v", "")}\\b`));
  expect(code).toContain("`default_nettype none");
  // No initial values, delays, tristates or other clocks, resets with the clock alone.
  expect(code).not.toMatch(/\binitial\b|\bnegedge\b|#\s*\d|\binout\b|1'bz|\$(?!clog2)\w+/);
  for (const [, edges] of code.matchAll(/@\(([^*)]*)\)/g)) expect(edges).toBe("posedge clk");
});
