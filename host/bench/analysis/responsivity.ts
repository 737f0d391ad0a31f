import { PHOTON_EV_NM } from "../../../hw-profiles/derive/constants.ts";
import { lineFit } from "./linear-fit.ts";

export interface ResponsivityFit {
  /** Photocurrent per power at `atW`, A/W. */
  readonly responsivityAPerW: number;
  /** Relative. */
  readonly standardError: number;
  /** k of I_ph ~ P^k. */
  readonly exponent: number;
  readonly exponentError: number;
}

/**
 * I_ph = R P0 (P / P0)^k, a line in the logarithms.
 * @param powersW, photocurrentsA without the dark current, both above 0.
 * @param atW power P0 at which the responsivity is stated.
 */
export function fitResponsivity(
  powersW: readonly number[],
  photocurrentsA: readonly number[],
  atW: number,
): ResponsivityFit {
  const line = lineFit(
    powersW.map((power) => Math.log(power / atW)),
    photocurrentsA.map((current) => Math.log(Math.abs(current) / atW)),
  );
  return {
    responsivityAPerW: Math.exp(line.intercept),
    standardError: line.interceptError,
    exponent: line.slope,
    exponentError: line.slopeError,
  };
}

/** Electrons per photon. */
export function quantumEfficiency(responsivityAPerW: number, wavelengthNm: number): number {
  return (responsivityAPerW * PHOTON_EV_NM) / wavelengthNm;
}

/** D* = R sqrt(A) / i_n, Jones. */
export function detectivity(responsivityAPerW: number, areaCm2: number, noiseAPerRtHz: number): number {
  return (responsivityAPerW * Math.sqrt(areaCm2)) / noiseAPerRtHz;
}
