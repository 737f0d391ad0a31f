import { expect, test } from "vitest";
import type { Draws } from "../../../sim/random/draws.ts";
import {
  checkRamp,
  crossingCount,
  latchedCode,
  type RampSpec,
  rampDn,
} from "../../../sim/roic/adc/single-slope.ts";
import { frameTiming, rowSampleCycles } from "../../../sim/roic/frame-timing.ts";
import { lidarUnits } from "../../../sim/roic/sequencer/lidar-program.ts";
import { runMachine } from "../../../sim/roic/sequencer/machine.ts";
import { type Edge, Outputs } from "../../../sim/roic/sequencer/outputs.ts";
import { type SequencerRegisters, sequencerRegisters } from "../../../sim/roic/sequencer/registers.ts";
import * as S from "../../../sim/roic/sequencer/signals.ts";
import { periodicTrigger, type TriggerPulse } from "../../../sim/roic/sequencer/trigger-unit.ts";
import { clockedEdges } from "../../reference/roic/clocked-sequencer.ts";
import { randomProfile } from "./random-profile.ts";

const CONFIGURATIONS = 1000;
const INPUTS = 40;

function eventEdges(registers: SequencerRegisters, frames: number): Edge[] {
  const outputs = new Outputs(S.ROW_SELECT + registers.rows);
  return [...runMachine({ units: lidarUnits(registers, frames), outputs })];
}

/** The first clock at which a ramp that is stepped has passed the input. */
function steppedCount(ramp: RampSpec, inputDn: number): number {
  for (let count = 0; count < 2 ** ramp.bits; count++) if (rampDn(ramp, count) > inputDn) return count;
  return 2 ** ramp.bits;
}

function randomRamp(bits: number, draws: Draws): RampSpec {
  const points = [0, 2, 3, 6][draws.integer(900, 4)]!;
  const inlDn = Array.from({ length: points }, (_, i) => 0.2 * draws.normal(i, 901) * 2 ** (bits - 4));
  const ramp = { bits, startDn: 0.5, stepDn: 0.9 + 0.2 * draws.uniform(902), inlDn };
  try {
    checkRamp(ramp);
    return ramp;
  } catch {
    return { ...ramp, inlDn: inlDn.map((inl) => inl / 16) };
  }
}

test(`event-driven and clock by clock: the same edges and codes in ${CONFIGURATIONS} configurations`, () => {
  let edgeCount = 0;
  for (let seed = 0; seed < CONFIGURATIONS; seed++) {
    const { profile, pulses, draws } = randomProfile(seed);
    const registers = sequencerRegisters(profile, pulses);
    const frames = 1 + (seed % 2);
    const edges = eventEdges(registers, frames);
    const expected = clockedEdges(registers, frames);
    // Compared as text first: a deep comparison of a million objects is slow.
    if (JSON.stringify(edges) !== JSON.stringify(expected)) expect(edges, `seed ${seed}`).toEqual(expected);
    edgeCount += edges.length;

    const timing = frameTiming(profile, pulses);
    const cyclesOf = (signal: number, value: number) =>
      edges.filter((edge) => edge.signal === signal && edge.value === value).map((edge) => edge.cycle);
    expect(edges.at(-1)!.cycle).toBe(frames * timing.frameCycles);
    const resets = cyclesOf(S.RESET, 1);
    resets.forEach((cycle, plane) => {
      expect(cycle).toBe(plane * (timing.gateCycles + timing.planeReadCycles));
    });
    const settled = cyclesOf(S.SETTLE, 0);
    settled.forEach((cycle, i) => {
      const plane = Math.floor(i / timing.groups);
      const row = (i % timing.groups) * timing.rowsPerGroup;
      expect(cycle).toBe(resets[plane]! + timing.gateCycles + rowSampleCycles(timing, row));
    });

    const ramp = randomRamp(profile.adc.bits, draws);
    checkRamp(ramp);
    for (let i = 0; i < INPUTS; i++) {
      const offsetDn = 0.7 * draws.normal(i, 903);
      // Whole counts of the ramp among them: ties.
      const onRamp = rampDn(ramp, draws.integer(i, 2 ** ramp.bits, 904));
      const level = (1.4 * draws.uniform(i, 905) - 0.2) * 2 ** ramp.bits + offsetDn;
      const inputDn = i % 4 === 0 ? onRamp : level;
      expect(crossingCount(ramp, inputDn)).toBe(steppedCount(ramp, inputDn));
    }
  }
  expect(edgeCount).toBeGreaterThan(200 * CONFIGURATIONS);
});

