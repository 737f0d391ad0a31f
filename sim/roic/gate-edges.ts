import type { LidarProfile } from "../../hw-profiles/sensor-profile.ts";

export interface GateEdges {
  /** Gate opens this long after the laser edge, ns. */
  readonly delaysNs: readonly number[];
  readonly widthsNs: readonly number[];
}

/**
 * Gate edges as the ROIC can place them: on the nearest of `gatePhasesPerClock` phases of its clock.
 * A swept-reset sample has no closing edge: it lasts to the end of the pulse period.
 * @throws when film-bias gates differ in width or do not fit into the pulse period.
 */
export function realisedGates(profile: LidarProfile): GateEdges {
  const stepNs = phaseStepNs(profile);
  const periodNs = 1e9 / profile.emitter.repetitionHz;
  const swept = profile.gates.gating === "swept-reset";
  const snap = (timeNs: number) => Math.round(timeNs / stepNs) * stepNs;
  const delaysNs = profile.gates.delaysNs.map(snap);
  const widthsNs = swept ? delaysNs.map((delayNs) => periodNs - delayNs) : profile.gates.widthsNs.map(snap);
  if (!swept) checkFilmBias(profile.name, delaysNs, widthsNs, periodNs);
  return { delaysNs, widthsNs };
}

export function phaseStepNs(profile: LidarProfile): number {
  return 1e9 / profile.adc.clockHz / profile.roic.gatePhasesPerClock;
}

function checkFilmBias(
  name: string,
  delaysNs: readonly number[],
  widthsNs: readonly number[],
  periodNs: number,
): void {
  const firstNs = widthsNs[0];
  if (firstNs === undefined || widthsNs.length !== delaysNs.length) {
    throw new Error(
      `gates of ${name}: found ${delaysNs.length} delays and ${widthsNs.length} widths, expected equally many`,
    );
  }
  const oddNs = widthsNs.find((widthNs) => widthNs !== firstNs || widthNs <= 0);
  if (oddNs !== undefined) {
    throw new Error(
      `gates of ${name}: found widths of ${firstNs} ns and ${oddNs} ns, expected one positive width for all gates ` +
        "(the background of a pixel must be the same in every gate)",
    );
  }
  const spanNs = Math.max(...delaysNs) + firstNs - Math.min(0, ...delaysNs);
  if (spanNs > periodNs) {
    throw new Error(
      `gates of ${name}: found a span of ${spanNs} ns, expected at most the pulse period, ${periodNs} ns`,
    );
  }
}
