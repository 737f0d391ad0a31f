import type { LidarProfile } from "../../hw-profiles/sensor-profile.ts";
import { cyclesAtLeast } from "./frame-timing.ts";
import { phaseStepNs } from "./gate-edges.ts";

/** Gates of a film-bias array as registers have set them. Planes may share a delay: each is an exposure of its own. */
export interface GateSetting {
  /** One a gate plane, ns after the laser edge. */
  readonly delaysNs: readonly number[];
  /** Of all gates: the background of a pixel must be the same in every gate. */
  readonly widthNs: number;
}

/** Profiles with other gates that are kept: a schedule and the scans between its frames. */
const KEPT = 4;

interface Gated {
  readonly gates: GateSetting;
  readonly profile: LidarProfile;
}

const known = new WeakMap<LidarProfile, Gated[]>();

/**
 * The profile with these gates in the place of its own; undefined: the profile itself. The same object for equal gates,
 * so that what follows from it can be kept.
 */
export function gatedProfile(profile: LidarProfile, gates: GateSetting | undefined): LidarProfile {
  if (gates === undefined) return profile;
  const kept = known.get(profile) ?? [];
  known.set(profile, kept);
  const found = kept.findIndex((one) => sameGates(one.gates, gates));
  const one = found < 0 ? { gates, profile: withGates(profile, gates) } : kept.splice(found, 1)[0]!;
  kept.unshift(one);
  kept.length = Math.min(kept.length, KEPT);
  return one.profile;
}

function withGates(profile: LidarProfile, { delaysNs, widthNs }: GateSetting): LidarProfile {
  return { ...profile, gates: { ...profile.gates, delaysNs, widthsNs: delaysNs.map(() => widthNs) } };
}

export function sameGates(a: GateSetting | undefined, b: GateSetting | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  const { delaysNs, widthNs } = b;
  return (
    a.widthNs === widthNs &&
    a.delaysNs.length === delaysNs.length &&
    a.delaysNs.every((delayNs, gate) => delayNs === delaysNs[gate])
  );
}

/** Why the row sequencer cannot place these gates, else undefined: found, expected. */
export function gateRefusal(profile: LidarProfile, { delaysNs, widthNs }: GateSetting): string | undefined {
  const { clockHz } = profile.adc;
  const cycleNs = 1e9 / clockHz;
  const stepNs = phaseStepNs(profile);
  if (widthNs < stepNs) return `found a width of ${widthNs} ns, expected at least one phase, ${stepNs} ns`;
  const periodNs = Math.round(clockHz / profile.emitter.repetitionHz) * cycleNs;
  const firstNs = Math.min(0, ...delaysNs);
  const lastNs = Math.max(...delaysNs);
  // The laser fires on a clock, late enough for the gate that opens before it.
  const leadNs = cyclesAtLeast(-firstNs, clockHz) * cycleNs;
  const spanNs = leadNs + Math.max(lastNs + widthNs, cycleNs);
  if (spanNs <= periodNs) return undefined;
  return (
    `found gates from ${firstNs} to ${lastNs + widthNs} ns: ${spanNs} ns with the laser's lead, expected at most the ` +
    `pulse period, ${periodNs} ns`
  );
}
