import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";

const bin = fileURLToPath(new URL("../../../host/cli/cqd.mjs", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "cqd-interrupt-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("Ctrl-C: the summary is printed, the exit code is 130, and every file is whole", async () => {
  const args = ["stream", "--device", "sim:inas-lidar-64x48", "--threads", "0", "--json", "--save", folder];
  const child = spawn(process.execPath, [bin, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (lines.length === 2) child.kill("SIGINT");
  }
  expect(await ended).toBe(130);
  const frames = readdirSync(folder);
  expect(JSON.parse(lines.at(-1)!)).toMatchObject({ summary: { interrupted: true, frames: frames.length } });
  expect(lines).toHaveLength(frames.length + 1);
  expect(frames.length).toBeGreaterThanOrEqual(2);
  for (const frame of frames) {
    const files = readdirSync(join(folder, frame));
    expect(files.filter((name) => name.endsWith(".tmp"))).toEqual([]);
    expect(files).toContain("frame.json");
    expect(files).toHaveLength(6);
  }
});

test("Ctrl-C in a trace: the file is whole up to the cycle that is said, the exit code 130", async () => {
  const out = join(folder, "long.vcd");
  const device = ["--device", "sim:inas-lidar-64x48", "--threads", "0"];
  const args = ["trace", ...device, "--signals", "counter", "--out", out, "--frames", "100", "--json"];
  const child = spawn(process.execPath, [bin, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  let stdout = "";
  child.stdout.on("data", (chunk) => {
    stdout += String(chunk);
  });
  const hasBegun = () => readdirSync(folder).some((name) => name.startsWith("long.vcd."));
  while (!hasBegun()) await new Promise((resolve) => setTimeout(resolve, 20));
  child.kill("SIGINT");
  expect(await ended).toBe(130);
  const summary = JSON.parse(stdout);
  expect(summary.interrupted).toBe(true);
  const text = readFileSync(out, "utf8");
  expect(text.slice(text.lastIndexOf("#"))).toBe(`#${summary.endCycle * 25_000}\n`);
  expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
});

test("a reader that has seen enough is no failure", async () => {
  const args = ["stream", "--device", "sim:inas-lidar-64x48", "--threads", "0", "--json", "--frames", "200"];
  const child = spawn(process.execPath, [bin, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  let errors = "";
  child.stderr.on("data", (chunk) => {
    errors += String(chunk);
  });
  child.stdout.once("data", () => child.stdout.destroy());
  expect(await ended).toBe(0);
  expect(errors).toBe("");
});
