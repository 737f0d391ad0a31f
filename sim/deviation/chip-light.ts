import type { LidarProfile } from "../../hw-profiles/sensor-profile.ts";
import { realisedGates } from "../roic/gate-edges.ts";
import type { ChipDeviation } from "./chip-deviation.ts";

/** The profile as far as its light goes: a longer pulse of the same power brings more of it. */
export function litProfile(profile: LidarProfile, { pulseNs }: ChipDeviation): LidarProfile {
  const { emitter } = profile;
  return { ...profile, emitter: { ...emitter, pulseWidthNs: emitter.pulseWidthNs + pulseNs } };
}

/** Wider gates collect more of steady light. What leaks in while they are closed is left as it is. */
export function scaleAmbient(
  ambientScaleE: Float32Array,
  profile: LidarProfile,
  { gateWidthNs }: ChipDeviation,
): void {
  const widthNs = realisedGates(profile).widthsNs[0] ?? 0;
  if (profile.gates.gating === "swept-reset" || gateWidthNs === 0) return;
  const factor = (widthNs + gateWidthNs) / widthNs;
  for (let i = 0; i < ambientScaleE.length; i++) ambientScaleE[i] = ambientScaleE[i]! * factor;
}
