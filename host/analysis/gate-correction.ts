import type { LidarProfile } from "../../hw-profiles/sensor-profile.ts";

/** Gates as the board was told them (its registers), ns after the laser edge. */
export interface GateTimes {
  readonly gateDelaysNs: readonly number[];
  readonly gateWidthsNs: readonly number[];
}

/** Where a chip's gates are beside where they were asked for; ns. */
export interface GateCorrection {
  /** Added to the width of all gates. */
  readonly widthNs: number;
  /** Commanded delay of the first of `delaysNs`, and their distance. */
  readonly startNs: number;
  readonly stepNs: number;
  /** Added to a commanded delay: linear between the points, held beyond them; none: nothing is added. */
  readonly delaysNs: readonly number[];
}

/** A profile with the response, pulse and time offset of one device, and what is known of its gates. */
export interface CalibratedProfile extends LidarProfile {
  readonly gateCorrection?: GateCorrection;
}

/** The gates as they really are. */
export function trueGates(
  { gateDelaysNs, gateWidthsNs }: GateTimes,
  { gateCorrection }: CalibratedProfile,
): GateTimes {
  if (gateCorrection === undefined) return { gateDelaysNs, gateWidthsNs };
  return {
    gateDelaysNs: gateDelaysNs.map((delayNs) => trueDelayNs(delayNs, gateCorrection)),
    gateWidthsNs: gateWidthsNs.map((widthNs) => widthNs + gateCorrection.widthNs),
  };
}

/** Where a gate opens that was asked for at `delayNs`. */
function trueDelayNs(delayNs: number, { delaysNs, startNs, stepNs }: GateCorrection): number {
  const last = delaysNs.length - 1;
  const place = Math.min(last, Math.max(0, (delayNs - startNs) / stepNs));
  const cell = Math.floor(place);
  const low = delaysNs[cell] ?? 0;
  const high = delaysNs[Math.min(last, cell + 1)] ?? 0;
  return delayNs + low + (place - cell) * (high - low);
}
