/** What a detector sees: peak, Gaussian red edge, plateau on the blue side. */
import type { SpectralResponse } from "../device-profile.ts";
import { PHOTON_EV_NM } from "./constants.ts";

/** Below this share of the peak response a detector is blind. */
export const BLIND_BELOW = 0.01;

/**
 * Response at a wavelength relative to the peak, 0..1: a Gaussian in photon energy with the half width of the exciton
 * peak; on the blue side never below the plateau, 0 below minNm.
 */
export function relativeResponse(spectrum: SpectralResponse, wavelengthNm: number): number {
  if (wavelengthNm < spectrum.minNm) return 0;
  const offsetEv = PHOTON_EV_NM / wavelengthNm - PHOTON_EV_NM / spectrum.peakNm;
  const gaussian = 2 ** -((offsetEv / spectrum.halfWidthEv) ** 2);
  return offsetEv > 0 ? Math.max(gaussian, spectrum.plateau) : gaussian;
}

/** Wavelengths between which the response is at least BLIND_BELOW of the peak, nm. */
export function visibleRangeNm(spectrum: SpectralResponse): readonly [number, number] {
  const reachEv = spectrum.halfWidthEv * Math.sqrt(-Math.log2(BLIND_BELOW));
  const peakEv = PHOTON_EV_NM / spectrum.peakNm;
  const redNm = reachEv < peakEv ? PHOTON_EV_NM / (peakEv - reachEv) : Number.POSITIVE_INFINITY;
  const blueNm = PHOTON_EV_NM / (peakEv + reachEv);
  return [spectrum.plateau >= BLIND_BELOW ? spectrum.minNm : Math.max(spectrum.minNm, blueNm), redNm];
}

/** Responsivity, A/W: EQE lambda / 1239.84 nm. */
export function responsivityAPerW(eqe: number, wavelengthNm: number): number {
  return (eqe * wavelengthNm) / PHOTON_EV_NM;
}
