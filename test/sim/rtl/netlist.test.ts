import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Case } from "./case.ts";
import { compareWithRtl } from "./compare.ts";
import { hasIcarus, hasTool, icarusTitle, RTL_FILES, RTL_FOLDER } from "./icarus.ts";
import { imagingCase } from "./imaging-case.ts";
import { lidarCase } from "./lidar-case.ts";

const hasYosys = hasTool("yosys", "-V");
const yosysTitle = hasYosys ? "Yosys" : "Yosys (found no yosys: install the package yosys)";

/** Enough for the small configurations; the gates of 32 take longer to make. */
const TIME_BITS = 18;
/** Some seconds each on a machine that does nothing else. */
const TIMEOUT_MS = 240_000;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "cqd-netlist-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Gates and flip-flops of the chip with a configuration's parameters, and a module `roic` around them. */
function netlistFiles(one: Case, at: string): string[] {
  const netlist = join(at, "netlist.v");
  const wrapper = join(at, "wrapper.v");
  const parameters = {
    ...one.run.parameters,
    SYNC_STAGES: 0,
    GATES: one.run.memories["gates"]?.length ?? 1,
  };
  const script = [
    `read_verilog ${RTL_FILES.join(" ")}`,
    ...Object.entries(parameters).map(([name, value]) => `chparam -set ${name} ${value} roic`),
    "synth -top roic -flatten -noabc",
    "check -assert",
    "select -assert-none t:$dlatch* t:$_DLATCH*",
    "select -assert-min 100 t:$_*DFF*",
    "rename roic roic_netlist",
    `write_verilog -noattr ${netlist}`,
  ];
  const { error, status, stderr, stdout } = spawnSync("yosys", ["-q", "-e", ".*", "-p", script.join("; ")], {
    encoding: "utf8",
  });
  if (error !== undefined) throw error;
  expect(`${stdout}${stderr}exit ${status}`).toBe("exit 0");
  writeFileSync(wrapper, wrapperText());
  return [netlist, wrapper];
}

/** Parameters and ports of sim/rtl/roic.v around the module roic_netlist. */
function wrapperText(): string {
  const source = readFileSync(join(RTL_FOLDER, "roic.v"), "utf8");
  const header = source.slice(0, source.indexOf("\n);") + 3);
  const ports = [...header.matchAll(/(?:input|output) wire (?:\[[^\]]*\] )?(\w+)/g)].map(
    ([, name]) => `.${name}(${name})`,
  );
  return `${header}\n  roic_netlist gates (${ports.join(", ")});\nendmodule\n\`default_nettype wire\n`;
}

function isSmall({ run: { parameters } }: Case): boolean {
  const { BANKS, COLUMNS, ROWS } = parameters;
  return ROWS! <= 12 && BANKS! * COLUMNS! <= 8 && BANKS! > 1;
}

const seeds = Array.from({ length: 200 }, (_, seed) => seed);

describe.skipIf(!(hasYosys && hasIcarus) && !process.env["CI"])(icarusTitle(yosysTitle), () => {
  test.each(["LiDAR", "rolling cds"])(
    "synthesises without latches or loops, and the gates give the same edges: %s",
    async (mode) => {
      const cases = mode === "LiDAR" ? seeds.slice(0, 8).map(lidarCase) : seeds.map(imagingCase);
      const fits = ({ covers }: Case) => covers.some((what) => what.startsWith(mode));
      const found = (await Promise.all(cases)).find((one) => fits(one) && isSmall(one))!;
      const one = { ...found, run: { ...found.run, parameters: { ...found.run.parameters, TIME_BITS } } };
      const at = join(folder, mode.replace(" ", "-"));
      mkdirSync(at);
      const comparison = await compareWithRtl(one, at, netlistFiles(one, at));
      expect(comparison, one.title).toMatchObject({ simulatorOnly: [], rtlOnly: [] });
      expect(comparison.edges).toBeGreaterThan(100);
    },
    TIMEOUT_MS,
  );
});
