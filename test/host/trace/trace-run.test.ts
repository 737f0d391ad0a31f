import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { timeBase } from "../../../host/trace/time-base.ts";
import { estimatedBytes } from "../../../host/trace/trace-size.ts";
import { writeVcd } from "../../../host/trace/vcd-file.ts";
import { openSimTransport, type SimTransport } from "../../../host/transport/sim/sim-transport.ts";
import type { Trace, TraceRequest, TraceSignal } from "../../../host/transport/transport.ts";
import { loadLidarProfile } from "../../../hw-profiles/load/load-profile.ts";
import { Band } from "../../../sim/pool/band.ts";
import { parseVcd, type Vcd } from "../../support/vcd.ts";

const profile = loadLidarProfile("inas-lidar-64x48");
/** Few pulses and dead, hot and stuck pixels: a short frame with everything in it. */
const defects = { ...profile.defects, deadFraction: 0.1, stuckFraction: 0.1 };
const small = { ...profile, defects, gates: { ...profile.gates, pulsesPerGate: 20 } };
const pixels = { rows: { first: 2, end: 7 }, columns: { first: 30, end: 36 } };
let transport: SimTransport;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "cqd-trace-"));
  transport = await openSimTransport({ profile: small, seed: 5 });
});
afterAll(async () => {
  await transport.close();
  rmSync(folder, { recursive: true });
});

async function write(trace: Trace, signals: readonly TraceSignal[], name: string, cancelAfter = Infinity) {
  const path = join(folder, name);
  let pieces = 0;
  const result = await writeVcd(path, trace, signals, {
    comments: ["test"],
    onProgress: () => pieces++,
    isCancelled: () => pieces >= cancelAfter,
  });
  return { path, result, text: readFileSync(path, "utf8") };
}

function traceOf(request: Partial<TraceRequest> = {}): Trace {
  return transport.trace({ frames: 1, ...pixels, ...request });
}

/** Final value of every signal at every time of the window, as text to compare. */
async function expectedChanges(trace: Trace, signals: readonly TraceSignal[]): Promise<string[]> {
  const base = timeBase(trace.clockHz, trace.phasesPerCycle);
  const values = new Map(signals.map(({ name }) => [name, 0]));
  const later: string[] = [];
  for (const { cycle, phase, signal, value } of await trace.edges(signals)) {
    const isBefore = cycle < trace.fromCycle || (cycle === trace.fromCycle && phase === 0);
    if (isBefore) values.set(signals[signal]!.name, value);
    else later.push(`${base.time(cycle, phase)} ${signals[signal]!.name} ${value}`);
  }
  const start = base.time(trace.fromCycle, 0);
  return [...[...values].map(([name, value]) => `${start} ${name} ${value}`), ...later];
}

function changesOf(vcd: Vcd): string[] {
  return vcd.changes.map(({ time, name, value }) => `${time} ${name} ${value}`);
}

describe("a VCD file parsed back equals the edges", () => {
  test.each([
    ["whole frame", {}],
    ["window in the pulses", { fromCycle: 1003, toCycle: 4001 }],
    ["window over a conversion, ramp included", { fromCycle: 8900, toCycle: 10_000 }],
  ])("%s", async (_, request) => {
    const trace = traceOf(request);
    const isWhole = trace.fromCycle === 0;
    const signals = trace.signals.filter(({ isFast }) => !(isWhole && isFast));
    const { result, text } = await write(trace, signals, "a.vcd");
    const vcd = parseVcd(text);
    expect(vcd.timescale).toBe("100 fs");
    expect([...vcd.signals.keys()]).toEqual(signals.map(({ name }) => name));
    expect(changesOf(vcd)).toEqual(await expectedChanges(trace, signals));
    expect(vcd.endTime).toBe(BigInt(trace.toCycle) * 25_000n);
    expect(result).toMatchObject({ bytes: text.length, endCycle: trace.toCycle, isExact: true });
    expect(text.length).toBeLessThanOrEqual(estimatedBytes(signals));
  });
});

test("the size estimate is an upper bound, not far above a whole frame", async () => {
  const trace = traceOf();
  const signals = trace.signals.filter(({ isFast }) => !isFast);
  const { text, result } = await write(trace, signals, "b.vcd");
  expect(estimatedBytes(signals)).toBeLessThan(3 * text.length);
  const expected = signals.reduce((sum, signal) => sum + signal.expectedEdges, 0);
  expect(result.edges).toBeLessThanOrEqual(expected);
});