/** Rises at the shortest period, at longer ones, or within a frame. */
function randomTrain(seed: number, frames: number, frameCycles: number, draws: Draws): TriggerPulse[] {
  if (seed % 3 === 0) {
    const train = periodicTrigger(frameCycles);
    return Array.from({ length: frames }, () => train.next().value);
  }
  const periodCycles = Math.max(3, Math.floor(frameCycles * (seed % 3 === 1 ? 1.3 : 0.4)));
  return Array.from({ length: 9 * frames }, (_, i) => {
    const riseCycle = 3 + i * periodCycles + draws.integer(i, 2, 907);
    return { riseCycle, fallCycle: riseCycle + 1 };
  });
}

test("triggered, event-driven and clock by clock: the same edges and missed triggers", () => {
  let missed = 0;
  for (let seed = 0; seed < 200; seed++) {
    const { profile, pulses, draws } = randomProfile(seed);
    const registers = sequencerRegisters(profile, pulses);
    const frames = 1 + (seed % 4);
    const train = randomTrain(seed, frames, frameTiming(profile, pulses).frameCycles, draws);
    let found = 0;
    const trigger = { pulses: train, onMissed: () => found++ };
    const outputs = new Outputs(S.ROW_SELECT + registers.rows);
    const edges = [...runMachine({ units: lidarUnits(registers, frames, undefined, trigger), outputs })];
    const level = (cycle: number) =>
      train.some(({ fallCycle, riseCycle }) => cycle >= riseCycle && cycle < fallCycle) ? 1 : 0;
    const expected = clockedEdges(registers, frames, level);
    if (JSON.stringify(edges) !== JSON.stringify(expected)) expect(edges, `seed ${seed}`).toEqual(expected);
    expect(edges.filter(({ signal, value }) => signal === S.TRIGGER_MISSED && value === 1)).toHaveLength(
      found,
    );
    missed += found;
  }
  expect(missed).toBeGreaterThan(50);
});

test("the conditions of the sequencer are all met by the random configurations", () => {
  const seen = new Set<string>();
  for (let seed = 0; seed < CONFIGURATIONS; seed++) {
    const { profile, pulses } = randomProfile(seed);
    const t = frameTiming(profile, pulses);
    const isSlow = t.transferCycles > t.settleCycles + t.convertCycles;
    seen.add(`${profile.gates.gating} ${profile.roic.pipelined} ${isSlow}`);
  }
  expect(seen.size).toBe(8);
});

test("an ideal ramp rounds as the exposure does: floor(x + 0.5), clamped, ties included", () => {
  const ramp: RampSpec = { bits: 12, startDn: 0.5, stepDn: 1, inlDn: [] };
  for (let i = -40; i < 4200 * 8; i++) {
    const x = i / 8;
    expect(latchedCode(ramp, x)).toBe(Math.min(Math.max(Math.floor(x + 0.5), 0), 4095));
  }
});

test("the mean quantisation error is zero, its variance 1/12", () => {
  const ramp: RampSpec = { bits: 10, startDn: 0.5, stepDn: 1, inlDn: [] };
  const steps = 1000 * 128;
  let sum = 0;
  let squares = 0;
  // Inputs in the middle of 128 equal cells of every code: an exact average, nothing random.
  for (let i = 0; i < steps; i++) {
    const x = 10.5 + (i + 0.5) / 128;
    const error = latchedCode(ramp, x) - x;
    sum += error;
    squares += error * error;
  }
  expect(Math.abs(sum / steps)).toBeLessThan(1e-9);
  expect(squares / steps).toBeCloseTo(1 / 12, 4);
});

test("a ramp that does not rise is refused", () => {
  const ramp: RampSpec = { bits: 4, startDn: 0.5, stepDn: 1, inlDn: [] };
  expect(() => checkRamp({ ...ramp, stepDn: 0 })).toThrow(/slope of 0/);
  expect(() => checkRamp({ ...ramp, bits: 0 })).toThrow(/found 0 bits/);
  expect(() => checkRamp({ ...ramp, inlDn: [1] })).toThrow(/at least 2/);
  expect(() => checkRamp({ ...ramp, inlDn: [0, 0, -9] })).toThrow(/falls by 1\.125 DN.*after point 1.*0\.5/);
});
