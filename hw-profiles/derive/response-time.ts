/** Rise time and bandwidth of a photodiode [meng2024 section 4]. */
import { VACUUM_PERMITTIVITY_F_PER_M } from "./constants.ts";

/** 10-90 % time of one pole in time constants: ln 9. */
export const LN_9 = 2.1972245773362196;
/** tau_rise of an RC stage in RC, as the review rounds ln 9. */
const RISE_PER_RC = 2.2;

/** Capacitance of a depleted film, F: eps0 eps_r A / d. */
export function filmCapacitanceF(areaCm2: number, thicknessNm: number, relativePermittivity: number): number {
  return (VACUUM_PERMITTIVITY_F_PER_M * relativePermittivity * areaCm2 * 1e-4) / (thicknessNm * 1e-9);
}

export interface RiseParts {
  readonly driftS: number;
  /** R C, not multiplied by 2.2. */
  readonly rcS: number;
  readonly diffusionS: number;
}

/** Rise time of a photodiode, s: sqrt(drift^2 + (2.2 RC)^2 + diffusion^2). */
export function photodiodeRiseTimeS({ driftS, rcS, diffusionS }: RiseParts): number {
  const rc = RISE_PER_RC * rcS;
  return Math.sqrt(driftS * driftS + rc * rc + diffusionS * diffusionS);
}

/** 3 dB bandwidth, Hz, where drift limits: 0.45 / rise time. */
export function driftBandwidthHz(riseTimeS: number): number {
  return 0.45 / riseTimeS;
}

/** 3 dB bandwidth, Hz, of one pole: 1 / (2 pi tau), about 0.35 / rise time. */
export function poleBandwidthHz(tauS: number): number {
  return 1 / (2 * Math.PI * tauS);
}

/** The plates and load of a measured device. */
export interface MeasuredStack {
  readonly areaCm2: number;
  readonly thicknessNm: number;
  readonly relativePermittivity: number;
  readonly loadOhm: number;
}

/**
 * A measured rise or fall time (10-90 %, s) on another area of the same stack: its RC part, 2.2 R C, follows the area, the rest
 * stays. Where the plates alone would be slower than what was measured, all of it counts as RC.
 */
export function areaScaledTimeS(measuredS: number, stack: MeasuredStack, areaCm2: number): number {
  const capacitanceF = filmCapacitanceF(stack.areaCm2, stack.thicknessNm, stack.relativePermittivity);
  const rcS = Math.min(stack.loadOhm * capacitanceF, measuredS / RISE_PER_RC);
  const rcPart = RISE_PER_RC * rcS;
  const filmS = Math.sqrt(measuredS * measuredS - rcPart * rcPart);
  const scaledS = (rcS * areaCm2) / stack.areaCm2;
  return photodiodeRiseTimeS({ driftS: filmS, rcS: scaledS, diffusionS: 0 });
}
