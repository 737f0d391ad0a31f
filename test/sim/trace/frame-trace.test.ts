import { expect, test } from "vitest";
import { loadLidarProfile } from "../../../hw-profiles/load/load-profile.ts";
import { frameTiming } from "../../../sim/roic/frame-timing.ts";
import { FrameTrace } from "../../../sim/trace/frame-trace.ts";

const PULSES = 3;
const profile = loadLidarProfile("inas-lidar-64x48");

/** A trace of the first frame in a scene that nobody can open. */
function traceWithoutLight(): FrameTrace {
  const { frameCycles } = frameTiming(profile, PULSES);
  return new FrameTrace(
    { profile, scene: "no-such-scene.pcd", seed: 1n, raysPerSide: 1 },
    { pulsesPerGate: PULSES, ambientSun: 0, temperatureMk: 293_150 },
    {
      frames: 1,
      rows: { first: 4, end: 5 },
      columns: { first: 9, end: 10 },
      fromCycle: 0,
      toCycle: frameCycles,
      triggerPeriodCycles: 0,
    },
  );
}

function indices(trace: FrameTrace, names: RegExp): Set<number> {
  return new Set(trace.signals.filter(({ name }) => names.test(name)).map(({ index }) => index));
}

test("digital signals and the ramp need neither light nor pixels; nodes do", async () => {
  const trace = traceWithoutLight();
  const edges = [...(await trace.edges(indices(trace, /^(reset|row_select_r4|ramp_v)$/)))];
  const [reset] = indices(trace, /^reset$/);
  expect(edges.filter(({ signal, value }) => signal === reset && value === 1)).toHaveLength(
    profile.gates.delaysNs.length,
  );
  await expect(trace.edges(indices(trace, /^node_v/))).rejects.toThrow("no-such-scene.pcd");
});
