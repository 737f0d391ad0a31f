import { expect, test } from "vitest";
import { loadLidarProfile } from "../../../hw-profiles/load/load-profile.ts";
import type { LidarProfile } from "../../../hw-profiles/sensor-profile.ts";
import { ambientTimeS, darkTimeS } from "../../../sim/roic/exposure-time.ts";
import {
  conversionCycles,
  frameRateHz,
  frameTiming,
  rowSampleCycles,
} from "../../../sim/roic/frame-timing.ts";
import { realisedGates } from "../../../sim/roic/gate-edges.ts";
import { lidarUnits } from "../../../sim/roic/sequencer/lidar-program.ts";
import { runMachine } from "../../../sim/roic/sequencer/machine.ts";
import { type Edge, Outputs } from "../../../sim/roic/sequencer/outputs.ts";
import { checkRegisters, sequencerRegisters } from "../../../sim/roic/sequencer/registers.ts";
import * as S from "../../../sim/roic/sequencer/signals.ts";

const base = loadLidarProfile("inas-lidar-320x240");
const swept = loadLidarProfile("inas-lidar-64x48-swept");

function withRoic(roic: Partial<LidarProfile["roic"]>, heightPx = 240): LidarProfile {
  return { ...base, array: { ...base.array, heightPx }, roic: { ...base.roic, ...roic } };
}

const variants: [string, LidarProfile, number][] = [
  ["default", base, 3],
  ["not pipelined", withRoic({ pipelined: false }), 2],
  ["transfer slower than conversion", withRoic({ transferNs: 15_000 }), 2],
  ["rows that do not divide by the banks", withRoic({ adcBanks: 7 }), 1],
  ["one bank", withRoic({ adcBanks: 1 }, 9), 4],
  ["times between clock edges", withRoic({ settleNs: 201.3, transferNs: 1999.9, globalResetNs: 1.1 }), 1],
  ["swept reset", swept, 1],
];

function edgesOf(profile: LidarProfile, pulses: number): Edge[] {
  const registers = sequencerRegisters(profile, pulses);
  const outputs = new Outputs(S.ROW_SELECT + registers.rows);
  return [...runMachine({ units: lidarUnits(registers, 1), outputs })];
}

function selectEdges(edges: readonly Edge[], signal: number, value: number): Edge[] {
  return edges.filter((edge) => edge.signal === signal && edge.value === value);
}

test.each(variants)("closed formulas agree with the machine: %s", (_, profile, pulses) => {
  const timing = frameTiming(profile, pulses);
  const edges = edgesOf(profile, pulses);
  expect(edges.at(-1)!.cycle).toBe(timing.frameCycles);
  const at = (signal: number, value: number) => selectEdges(edges, signal, value).map((edge) => edge.cycle);
  at(S.RESET, 1).forEach((cycle, gate) => {
    expect(cycle).toBe(gate * (timing.gateCycles + timing.planeReadCycles));
  });
  const selects = at(S.ROW_SELECT, 1);
  expect(selects).toEqual(at(S.RESET, 1).map((cycle) => cycle + timing.gateCycles));
  expect(at(S.PLANE_VALID, 0)).toEqual(selects.map((cycle) => cycle + timing.planeReadCycles));
  expect(at(S.SETTLE, 1)).toHaveLength(timing.gates * timing.groups);
});

test.each(variants)(
  "every row is selected once a plane, for settling and conversion: %s",
  (_, profile, pulses) => {
    const timing = frameTiming(profile, pulses);
    const edges = edgesOf(profile, pulses);
    for (let row = 0; row < profile.array.heightPx; row++) {
      const on = selectEdges(edges, S.ROW_SELECT + row, 1);
      const off = selectEdges(edges, S.ROW_SELECT + row, 0);
      expect(on).toHaveLength(timing.gates);
      on.forEach(({ cycle }, i) => {
        expect(off[i]!.cycle - cycle).toBe(timing.settleCycles + timing.convertCycles);
      });
    }
  },
);

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

function edgeNs(edge: Edge, profile: LidarProfile): number {
  return (edge.cycle + edge.phase / profile.roic.gatePhasesPerClock) * (1e9 / profile.adc.clockHz);
}

test("film-bias gates open at their delay after the laser, in every pulse", () => {
  const gates = realisedGates(base);
  const edges = edgesOf(base, 3);
  const lasers = selectEdges(edges, S.LASER_TRIGGER, 1);
  expect(lasers.length).toBe(3 * 32);
  for (const [i, laser] of lasers.entries()) {
    const gate = Math.floor(i / 3);
    const open = selectEdges(edges, S.FILM_GATE, 1)[i]!;
    const close = selectEdges(edges, S.FILM_GATE, 0)[i]!;
    expect(edgeNs(open, base) - edgeNs(laser, base)).toBeCloseTo(gates.delaysNs[gate]!, 6);
    expect(edgeNs(close, base) - edgeNs(open, base)).toBeCloseTo(gates.widthsNs[gate]!, 6);
  }
});

test("swept reset: the laser moves against the release, and release to read stays the same", () => {
  const timing = frameTiming(swept, 1);
  const edges = edgesOf(swept, 1);
  const releases = selectEdges(edges, S.RESET, 0);
  expect(releases).toHaveLength(timing.gates);
  releases.forEach((release, gate) => {
    const laser = selectEdges(edges, S.LASER_TRIGGER, 1)[gate]!;
    expect(edgeNs(release, swept) - edgeNs(laser, swept)).toBeCloseTo(
      realisedGates(swept).delaysNs[gate]!,
      6,
    );
    const select = selectEdges(edges, S.ROW_SELECT, 1)[gate]!;
    expect(select.cycle - release.cycle).toBe(timing.pulsePeriodCycles);
  });
});

test("registers that the sequencer cannot run are refused with the limit", () => {
  const good = sequencerRegisters(base, 2);
  const [edge] = good.pulseEdges;
  const withEdge = (changes: object) => ({ ...good, pulseEdges: [{ ...edge!, ...changes }] });
  const refused = (registers: typeof good) => expect(() => checkRegisters(registers));
  refused({ ...good, settleCycles: 0 }).toThrow(/settleCycles is 0, expected a whole number of 1 or more/);
  refused({ ...good, transferCycles: 1.5 }).toThrow(/transferCycles is 1.5/);
  refused({ ...good, pulseEdges: [] }).toThrow(/no gate plane/);
  refused(withEdge({ film: { openPhase: 9, closePhase: 9 } })).toThrow(/closes 0 phases after it opens/);
  refused(withEdge({ film: { openPhase: 0, closePhase: 3201 } })).toThrow(/0 to 3201.*within 0\.\.3200/);
  refused(withEdge({ laserPhase: 3193 })).toThrow(/laser trigger of gate 0.*within 0\.\.3200/);
  refused(withEdge({ film: undefined })).toThrow(/2 pulses in swept-reset gate 0, expected 1/);
  refused({ ...withEdge({ film: undefined, laserPhase: -6401 }), pulsesPerGate: 1 }).toThrow(
    /within -6400\.\.3200/,
  );
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
