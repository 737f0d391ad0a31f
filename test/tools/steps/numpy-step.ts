import { mkdirSync, rmSync } from "node:fs";
import { pythonWithNumpy } from "../../support/python.ts";
import { root, runCommand } from "./run-command.ts";
import { add, missingTool, type Tally } from "./tally.ts";

/** Both films, both kinds of gate. */
const RUNS: readonly (readonly [profile: string, frames: number])[] = [
  ["inas-lidar-64x48", 2],
  ["inas-lidar-64x48-swept", 2],
  ["pbs-lidar-320x240", 1],
];

async function checkProfile(python: string, profile: string, frames: number): Promise<Tally> {
  const folder = `test-output/npy-${profile}`;
  rmSync(`${root}${folder}`, { recursive: true, force: true });
  mkdirSync(`${root}test-output`, { recursive: true });
  const stream = [
    "host/cli/cqd.mjs",
    "stream",
    "--device",
    `sim:${profile}`,
    "--frames",
    String(frames),
    "--seed",
    "7",
  ];
  const saved = await runCommand("node", [...stream, "--truth", "--raw", "--save", folder, "--json"]);
  if (!saved.ok) return { passed: 0, failed: 1, skipped: 0 };
  const { ok, text } = await runCommand(python, ["test/tools/check_npy.py", folder]);
  const counts = /(\d+) passed, (\d+) failed/.exec(text);
  const passed = Number(counts?.[1] ?? 0);
  const failed = Number(counts?.[2] ?? 0);
  return { passed, failed: !ok && failed === 0 ? 1 : failed, skipped: 0 };
}

/** Saved frames, read and judged by numpy alone. */
export async function numpyCheck(): Promise<Tally> {
  const python = pythonWithNumpy();
  if (python === undefined) {
    return missingTool("found no python3 with numpy: install the package python3-numpy");
  }
  let tally: Tally = { passed: 0, failed: 0, skipped: 0 };
  for (const [profile, frames] of RUNS) tally = add(tally, await checkProfile(python, profile, frames));
  return tally;
}
