import { afterAll, beforeAll, expect, test } from "vitest";
import { Camera } from "../../../host/camera/camera.ts";
import { openSimTransport, type SimTransport } from "../../../host/transport/sim/sim-transport.ts";
import type { Trace, TraceRequest } from "../../../host/transport/transport.ts";

const FRAMES = 6;
const rows = { first: 4, end: 8 };
const IDLE_CYCLES = 54_321;
let transport: SimTransport;
let camera: Camera;
let free: Trace;
let period: number;
beforeAll(async () => {
  transport = await openSimTransport({ profile: "inas-lidar-64x48", seed: 3, scene: "wall:range=3" });
  camera = await Camera.open(transport);
  await camera.registers.write("PulsesPerGate", 2);
  free = traceOf({ frames: 1 });
  period = free.frameCycles + IDLE_CYCLES;
  await camera.registers.write("SimTriggerPeriod", period);
  await camera.registers.write("TriggerMode", 1);
});
afterAll(() => camera.close());

function traceOf(request: TraceRequest): Trace {
  return transport.trace({ rows, ...request });
}

/** Digital signals that do not change at every clock: [cycle from `origin`, phase, name, value]. */
async function digital(trace: Trace, origin = 0) {
  const signals = trace.signals.filter(
    ({ bits, isFast, name }) => bits !== "real" && !isFast && !/_c\d/.test(name),
  );
  return [...(await trace.edges(signals))].map(
    ({ cycle, phase, signal, value }) => [cycle - origin, phase, signals[signal]!.name, value] as const,
  );
}

const isTrigger = (name: string) => name.startsWith("trigger_");

test("a free running chip has no trigger signals, a triggered one has", () => {
  expect(free.signals.filter(({ name }) => isTrigger(name))).toEqual([]);
  const names = traceOf({ frames: 1 }).signals.map(({ name }) => name);
  expect(names.filter(isTrigger)).toEqual(["trigger_in", "trigger_missed"]);
});

test("a triggered frame is the free running one, two cycles behind the trigger, and then idle", async () => {
  const trace = traceOf({ frames: FRAMES });
  expect(trace).toMatchObject({ frameCycles: period, toCycle: 2 + (FRAMES - 1) * period + free.frameCycles });
  const edges = await digital(trace);
  const rises = edges.filter(([, , name, value]) => name === "trigger_in" && value === 1);
  expect(rises.map(([cycle]) => cycle)).toEqual(Array.from({ length: FRAMES }, (_, frame) => frame * period));
  expect(edges.some(([, , name]) => name === "trigger_missed")).toBe(false);
  const own = edges.filter(([cycle, , name]) => cycle <= 2 + free.frameCycles && !isTrigger(name));
  const expected = await digital(free);
  expect(own.slice(0, expected.length).map(([cycle, ...edge]) => [cycle - 2, ...edge])).toEqual(expected);
  // What is left: the chip goes idle at the end of the frame.
  expect(own.slice(expected.length).every(([cycle]) => cycle === 2 + free.frameCycles)).toBe(true);
});

test("the edges that are told before the trace starts are an upper bound, in the whole and in windows", async () => {
  const last = traceOf({ frames: FRAMES }).toCycle;
  const windows = [
    [0, last],
    [0, 3],
    [period - 5, period + 5],
    [period / 3, 2.5 * period],
    [last - 9000, last],
  ];
  for (const [from, to] of windows) {
    const trace = traceOf({ frames: FRAMES, fromCycle: Math.floor(from!), toCycle: Math.floor(to!) });
    const counts = new Map<string, number>();
    const selected = trace.signals.filter(({ isFast, name }) => !isFast && !/_c\d/.test(name));
    for (const { cycle, signal } of await trace.edges(selected)) {
      const { name } = selected[signal]!;
      if (cycle >= trace.fromCycle) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    for (const { expectedEdges, name } of selected)
      expect([name, from, (counts.get(name) ?? 0) <= expectedEdges]).toEqual([name, from, true]);
  }
});
