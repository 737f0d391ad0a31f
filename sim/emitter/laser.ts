/**
 * Optically pumped laser: spontaneous emission that stays at its threshold value, and stimulated emission above,
 *   out = slope [s min(pump, threshold) + max(0, pump - threshold)].
 *
 * Not modelled: build-up from the gain and the losses (the threshold is the document's), mode structure, saturation, pulses.
 */

import { PHOTON_EV_NM } from "../../hw-profiles/derive/constants.ts";
import type { PumpedLaserProfile } from "../../hw-profiles/device-profile.ts";
import { gaussianLine } from "../material/line-shape.ts";

/** Share of spontaneous emission that goes into the laser's direction: assumed. */
const SPONTANEOUS_SHARE = 1e-3;
/** Half width at half maximum of the spontaneous line, eV: assumed, as of a film of PbS dots. */
const SPONTANEOUS_HALF_WIDTH_EV = 0.05;

/** Output below (spontaneous) and above threshold (stimulated), in the pump's unit. */
function outputs({ threshold, slopeEfficiency }: PumpedLaserProfile, pump: number) {
  return {
    spontaneous: slopeEfficiency * SPONTANEOUS_SHARE * Math.min(pump, threshold.value),
    stimulated: slopeEfficiency * Math.max(0, pump - threshold.value),
  };
}

/** Output at a pump level, both in the unit of the threshold. */
export function laserOutput(laser: PumpedLaserProfile, pump: number): number {
  const { spontaneous, stimulated } = outputs(laser, pump);
  return spontaneous + stimulated;
}

/**
 * Spectral density of the output at `drive` times the threshold, relative to the spontaneous peak at threshold. `linewidthEv` is
 * the full width at half maximum of the stimulated line.
 */
export function laserLine(laser: PumpedLaserProfile, drive: number, atNm: number): number {
  const { spontaneous, stimulated } = outputs(laser, drive * laser.threshold.value);
  const fromLineEv = PHOTON_EV_NM / atNm - PHOTON_EV_NM / laser.wavelengthNm;
  const atThreshold = outputs(laser, laser.threshold.value).spontaneous;
  const narrowing = SPONTANEOUS_HALF_WIDTH_EV / (laser.linewidthEv / 2);
  return (
    (spontaneous * gaussianLine(fromLineEv, SPONTANEOUS_HALF_WIDTH_EV) +
      stimulated * narrowing * gaussianLine(fromLineEv, laser.linewidthEv / 2)) /
    atThreshold
  );
}