test("codes of the trace are the codes of the frame, in two frames", async () => {
  const { frameCycles } = traceOf();
  const trace = traceOf({ frames: 2 });
  const signals = trace.signals.filter(({ name }) => name.startsWith("code_") || name === "plane_valid");
  const setup = { profile: small, scene: "room", seed: 5n, raysPerSide: 4 };
  const band = await Band.open(setup, { firstRow: 0, rows: 48 });
  const values = new Map<string, number>();
  let plane = 0;
  for (const { signal, value } of await trace.edges(signals)) {
    const { name } = signals[signal]!;
    values.set(name, value);
    if (name !== "plane_valid" || value === 1) continue;
    const frame = Math.floor(plane / 32);
    if (plane % 32 === 0) {
      const { environment } = small;
      const settings = {
        pulsesPerGate: 20,
        ambientSun: environment.ambientSun,
        temperatureMk: Math.round(environment.temperatureC * 1000) + 273_150,
      };
      band.expose({ frame, startNs: frame * frameCycles * 2.5, settings });
    }
    for (let row = pixels.rows.first; row < pixels.rows.end; row++) {
      for (let column = pixels.columns.first; column < pixels.columns.end; column++) {
        const code = band.kernels.codes[(plane % 32) * 64 * 48 + row * 64 + column];
        expect(values.get(`code_r${row}_c${column}`) ?? 0).toBe(code);
      }
    }
    plane++;
  }
  expect(plane).toBe(64);
});

test("the comparator flips where the ramp passes the input", async () => {
  const trace = traceOf({ fromCycle: 8800, toCycle: 13_100 });
  const signals = trace.signals.filter(({ name }) => /^(ramp_v|counter|\w+_r3_c33)$/.test(name));
  let rampV = 0;
  let inputV = 0;
  let counter = 0;
  let flips = 0;
  for (const { signal, value } of await trace.edges(signals)) {
    const { name } = signals[signal]!;
    if (name === "counter") counter = value;
    if (name === "ramp_v") rampV = value;
    if (name === "adc_in_v_r3_c33") inputV = value;
    if (name !== "comparator_r3_c33" || value === 0) continue;
    const lsbV = 1.8 / (4096 - 96);
    expect(rampV).toBeGreaterThan(inputV - 1e-9);
    expect(rampV - lsbV).toBeLessThanOrEqual(inputV + 1e-9);
    expect(rampV).toBeCloseTo((counter + 0.5) * lsbV, 8);
    flips++;
  }
  expect(flips).toBe(1);
});

test("a cancelled file is whole and tells everything up to its end", async () => {
  const trace = traceOf({ frames: 4 });
  const signals = trace.signals.filter(({ isFast }) => !isFast);
  const { result, text } = await write(trace, signals, "c.vcd", 1);
  expect(result.endCycle).toBeLessThan(trace.toCycle);
  const vcd = parseVcd(text);
  expect(vcd.endTime).toBe(BigInt(result.endCycle) * 25_000n);
  const all = await expectedChanges(trace, signals);
  const before = all.filter((line) => BigInt(line.split(" ")[0]!) < vcd.endTime);
  expect(changesOf(vcd)).toEqual(before);
});

test.each([
  [{ rows: { first: 0, end: 49 } }, /rows: found 0 to 49 .*within 0 to 48/],
  [{ columns: { first: 64, end: 65 } }, /columns: found 64 to 65 .*within 0 to 64/],
  [{ fromCycle: 10, toCycle: 10 }, /cycles: found 10 to 10/],
  [{ toCycle: 1e12 }, /cycles: found 0 to 1000000000000/],
])("a range that is not there: %j", (request, message) => {
  expect(() => traceOf(request)).toThrow(message);
});

function hasTool(name: string): boolean {
  try {
    execFileSync(name, ["--help"], { stdio: "ignore" });
    return true;
  } catch (error) {
    return !(error instanceof Error && "code" in error && error.code === "ENOENT");
  }
}

const hasFst = hasTool("vcd2fst") && hasTool("fst2vcd");
const fstTitle = hasFst ? "" : " (found no vcd2fst and fst2vcd: install the package gtkwave)";
test.skipIf(!hasFst && !process.env["CI"])(`vcd2fst and back loses nothing${fstTitle}`, async () => {
  const trace = traceOf({ toCycle: 20_000 });
  const { path, text } = await write(trace, trace.signals, "d.vcd");
  execFileSync("vcd2fst", [path, `${path}.fst`], { stdio: "ignore" });
  const back = execFileSync("fst2vcd", [`${path}.fst`], { encoding: "utf8", maxBuffer: 64 << 20 });
  const before = parseVcd(text);
  const after = parseVcd(back);
  expect(after.timescale.replace(" ", "")).toBe(before.timescale.replace(" ", ""));
  expect(after.signals).toEqual(before.signals);
  expect(changesOf(after).sort()).toEqual(changesOf(before).sort());
});
