import { expect, test } from "vitest";
import { loadProfile } from "../../../hw-profiles/load/load-profile.ts";
import type { SensorProfile } from "../../../hw-profiles/sensor-profile.ts";
import { ambientTimeS, darkTimeS } from "../../../sim/roic/exposure-time.ts";
import {
  conversionCycles,
  frameRateHz,
  frameTiming,
  rowSampleCycles,
} from "../../../sim/roic/frame-timing.ts";
import { realisedGates } from "../../../sim/roic/gate-edges.ts";
import { frameEdges, type SequencerEdge } from "../../../sim/roic/sequencer.ts";

const base = loadProfile("inas-lidar-320x240");
const swept = loadProfile("inas-lidar-64x48-swept");

function withRoic(roic: Partial<SensorProfile["roic"]>, heightPx = 240): SensorProfile {
  return { ...base, array: { ...base.array, heightPx }, roic: { ...base.roic, ...roic } };
}

const variants: [string, SensorProfile, number][] = [
  ["default", base, 3],
  ["not pipelined", withRoic({ pipelined: false }), 2],
  ["transfer slower than conversion", withRoic({ transferNs: 15_000 }), 2],
  ["rows that do not divide by the banks", withRoic({ adcBanks: 7 }), 1],
  ["one bank", withRoic({ adcBanks: 1 }, 9), 4],
  ["times between clock edges", withRoic({ settleNs: 201.3, transferNs: 1999.9, globalResetNs: 1.1 }), 1],
  ["swept reset", swept, 1],
];

test.each(variants)("closed formulas agree with the list of edges: %s", (_, profile, pulses) => {
  const timing = frameTiming(profile, pulses);
  const edges = [...frameEdges(profile, timing)];
  const last = Math.max(...edges.map((edge) => edge.cycle));
  expect(last).toBe(timing.frameCycles);
  const resets = edges.filter((edge) => edge.kind === "reset-assert").map((edge) => edge.cycle);
  resets.forEach((cycle, gate) => {
    expect(cycle).toBe(gate * (timing.gateCycles + timing.planeReadCycles));
  });
  const ofGate = edges.filter((edge) => edge.gate === 1);
  const at = (kind: string) => ofGate.filter((edge) => edge.kind === kind).map((edge) => edge.cycle);
  expect(at("row-select")[0]! - at("reset-assert")[0]!).toBe(timing.gateCycles);
  expect(at("transfer-end").at(-1)! - at("row-select")[0]!).toBe(timing.planeReadCycles);
  expect(at("row-select").length).toBe(timing.groups);
});

test.each(variants)("no resource is used twice at a time: %s", (_, profile, pulses) => {
  const timing = frameTiming(profile, pulses);
  const edges = [...frameEdges(profile, timing)];
  const spans = (from: string, to: string) => {
    const starts = edges.filter((edge) => edge.kind === from);
    const ends = edges.filter((edge) => edge.kind === to);
    return starts.map((start, i) => ({ start: start.cycle, end: ends[i]!.cycle }));
  };
  for (const resource of [spans("row-select", "convert-end"), spans("transfer-start", "transfer-end")]) {
    for (let i = 1; i < resource.length; i++)
      expect(resource[i]!.start).toBeGreaterThanOrEqual(resource[i - 1]!.end);
  }
});

test("conversion takes 2^bits clocks", () => {
  expect(conversionCycles(base.adc)).toBe(4096);
  expect(conversionCycles({ ...base.adc, bits: 10 })).toBe(1024);
});

test("the default profile reaches 25 frames a second, as computed by hand", () => {
  const timing = frameTiming(base, base.gates.pulsesPerGate);
  // 2 us reset, 500 us pulses, 60 groups of 0.2 us + 10.24 us, 2 us transfer: 32 planes of 1130.4 us.
  expect(timing.frameCycles).toBe(32 * (800 + 200_000 + 60 * (80 + 4096) + 800));
  expect(frameRateHz(timing)).toBeGreaterThan(25);
  expect(frameRateHz(timing)).toBeCloseTo(27.65, 1);
});

function edgeNs(edge: SequencerEdge, profile: SensorProfile): number {
  return (edge.cycle + edge.phase / profile.roic.gatePhasesPerClock) * (1e9 / profile.adc.clockHz);
}

test("film-bias gates open at their delay after the laser, in every pulse", () => {
  const timing = frameTiming(base, 3);
  const gates = realisedGates(base);
  const edges = [...frameEdges(base, timing)];
  const lasers = edges.filter((edge) => edge.kind === "laser");
  expect(lasers.length).toBe(3 * 32);
  for (const [i, laser] of lasers.entries()) {
    const open = edges.filter((edge) => edge.kind === "gate-open")[i]!;
    const close = edges.filter((edge) => edge.kind === "gate-close")[i]!;
    expect(edgeNs(open, base) - edgeNs(laser, base)).toBeCloseTo(gates.delaysNs[laser.gate]!, 6);
    expect(edgeNs(close, base) - edgeNs(open, base)).toBeCloseTo(gates.widthsNs[laser.gate]!, 6);
  }
});

test("swept reset: the laser moves against the release, and release to read stays the same", () => {
  const timing = frameTiming(swept, 1);
  const edges = [...frameEdges(swept, timing)];
  for (let gate = 0; gate < timing.gates; gate++) {
    const of = (kind: string) => edges.find((edge) => edge.gate === gate && edge.kind === kind)!;
    expect(edgeNs(of("reset-release"), swept) - edgeNs(of("laser"), swept)).toBeCloseTo(
      realisedGates(swept).delaysNs[gate]!,
      6,
    );
    expect(of("row-select").cycle - of("reset-release").cycle).toBe(timing.pulsePeriodCycles);
  }
});

test("gate edges snap to the phases of the clock", () => {
  const odd = {
    ...base,
    gates: { ...base.gates, delaysNs: base.gates.delaysNs.map((delay) => delay + 0.1) },
  };
  expect(realisedGates(odd).delaysNs).toEqual(base.gates.delaysNs);
});

test("gates of different widths or longer than the period are refused", () => {
  const [first = 15, ...rest] = base.gates.widthsNs;
  const uneven = { ...base, gates: { ...base.gates, widthsNs: [first, ...rest.map((width) => width + 5)] } };
  expect(() => realisedGates(uneven)).toThrow(/expected one positive width/);
  const long = { ...base, gates: { ...base.gates, widthsNs: base.gates.widthsNs.map(() => 900) } };
  expect(() => realisedGates(long)).toThrow(/at most the pulse period/);
});

test("rows of later groups wait longer, in dark and in ambient time", () => {
  const timing = frameTiming(base, 500);
  expect(rowSampleCycles(timing, 3)).toBe(80);
  expect(rowSampleCycles(timing, 4)).toBe(80 + 4176);
  expect(darkTimeS(timing, 0)).toBeCloseTo(500.2e-6, 12);
  expect(darkTimeS(timing, 239)).toBeCloseTo(500.2e-6 + 59 * 10.44e-6, 12);
  // M (w + e (T - w)) + e t_read with e = 0.002
  expect(ambientTimeS(base, timing, 239)).toBeCloseTo(
    500 * (15e-9 + 0.002 * 985e-9) + 0.002 * (0.2e-6 + 59 * 10.44e-6),
    14,
  );
  const sweptTiming = frameTiming(swept, 1);
  expect(ambientTimeS(swept, sweptTiming, 47)).toBe(darkTimeS(sweptTiming, 47));
});
