import type { LidarProfile } from "../../../hw-profiles/sensor-profile.ts";
import { randomProfile } from "../roic/random-profile.ts";
import type { BenchRun } from "./icarus.ts";

/** A random LiDAR sensor whose codes lie over the whole range of its small converters, and beyond. */
export function lidarProfile(seed: number): LidarProfile {
  const { profile, pulses } = randomProfile(seed);
  const counts = 2 ** profile.adc.bits;
  return {
    ...profile,
    adc: { ...profile.adc, pedestalDn: counts / 4 },
    emitter: { ...profile.emitter, pulseWidthNs: 0.5e9 / profile.emitter.repetitionHz },
    gates: { ...profile.gates, pulsesPerGate: pulses },
    pixel: { ...profile.pixel, offsetSpreadDn: counts / 4, columnOffsetSpreadDn: counts / 8 },
  };
}

/** Parameters of the RTL for a profile. */
export function lidarParameters({ adc, array, roic }: LidarProfile, columns: number): BenchRun["parameters"] {
  return {
    ROWS: array.heightPx,
    COLUMNS: columns,
    BANKS: roic.adcBanks,
    PHASES: roic.gatePhasesPerClock,
    ADC_BITS: adc.bits,
  };
}

/** Registers of the RTL for a profile, by docs/timing.md alone. */
export function lidarRegisters(profile: LidarProfile, frames: number): BenchRun["registers"] {
  const { adc, array, emitter, gates, roic } = profile;
  const atLeast = (timeNs: number) => Math.ceil((timeNs * adc.clockHz) / 1e9 - 1e-6);
  return {
    mode: 0,
    frame_count: frames,
    height: array.heightPx,
    row_binning: 1,
    row_decimation: 1,
    banks: roic.adcBanks,
    pipelined: Number(roic.pipelined),
    reset_cycles: atLeast(roic.globalResetNs),
    settle_cycles: atLeast(roic.settleNs),
    transfer_cycles: atLeast(roic.transferNs),
    gate_count: gates.delaysNs.length,
    pulses_per_gate: gates.pulsesPerGate,
    pulse_period_cycles: Math.round(adc.clockHz / emitter.repetitionHz),
    laser_lead_cycles: atLeast(Math.max(0, ...gates.delaysNs.map((delayNs) => -delayNs))),
    gate_width_phases: inPhases(profile, gates.widthsNs[0]!),
    swept_reset: Number(gates.gating === "swept-reset"),
  };
}

/** Delays of the gates in phases. */
export function gateDelays(profile: LidarProfile): number[] {
  return profile.gates.delaysNs.map((delayNs) => inPhases(profile, delayNs));
}

function inPhases({ adc, roic }: LidarProfile, timeNs: number): number {
  return Math.round((timeNs * adc.clockHz * roic.gatePhasesPerClock) / 1e9);
}

/** What a configuration covers. */
export function lidarCovers({ array, gates, roic }: LidarProfile): string[] {
  const isShort = array.heightPx % roic.adcBanks > 0;
  const banks = roic.adcBanks === 1 ? "one bank" : isShort ? "banks, last group short" : "banks";
  return [`LiDAR ${gates.gating}, ${roic.pipelined ? "pipelined" : "not pipelined"}`, `LiDAR ${banks}`];
}
