// Closed formulas of the LiDAR frame. All times are whole cycles of the ROIC clock; the machine in sequencer/
// makes the same edges one by one, and a test holds the two against each other.

import type { AdcProfile, LidarProfile } from "../../hw-profiles/sensor-profile.ts";

export interface FrameTiming {
  readonly clockHz: number;
  readonly gates: number;
  readonly pulsesPerGate: number;
  readonly pulsePeriodCycles: number;
  /** From the start of a pulse period to the laser's edge, so that gates with negative delays fit. */
  readonly laserLeadCycles: number;
  readonly resetCycles: number;
  readonly settleCycles: number;
  readonly convertCycles: number;
  readonly transferCycles: number;
  /** Rows that convert together. */
  readonly rowsPerGroup: number;
  readonly groups: number;
  /** From one row group's select to the next one's. */
  readonly groupCycles: number;
  /** Reset and M pulse periods. */
  readonly gateCycles: number;
  /** First row select to the end of the last transfer. */
  readonly planeReadCycles: number;
  readonly frameCycles: number;
}

/** Single slope: the counter runs through its whole range, 2^bits clocks. */
export function conversionCycles(adc: AdcProfile): number {
  return 2 ** adc.bits;
}

/** Shortest whole number of clock cycles that is not below `timeNs`. */
export function cyclesAtLeast(timeNs: number, clockHz: number): number {
  return Math.ceil((timeNs * clockHz) / 1e9 - 1e-6);
}

/**
 * frame = K (reset + M T + plane read); plane read, pipelined = (G - 1) max(settle + convert, transfer) + settle +
 * convert + transfer; not pipelined = G (settle + convert + transfer), with G = rows / banks, rounded up.
 * @param pulsesPerGate M; swept-reset gates take one pulse.
 */
export function frameTiming(profile: LidarProfile, pulsesPerGate: number): FrameTiming {
  const { adc, array, emitter, gates, roic } = profile;
  const clockHz = adc.clockHz;
  const pulsePeriodCycles = Math.round(clockHz / emitter.repetitionHz);
  const resetCycles = cyclesAtLeast(roic.globalResetNs, clockHz);
  const settleCycles = cyclesAtLeast(roic.settleNs, clockHz);
  const convertCycles = conversionCycles(adc);
  const transferCycles = cyclesAtLeast(roic.transferNs, clockHz);
  const groups = Math.ceil(array.heightPx / roic.adcBanks);
  const sampleCycles = settleCycles + convertCycles;
  const groupCycles = roic.pipelined ? Math.max(sampleCycles, transferCycles) : sampleCycles + transferCycles;
  const gateCycles = resetCycles + pulsesPerGate * pulsePeriodCycles;
  const planeReadCycles = (groups - 1) * groupCycles + sampleCycles + transferCycles;
  return {
    clockHz,
    gates: gates.delaysNs.length,
    pulsesPerGate,
    pulsePeriodCycles,
    laserLeadCycles: cyclesAtLeast(Math.max(0, ...gates.delaysNs.map((delayNs) => -delayNs)), clockHz),
    resetCycles,
    settleCycles,
    convertCycles,
    transferCycles,
    rowsPerGroup: roic.adcBanks,
    groups,
    groupCycles,
    gateCycles,
    planeReadCycles,
    frameCycles: gates.delaysNs.length * (gateCycles + planeReadCycles),
  };
}

export function frameRateHz(timing: FrameTiming): number {
  return timing.clockHz / timing.frameCycles;
}

export function cyclesToNs(cycles: number, clockHz: number): number {
  return (cycles * 1e9) / clockHz;
}

/** Cycles from the end of the last pulse period to the instant the sensor row is sampled (end of its settling). */
export function rowSampleCycles(timing: FrameTiming, row: number): number {
  return Math.floor(row / timing.rowsPerGroup) * timing.groupCycles + timing.settleCycles;
}
