import { expect, test } from "vitest";
import { EXIT_DEVICE } from "../../../host/cli/exit-codes.ts";
import { cqd } from "../support/run-main.ts";

const DEVICE = ["--device", "sim:inas-lidar-64x48", "--scene", "wall:range=3", "--threads", "0"];
const STREAM = ["stream", ...DEVICE, "--frames", "4", "--faults", "unplug@40"];

test("a device that is unplugged comes back: all frames, their truth, and a word about it", async () => {
  const { code, stderr, stdout } = await cqd(...STREAM, "--resume", "200", "--truth", "--json");
  expect(code, stderr).toBe(0);
  const { summary } = JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
  expect(summary).toMatchObject({ frames: 4, resumes: 1, incompleteFrames: 0, lostReports: 0 });
  expect(summary.truth.n).toBeGreaterThan(1000);
  expect(stderr).toMatch(/was unplugged \(fault unplug@40 at packet 40 of in\): waiting for it\n/);
  expect(stderr).toMatch(/sim:inas-lidar-64x48 is back after \d+\.\d s and goes on\n/);
});

test("the same for people", async () => {
  const { stdout } = await cqd(...STREAM, "--resume", "200");
  expect(stdout).toContain("unplugged and back: 1 time\n");
});

test("0 does not wait", async () => {
  const { code, stderr } = await cqd(...STREAM, "--resume", "0");
  expect(code).toBe(EXIT_DEVICE);
  expect(stderr).not.toContain("waiting");
});
