/**
 * Light-emitting diode of quantum dots: line, power, ageing.
 *
 * Not modelled: roll-off of the efficiency with current, heating, early rise of the luminance, shift of the line.
 */
import { PHOTON_EV_NM } from "../../hw-profiles/derive/constants.ts";
import { lightLeft } from "../../hw-profiles/derive/led-ageing.ts";
import type { LedProfile } from "../../hw-profiles/device-profile.ts";
import { gaussianLine } from "../material/line-shape.ts";
import { exp, pow } from "../math/elementary.ts";

/** Optical power, W, at a current in mA: every electron gives `eqe` photons of the line's energy. */
export function ledPowerW({ eqe, wavelengthNm }: LedProfile, currentMa: number): number {
  return currentMa * 1e-3 * eqe * (PHOTON_EV_NM / wavelengthNm);
}

/** Spectral power relative to the peak. */
export function ledLine({ wavelengthNm, fwhmNm }: LedProfile, atNm: number): number {
  return gaussianLine(atNm - wavelengthNm, fwhmNm / 2);
}

/** Luminance after minutes of operation at constant current. */
export function agedLuminance(led: LedProfile, initialCdPerM2: number, minutes: number): number {
  return initialCdPerM2 * lightLeft(led, initialCdPerM2, minutes, { exp, pow });
}
