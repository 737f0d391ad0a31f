import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseVcd } from "../../support/vcd.ts";
import { cqd } from "../support/run-main.ts";

const SMALL = ["--device", "sim:inas-lidar-64x48", "--threads", "0"];
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "cqd-cli-"));
  writeFileSync(join(folder, "not-json.json"), '{"name":');
  writeFileSync(join(folder, "not.wasm"), "hello");
  writeFileSync(join(folder, "short.pcd"), "# .PCD v0.7\nVERSION 0.7\nFIELDS x y z\n");
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("wrong command lines end with 2, say what was expected, and show no stack", () => {
  test.each([
    [["strem"], /unknown command 'strem'[\s\S]*Did you mean stream/],
    [["stream", "--frmes", "3"], /Did you mean --frames/],
    [["stream", "--frames", "0"], /found "0", expected a whole number from 1/],
    [["stream", "--frames", "1e3"], /found "1e3", expected a whole number/],
    [["stream", "--seed", "-1"], /found "-1", expected a whole number from 0 to 9007199254740991/],
    [["stream", "--threads", "-1"], /found "-1", expected a whole number from 0/],
    [["stream", "--ambient", "bright"], /found "bright", expected a number from 0 to 10/],
    [["stream", "--pulses", "0"], /found "0", expected a whole number from 1/],
    [["trace", "--frames", "1"], /required option '--out <file>' not specified/],
    [["trace", "--out", "x.vcd", "--rows", "5:5"], /found "5:5", expected A:B with A below B/],
    [["trace", "--out", "x.vcd", "--signals", "reset,"], /found "reset,", expected names/],
    [["trace", "--out", "x.vcd", ...SMALL, "--rows", "40:49"], /rows: found 40 to 49 .*within 0 to 48/],
    [["trace", "--out", "x.vcd", ...SMALL, "--to", "9000000"], /cycles: found 0 to 9000000/],
    [["trace", "--out", "x.vcd", ...SMALL, "--signals", "row_selet_r1"], /did you mean row_select_r1\?/],
    [["profile", "explan"], /Did you mean explain/],
    [["profile", "schema", "lens"], /found kind "lens", expected one of sensor, detector, emitter/],
    [["reg", "read", "PulsePerGate"], /did you mean PulsesPerGate/],
    [["reg", "write", "PulsesPerGate", "0"], /found 0, expected a whole number 1\.\.100000/],
    [["reg", "write", "PulsesPerGate", "x"], /found "x", expected a number/],
    [["reg", "write", "ElectronsPerDn", "1"], /ElectronsPerDn is read-only/],
  ])("%j", async (args, message) => {
    const { code, stdout, stderr } = await cqd(...args);
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

describe("bad input ends with 3", () => {
  test.each([
    ["unknown profile", ["stream", "--device", "sim:inas-lidar-320x24"], /did you mean inas-lidar-320x240/],
    ["unknown bus", ["info", "--device", "tcp:x"], /found "tcp:x", expected sim:PROFILE or hid:SERIAL/],
    ["profile is not JSON", ["info", "--device", "sim:FOLDER/not-json.json"], /text that is not JSON/],
    ["lint: not JSON", ["profile", "lint", "FOLDER/not-json.json"], /1 problem[\s\S]*not JSON/],
    ["no such scene", ["stream", ...SMALL, "--scene", "FOLDER/none.pcd"], /no such file/],
    ["truncated scene", ["stream", ...SMALL, "--scene", "FOLDER/short.pcd"], /scene .*short\.pcd/],
    ["no such module", ["stream", ...SMALL, "--firmware", "FOLDER/none.wasm"], /found nothing to read/],
    [
      "module is none",
      ["stream", ...SMALL, "--firmware", "FOLDER/not.wasm"],
      /expected a WebAssembly module/,
    ],
    [
      "folder is a file",
      ["stream", ...SMALL, "--frames", "1", "--save", "FOLDER/not.wasm"],
      /is not a folder/,
    ],
    ["trace into no folder", ["trace", ...SMALL, "--out", "FOLDER/none/a.vcd"], /none does not exist/],
    ["trace onto a folder", ["trace", ...SMALL, "--out", "FOLDER"], /is a folder, expected a file/],
    [
      "trace larger than the disk",
      ["trace", ...SMALL, "--frames", "1000000", "--signals", "*", "--out", "FOLDER/a.vcd"],
      /found [\d.]+ .B free, expected [\d.]+ TB for the trace/,
    ],
  ])("%s", async (_, args, message) => {
    const { code, stderr } = await cqd(...args.map((arg) => arg.replace("FOLDER", folder)));
    expect(code).toBe(3);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at |unexpected/);
  });
});

test("many commands in one process listen to its output once", async () => {
  await cqd("list", "--json");
  const before = process.stdout.listenerCount("error");
  for (let run = 0; run < 3; run++) await cqd("list", "--json");
  expect(process.stdout.listenerCount("error")).toBe(before);
});

describe("help", () => {
  test.each([
    [[]],
    [["list"]],
    [["info"]],
    [["stream"]],
    [["trace"]],
    [["reg"]],
    [["reg", "read"]],
    [["profile"]],
    [["profile", "lint"]],
  ])("cqd %j --help has examples", async (args) => {
    const { code, stdout } = await cqd(...args, "--help");
    expect(code).toBe(0);
    expect(stdout).toMatch(/Examples:\n {2}cqd /);
  });
});

describe("commands", () => {
  test("list", async () => {
    const { stdout } = await cqd("list", "--json");
    expect(JSON.parse(stdout).devices[0]).toMatchObject({
      device: "sim:inas-lidar-320x240",
      default: true,
      kind: "sim",
    });
    expect((await cqd("list")).stdout).toContain("sim:inas-lidar-64x48");
  });

  test("info: timing agrees with its own formula", async () => {
    const { code, stdout } = await cqd("info", ...SMALL, "--json");
    const info = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(info.frameTimeNs).toBeCloseTo(info.gates * (info.gateTimeNs + info.planeReadTimeNs), 3);
    expect(info.frameRateHz).toBeCloseTo(1e9 / info.frameTimeNs, 2);
    expect(info.firmware.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect((await cqd("info", ...SMALL)).stdout).toMatch(/frame rate +[\d.]+ fps/);
  });

  test("reg: what is written is read back; a register of several elements", async () => {
    const written = await cqd("reg", "write", "PulsesPerGate", "250", ...SMALL, "--json");
    expect(JSON.parse(written.stdout)).toEqual({ name: "PulsesPerGate", value: 250, unit: "" });
    const read = await cqd("reg", "read", "GateWidth", ...SMALL, "--json");
    expect(JSON.parse(read.stdout).value).toHaveLength(64);
    expect((await cqd("reg", "list")).stdout).toMatch(/PulsesPerGate +0x0304 +rw +u32/);
  });

  test("profile: list, and a name that two kinds have", async () => {
    const { documents } = JSON.parse((await cqd("profile", "list", "material", "--json")).stdout);
    expect(documents).toContainEqual({ kind: "material", name: "hgte", title: "HgTe quantum dots" });
    expect((await cqd("profile", "list")).stdout).toMatch(
      /inas-lidar-320x240[\s\S]*meng-ref74-laser[\s\S]*am15/,
    );
    expect((await cqd("profile", "explain", "hgte")).stdout).toContain("detector.fallTime");
    expect((await cqd("profile", "explain", "hgte", "--kind", "material")).stdout).toContain("material.edge");
  });

  test("profile: lint, explain, schema", async () => {
    expect((await cqd("profile", "lint", "inas-lidar-64x48")).stdout).toBe("inas-lidar-64x48: valid\n");
    expect(JSON.parse((await cqd("profile", "explain", "inas-lidar-64x48", "--json")).stdout).name).toBe(
      "inas-lidar-64x48",
    );
    expect((await cqd("profile", "explain", "inas-lidar-64x48")).stdout).toMatch(/frameRate = [\d.]+ Hz/);
    expect(JSON.parse((await cqd("profile", "schema", "detector")).stdout).$schema).toMatch(/json-schema/);
  });
});

describe("stream", () => {
  const args = ["stream", ...SMALL, "--scene", "wall:range=3", "--frames", "2", "--seed", "4"];

  test("--json: one object a line, then the summary", async () => {
    const { code, stdout } = await cqd(...args, "--truth", "--json");
    expect(code).toBe(0);
    const lines = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines).toHaveLength(3);
    expect(lines[1]).toMatchObject({ frame: 1, width: 64, height: 48, lostReports: 0, complete: true });
    expect(lines[1].timeNs).toBe(lines[1].cycle * 2.5);
    expect(lines[1].medianRangeM).toBeGreaterThan(2.5);
    expect(Object.keys(lines[1].flagCounts)).toEqual([
      "noReturn",
      "lowSignal",
      "saturated",
      "misfit",
      "bad",
      "window",
      "several",
      "missing",
    ]);
    const { summary } = lines[2];
    expect(summary.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(summary.fps).toBeCloseTo(4e8 / (lines[1].cycle - lines[0].cycle), 6);
    expect(summary.truth.n).toBeGreaterThan(5000);
    expect(summary).toMatchObject({ frames: 2, mixedPixels: 0, lostReports: 0, interrupted: false });
  });

  test("the same seed gives the same bytes, another seed others", async () => {
    const shaOf = async (...extra: string[]) =>
      JSON.parse((await cqd(...args, "--json", ...extra)).stdout.trim().split("\n").at(-1)!).summary.sha256;
    const first = await shaOf();
    expect(await shaOf()).toBe(first);
    expect(await shaOf("--seed", "5")).not.toBe(first);
  });

  test("plain lines when piped", async () => {
    const { stdout, stderr } = await cqd(...args);
    expect(stdout).toMatch(/^frame 0 .*valid {2}median 3\.\d+ m\nframe 1 /);
    expect(stdout).toContain("reports 60: 0 lost");
    expect(`${stdout}${stderr}`).not.toContain("\x1b");
  });

  test("--save writes raw samples and truth only when asked", async () => {
    const plain = join(folder, "plain");
    await cqd(...args, "--save", plain);
    expect(readdirSync(join(plain, "frame-000001"))).toHaveLength(6);
    const full = join(folder, "full");
    await cqd(...args, "--raw", "--truth", "--save", full);
    const names = readdirSync(join(full, "frame-000001"));
    expect(names).toEqual(
      expect.arrayContaining(["gates_dn.npy", "true_range_m.npy", "true_electrons.npy", "frame.json"]),
    );
    expect(names).toHaveLength(14);
  });

  test("--raw lossless saves the same codes in fewer reports", async () => {
    const codes = async (format: string) => {
      const dir = join(folder, format);
      const { stdout } = await cqd(...args, "--raw", format, "--save", dir);
      const reports = Number(/reports (\d+): 0 lost/.exec(stdout)?.[1]);
      return { reports, gates: readFileSync(join(dir, "frame-000001", "gates_dn.npy")) };
    };
    const plain = await codes("mono16");
    const packed = await codes("lossless");
    expect(packed.gates.equals(plain.gates)).toBe(true);
    expect(packed.reports).toBeLessThan(plain.reports / 2);
  });

  test("ambient and pulses reach the device", async () => {
    const record = async (...extra: string[]) =>
      JSON.parse((await cqd(...args, "--truth", "--json", ...extra)).stdout.trim().split("\n").at(-1)!)
        .summary;
    const dark = await record("--ambient", "0");
    const sunny = await record("--ambient", "1");
    expect(sunny.truth.medianCrlbMm).toBeGreaterThan(dark.truth.medianCrlbMm);
    const short = await record("--pulses", "100");
    expect(short.fps).toBeGreaterThan(dark.fps);
  });
});

describe("trace", () => {
  const args = ["trace", ...SMALL, "--pulses", "3", "--scene", "wall:range=3"];

  test("a whole frame, its size said before", async () => {
    const out = join(folder, "roic.vcd");
    const { code, stdout } = await cqd(...args, "--out", out);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\d+ signals, at most [\d.]+ kB\n\d+ edges up to cycle \d+: .*roic\.vcd/);
    const { changes, signals } = parseVcd(readFileSync(out, "utf8"));
    expect(signals.size).toBe(15 + 48 + 4 * 48);
    const lasers = changes.filter(({ name, value }) => name === "laser_trigger" && value === 1);
    expect(lasers).toHaveLength(3 * 32);
  });

  test("--json, rows, columns, signals and a window", async () => {
    const out = join(folder, "part.vcd");
    const part = ["--rows", "4:6", "--columns", "9", "--signals", "row_select_*,code_*", "--from", "1000"];
    const { stdout } = await cqd(...args, "--out", out, ...part, "--to", "90000", "--json");
    const summary = JSON.parse(stdout);
    const names = ["row_select_r4", "row_select_r5", "code_r4_c9", "code_r5_c9"];
    expect(summary).toMatchObject({
      out,
      signals: names,
      fromCycle: 1000,
      toCycle: 90_000,
      interrupted: false,
    });
    const { changes, endTime } = parseVcd(readFileSync(out, "utf8"));
    expect(changes[0]!.time).toBe(1000n * 25_000n);
    expect(endTime).toBe(90_000n * 25_000n);
    expect(changes).toHaveLength(summary.edges + names.length);
  });

  test("the same bytes again, other codes with another seed", async () => {
    const bytesOf = async (name: string, ...extra: string[]) => {
      await cqd(...args, "--out", join(folder, name), "--signals", "code_*", ...extra);
      return readFileSync(join(folder, name), "utf8").replace(/\$comment.*\n/g, "");
    };
    const first = await bytesOf("one.vcd");
    expect(await bytesOf("two.vcd")).toBe(first);
    expect(await bytesOf("three.vcd", "--seed", "2")).not.toBe(first);
  });
});
