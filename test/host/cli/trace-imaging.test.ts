import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cqd } from "../support/run-main.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "cqd-trace-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const IMAGER = ["--device", "sim:inas-imager-64x48", "--threads", "0"];

function trace(...args: string[]) {
  return cqd("trace", ...args, "--out", join(folder, "a.vcd"));
}

describe("cqd trace of an imager", () => {
  test("the header names the clock, and gate phases only where there are some", async () => {
    await trace(...IMAGER, "--signals", "settle");
    const text = readFileSync(join(folder, "a.vcd"), "utf8");
    expect(text).toContain("$comment ROIC clock 400000000 Hz; signals as in docs/timing.md $end");
    await trace("--device", "sim:inas-lidar-64x48", "--pulses", "1", "--signals", "reset");
    expect(readFileSync(join(folder, "a.vcd"), "utf8")).toContain("400000000 Hz, 8 gate phases a cycle;");
  });
});
