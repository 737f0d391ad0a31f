import type { ImagingProfile } from "../../../hw-profiles/sensor-profile.ts";
import { followerNoise, followerVariance } from "../../pixel/follower-noise.ts";
import { gainEPerDn } from "../../pixel/noise-budget.ts";
import type { ImagingSettings } from "./imaging-settings.ts";

/**
 * Standard deviation of one read of an output pixel, DN, without reset, shot and quantisation noise: the follower's
 * noise, averaged over the bin, and the ramp's. Telegraph noise is left out: it belongs to few pixels.
 */
export function readNoiseDn(
  profile: ImagingProfile,
  { analogGain, binningX, binningY }: Pick<ImagingSettings, "analogGain" | "binningX" | "binningY">,
): number {
  const { effects, pixel } = profile;
  const dnPerE = analogGain / gainEPerDn(profile);
  const follower =
    (followerVariance(followerNoise(pixel, effects)) * dnPerE * dnPerE) / (binningX * binningY);
  const rampDn = effects.rampNoise.on ? effects.rampNoise.rmsDn : 0;
  return Math.sqrt(follower + rampDn * rampDn);
}
