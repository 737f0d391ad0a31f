// The row sequencer in LiDAR mode: every edge of a frame with its cycle stamp. The image pipeline does not walk this
// list (the closed formulas of frame-timing.ts say the same); waveform traces and tests do.

import type { SensorProfile } from "../../hw-profiles/sensor-profile.ts";
import { cyclesToNs, type FrameTiming } from "./frame-timing.ts";
import { phaseStepNs, realisedGates } from "./gate-edges.ts";

export type EdgeKind =
  | "reset-assert"
  | "reset-release"
  | "laser"
  | "gate-open"
  | "gate-close"
  | "row-select"
  | "convert-start"
  | "convert-end"
  | "transfer-start"
  | "transfer-end";

export interface SequencerEdge {
  readonly kind: EdgeKind;
  /** Cycle of the ROIC clock, counted from the frame's start. */
  readonly cycle: number;
  /** Sub-clock phase, 0 .. gatePhasesPerClock - 1; other than 0 for laser and gate edges alone. */
  readonly phase: number;
  readonly gate: number;
  /** Pulse number within the gate for laser and gate edges, row group for read edges, else 0. */
  readonly index: number;
}

/** Edges gate by gate: reset, pulses, plane read. Transfers of a pipelined read overlap with the next group's edges. */
export function* frameEdges(profile: SensorProfile, timing: FrameTiming): Generator<SequencerEdge> {
  for (let gate = 0; gate < timing.gates; gate++) {
    const start = gate * (timing.gateCycles + timing.planeReadCycles);
    yield { kind: "reset-assert", cycle: start, phase: 0, gate, index: 0 };
    yield { kind: "reset-release", cycle: start + timing.resetCycles, phase: 0, gate, index: 0 };
    yield* pulseEdges(profile, timing, gate, start + timing.resetCycles);
    yield* planeReadEdges(timing, gate, start + timing.gateCycles);
  }
}

/** Film bias: the gate moves around a fixed laser. Swept reset: reset is the gate's edge, so the laser moves. */
function* pulseEdges(
  profile: SensorProfile,
  timing: FrameTiming,
  gate: number,
  release: number,
): Generator<SequencerEdge> {
  const edges = realisedGates(profile);
  const delayNs = edges.delaysNs[gate] ?? 0;
  const widthNs = edges.widthsNs[gate] ?? 0;
  const swept = profile.gates.gating === "swept-reset";
  const leadNs = cyclesToNs(timing.laserLeadCycles, timing.clockHz);
  for (let pulse = 0; pulse < timing.pulsesPerGate; pulse++) {
    const start = release + pulse * timing.pulsePeriodCycles;
    const at = (kind: EdgeKind, offsetNs: number) => stamp(profile, kind, start, offsetNs, gate, pulse);
    if (swept) {
      yield at("laser", -delayNs);
      continue;
    }
    yield at("laser", leadNs);
    yield at("gate-open", leadNs + delayNs);
    yield at("gate-close", leadNs + delayNs + widthNs);
  }
}

function stamp(
  profile: SensorProfile,
  kind: EdgeKind,
  start: number,
  offsetNs: number,
  gate: number,
  index: number,
): SequencerEdge {
  const phases = Math.round(offsetNs / phaseStepNs(profile));
  const cycles = Math.floor(phases / profile.roic.gatePhasesPerClock);
  const phase = phases - cycles * profile.roic.gatePhasesPerClock;
  return { kind, cycle: start + cycles, phase, gate, index };
}

function* planeReadEdges(timing: FrameTiming, gate: number, start: number): Generator<SequencerEdge> {
  for (let group = 0; group < timing.groups; group++) {
    const select = start + group * timing.groupCycles;
    const convert = select + timing.settleCycles;
    const converted = convert + timing.convertCycles;
    yield { kind: "row-select", cycle: select, phase: 0, gate, index: group };
    yield { kind: "convert-start", cycle: convert, phase: 0, gate, index: group };
    yield { kind: "convert-end", cycle: converted, phase: 0, gate, index: group };
    yield { kind: "transfer-start", cycle: converted, phase: 0, gate, index: group };
    yield { kind: "transfer-end", cycle: converted + timing.transferCycles, phase: 0, gate, index: group };
  }
}
