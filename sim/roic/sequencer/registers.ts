import type { LidarProfile } from "../../../hw-profiles/sensor-profile.ts";
import { frameTiming } from "../frame-timing.ts";
import { phaseStepNs, realisedGates } from "../gate-edges.ts";

/** Laser and gate edges of a gate plane, in phases from the start of a pulse period. */
export interface PulseEdges {
  /** Negative in swept reset alone: the laser fires before the release. */
  readonly laserPhase: number;
  /** Film bias on and off; absent in swept reset, where the film stays on. */
  readonly film: { readonly openPhase: number; readonly closePhase: number } | undefined;
}

/** What the row sequencer is told. Times in cycles of the ROIC clock, or in phases of it. */
export interface SequencerRegisters {
  readonly rows: number;
  /** Rows that convert together. */
  readonly banks: number;
  readonly phasesPerCycle: number;
  readonly resetCycles: number;
  readonly pulsesPerGate: number;
  readonly pulsePeriodCycles: number;
  /** One entry a gate plane. */
  readonly pulseEdges: readonly PulseEdges[];
  readonly settleCycles: number;
  readonly convertCycles: number;
  readonly transferCycles: number;
  /** The next group settles and converts while this one is transferred. */
  readonly pipelined: boolean;
}

/** The laser trigger is high for one clock; its rising edge is the one that counts. */
export const LASER_TRIGGER_CYCLES = 1;

/**
 * The registers that a profile asks for.
 * @throws RangeError for a combination that the sequencer cannot run; the text names the limit.
 */
export function sequencerRegisters(profile: LidarProfile, pulsesPerGate: number): SequencerRegisters {
  const timing = frameTiming(profile, pulsesPerGate);
  const registers: SequencerRegisters = {
    rows: profile.array.heightPx,
    banks: profile.roic.adcBanks,
    phasesPerCycle: profile.roic.gatePhasesPerClock,
    resetCycles: timing.resetCycles,
    pulsesPerGate,
    pulsePeriodCycles: timing.pulsePeriodCycles,
    pulseEdges: pulseEdges(profile, timing.laserLeadCycles),
    settleCycles: timing.settleCycles,
    convertCycles: timing.convertCycles,
    transferCycles: timing.transferCycles,
    pipelined: profile.roic.pipelined,
  };
  checkRegisters(registers);
  return registers;
}

/** Film bias: the gate moves around a fixed laser. Swept reset: reset is the gate's edge, so the laser moves. */
function pulseEdges(profile: LidarProfile, laserLeadCycles: number): PulseEdges[] {
  const { delaysNs, widthsNs } = realisedGates(profile);
  const phases = (timeNs: number) => Math.round(timeNs / phaseStepNs(profile));
  if (profile.gates.gating === "swept-reset") {
    return delaysNs.map((delayNs) => ({ laserPhase: 0 - phases(delayNs), film: undefined }));
  }
  const laserPhase = laserLeadCycles * profile.roic.gatePhasesPerClock;
  return delaysNs.map((delayNs, gate) => {
    const openPhase = laserPhase + phases(delayNs);
    return { laserPhase, film: { openPhase, closePhase: openPhase + phases(widthsNs[gate]!) } };
  });
}

/** @throws RangeError: what was found, and the limit that it breaks. */
export function checkRegisters(registers: SequencerRegisters): void {
  const { pulseEdges: edges, pipelined: _, ...counts } = registers;
  for (const [name, value] of Object.entries(counts)) {
    if (Number.isSafeInteger(value) && value >= 1) continue;
    throw refusal(`${name} is ${value}`, "a whole number of 1 or more");
  }
  if (edges.length === 0) throw refusal("no gate plane", "at least one");
  edges.forEach((edge, gate) => {
    checkPulse(registers, edge, gate);
  });
}

function checkPulse(registers: SequencerRegisters, { laserPhase, film }: PulseEdges, gate: number): void {
  const { phasesPerCycle, pulsePeriodCycles, pulsesPerGate, resetCycles } = registers;
  const period = pulsePeriodCycles * phasesPerCycle;
  const trigger = LASER_TRIGGER_CYCLES * phasesPerCycle;
  if (film === undefined && pulsesPerGate !== 1) {
    throw refusal(`${pulsesPerGate} pulses in swept-reset gate ${gate}`, "1: the reset is the gate's edge");
  }
  const earliest = film === undefined ? -resetCycles * phasesPerCycle : 0;
  within(`laser trigger of gate ${gate}`, laserPhase, laserPhase + trigger, earliest, period);
  if (film === undefined) return;
  if (film.closePhase <= film.openPhase) {
    throw refusal(
      `gate ${gate} closes ${film.closePhase - film.openPhase} phases after it opens`,
      "1 or more",
    );
  }
  within(`film gate ${gate}`, film.openPhase, film.closePhase, 0, period);
}

function within(what: string, first: number, last: number, from: number, to: number): void {
  if (Number.isSafeInteger(first) && Number.isSafeInteger(last) && first >= from && last <= to) return;
  throw refusal(
    `${what} from phase ${first} to ${last}`,
    `whole phases within ${from}..${to} (from the reset, or the period's start, to the period's end)`,
  );
}

function refusal(found: string, expected: string): RangeError {
  return new RangeError(
    `row sequencer: found ${found}, expected ${expected}; change the profile or its registers`,
  );
}
