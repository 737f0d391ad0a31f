import { expect, test } from "vitest";
import { Camera } from "../../../host/camera/camera.ts";
import { openSimTransport, type SimTransport } from "../../../host/transport/sim/sim-transport.ts";
import type { Trace, TraceRequest } from "../../../host/transport/transport.ts";
import { cqd } from "../support/run-main.ts";

const pixels = { rows: { first: 8, end: 10 }, columns: { first: 30, end: 32 } };
const SCENES = { "inas-imager-64x48": "uniform:photons=3e7", "inas-lidar-64x48": "wall:range=3" } as const;
type Profile = keyof typeof SCENES;

async function withBoard(profile: Profile, use: (board: SimTransport, camera: Camera) => Promise<void>) {
  const board = await openSimTransport({ profile, seed: 9, scene: SCENES[profile] });
  const camera = await Camera.open(board);
  try {
    if (profile === "inas-lidar-64x48") await camera.registers.write("PulsesPerGate", 2);
    await use(board, camera);
  } finally {
    await camera.close();
  }
}

/** Length of a triggered frame; leaves the trigger on. */
async function activeCycles({ registers }: Camera): Promise<number> {
  await registers.write("SimTriggerPeriod", 0xffff_ffff);
  await registers.write("TriggerMode", 1);
  return registers.readNumber("MinFrameTime");
}

const traceOf = (board: SimTransport, request: TraceRequest) => board.trace({ ...pixels, ...request });

/** Every edge as text, without the counter's and the fall of the trigger. */
async function edgesOf(trace: Trace): Promise<string[]> {
  const signals = trace.signals.filter(({ isFast }) => !isFast);
  return [...(await trace.edges(signals))]
    .map(({ cycle, phase, signal, value }) => `${cycle}.${phase} ${signals[signal]!.name} ${value}`)
    .filter((line) => !line.endsWith("trigger_in 0"));
}

async function risesOf(trace: Trace, name: string): Promise<number[]> {
  const signals = trace.signals.filter((signal) => signal.name === name);
  return [...(await trace.edges(signals))].filter(({ value }) => value === 1).map(({ cycle }) => cycle);
}

const profiles = Object.keys(SCENES) as Profile[];

test.each(profiles)("%s: a train at the generator's cycles is the generator", async (profile) => {
  await withBoard(profile, async (board, camera) => {
    const period = 50_000 + (await activeCycles(camera));
    const train = traceOf(board, { frames: 2, triggerCycles: [0, period] });
    await camera.registers.write("SimTriggerPeriod", period);
    const generated = traceOf(board, { frames: 2 });
    expect(train.toCycle).toBe(generated.toCycle);
    expect(await edgesOf(train)).toEqual(await edgesOf(generated));
  });
});

test.each(profiles)("%s: triggers within a frame are missed and told, two cycles later", async (profile) => {
  await withBoard(profile, async (board, camera) => {
    const active = await activeCycles(camera);
    await camera.registers.write("TriggerMode", 0);
    const triggerCycles = [7, 900, 7 + active - 2, 7 + active, 3 * active];
    const trace = traceOf(board, { frames: 2, triggerCycles });
    expect(trace.toCycle).toBe(7 + active + 2 + active);
    expect(await risesOf(trace, "trigger_missed")).toEqual([902, 7 + active]);
    const starts = await risesOf(trace, profile === "inas-imager-64x48" ? "row_reset_r8" : "reset");
    expect(starts).toContain(starts[0]! + active);
    for (const { expectedEdges, name } of trace.signals.filter((signal) => signal.name.startsWith("trigger")))
      expect((await risesOf(trace, name)).length * 2).toBeLessThanOrEqual(expectedEdges);
  });
});

test("refused: rises out of order or too close, and fewer than start the frames", async () => {
  await withBoard("inas-lidar-64x48", async (board) => {
    const of = (triggerCycles: number[]) => () => traceOf(board, { frames: 2, triggerCycles });
    expect(of([10, 11])).toThrow(/found a rise at 11, expected a whole number of at least 12/);
    expect(of([10, 5])).toThrow(/found a rise at 5/);
    expect(of([0, 100])).toThrow(/found 1 that start a frame of \d+ cycles, expected 2/);
  });
  const args = ["trace", "--device", "sim:inas-imager-64x48", "--threads", "0", "--out", "x.vcd"];
  const { code, stderr } = await cqd(...args, "--triggers", "0,ten");
  expect([code, stderr]).toEqual([2, expect.stringContaining('found "ten", expected a whole number')]);
  const few = await cqd(...args, "--triggers", "0", "--frames", "2");
  expect([few.code, few.stderr]).toEqual([2, expect.stringContaining("found 1 that start a frame")]);
});
