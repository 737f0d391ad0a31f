// What a design draws from its supply. No paper describes the chip: the figures of PowerAssumptions are assumed, and stand
// in every output. Left out: processor, USB, cooling.

import type { LidarProfile } from "../../hw-profiles/sensor-profile.ts";
import type { FrameTimes } from "./frame-times.ts";

const VACUUM_PERMITTIVITY_F_PER_M = 8.8541878128e-12;

export interface PowerAssumptions {
  readonly laserEfficiency: number;
  readonly converterPjPerClock: number;
  readonly linkPjPerBit: number;
  readonly chipIdleMw: number;
  readonly filmPermittivity: number;
  readonly filmDepthNm: number;
}

export interface PowerAssumption {
  readonly value: number;
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly source: string;
}

export const POWER_ASSUMPTIONS: Readonly<Record<keyof PowerAssumptions, PowerAssumption>> = {
  laserEfficiency: {
    value: 0.35,
    unit: "1",
    min: 0.001,
    max: 1,
    source: "assumed: optical power over supply power of a laser array with its driver",
  },
  converterPjPerClock: {
    value: 0.15,
    unit: "pJ",
    min: 0,
    max: 1e3,
    source: "assumed: comparator and counter of one converter, 60 uW at 400 MHz",
  },
  linkPjPerBit: {
    value: 5,
    unit: "pJ",
    min: 0,
    max: 1e4,
    source: "assumed: serial links from the chip to the frame store",
  },
  chipIdleMw: {
    value: 50,
    unit: "mW",
    min: 0,
    max: 1e5,
    source: "assumed: sequencer, delay line and references",
  },
  filmPermittivity: {
    value: 10,
    unit: "1",
    min: 1,
    max: 1000,
    source: "assumed: relative permittivity of a film of dots",
  },
  filmDepthNm: {
    value: 280,
    unit: "nm",
    min: 1,
    max: 1e5,
    source: "derived: 100 nm of dots and 180 nm of ZnO are depleted (choi2021 Fig. 4a)",
  },
};

/** The values alone. */
export function defaultPowerAssumptions(): PowerAssumptions {
  const values = Object.entries(POWER_ASSUMPTIONS).map(([name, { value }]) => [name, value] as const);
  return Object.fromEntries(values) as unknown as PowerAssumptions;
}

/** Means over a frame at the highest frame rate, W. */
export interface PowerBudget {
  /** Light that leaves the laser, which fires while gates are exposed only. */
  readonly laserLightW: number;
  readonly laserW: number;
  /** Charging and discharging of the whole film by the gate, C V^2 a pulse; 0 without film-bias gates. */
  readonly gateW: number;
  readonly convertersW: number;
  readonly linkW: number;
  readonly idleW: number;
  readonly totalW: number;
}

export function powerBudget(
  profile: LidarProfile,
  times: FrameTimes,
  assumed: PowerAssumptions = defaultPowerAssumptions(),
): PowerBudget {
  const { adc, array, emitter, gates } = profile;
  const pulsesPerS = times.pulses * times.frameRateHz;
  const laserLightW = emitter.peakPowerW * emitter.pulseWidthNs * 1e-9 * pulsesPerS;
  const samplesPerS = array.widthPx * array.heightPx * gates.delaysNs.length * times.frameRateHz;
  const parts = {
    laserW: laserLightW / assumed.laserEfficiency,
    gateW: gates.gating === "film-bias" ? gateJ(profile, assumed) * pulsesPerS : 0,
    convertersW: samplesPerS * 2 ** adc.bits * assumed.converterPjPerClock * 1e-12,
    linkW: samplesPerS * adc.bits * assumed.linkPjPerBit * 1e-12,
    idleW: assumed.chipIdleMw * 1e-3,
  };
  const totalW = Object.values(parts).reduce((sum, partW) => sum + partW, 0);
  return { laserLightW, ...parts, totalW };
}

/** C V^2 of the whole film, which lies under the array without gaps. */
function gateJ(
  { array, detector }: LidarProfile,
  { filmDepthNm, filmPermittivity }: PowerAssumptions,
): number {
  const areaM2 = array.widthPx * array.heightPx * (array.pitchUm * 1e-6) ** 2;
  const filmF = (VACUUM_PERMITTIVITY_F_PER_M * filmPermittivity * areaM2) / (filmDepthNm * 1e-9);
  return filmF * detector.operatingBiasV ** 2;
}
