import type { ImagingProfile } from "../../../hw-profiles/sensor-profile.ts";
import {
  type FollowerNoise,
  followerCovariance,
  followerNoise,
  followerVariance,
} from "../../pixel/follower-noise.ts";
import { gainEPerDn } from "../../pixel/noise-budget.ts";
import type { ImagingProgram } from "./imaging-program.ts";
import type { ImagingSettings } from "./imaging-settings.ts";
import { readTimesS } from "./read-times.ts";

/**
 * Standard deviation of one read of an output pixel, DN, without reset, shot and quantisation noise: the follower's
 * noise, averaged over the bin, and the ramp's. Of several reads it is the independent noise that a straight line's slope
 * through them would have the same error from. Telegraph noise is left out: it belongs to few pixels.
 */
export function readNoiseDn(
  profile: ImagingProfile,
  { analogGain, binningX, binningY }: Pick<ImagingSettings, "analogGain" | "binningX" | "binningY">,
  program: ImagingProgram,
): number {
  const { adc, effects, pixel } = profile;
  const dnPerE = analogGain / gainEPerDn(profile);
  const variance = slopeVariance(followerNoise(pixel, effects), readTimesS(program, adc.clockHz));
  const follower = (variance * dnPerE * dnPerE) / (binningX * binningY);
  const rampDn = effects.rampNoise.on ? effects.rampNoise.rmsDn : 0;
  return Math.sqrt(follower + rampDn * rampDn);
}

/**
 * Sum of a_i a_j C_ij over the sum of a_i^2, with a_i = 2 i - N + 1 as the slope of N equally spaced reads has them: slow 1/f
 * noise is common to neighbouring reads and cancels, of two reads sigma^2 - C(t) is left.
 */
function slopeVariance(noise: FollowerNoise, timesS: readonly number[]): number {
  const reads = timesS.length;
  const variance = followerVariance(noise);
  if (reads === 1) return variance;
  const weight = (read: number) => 2 * read - reads + 1;
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < reads; i++) {
    squares += weight(i) * weight(i);
    sum += weight(i) * weight(i) * variance;
    for (let j = 0; j < i; j++)
      sum += 2 * weight(i) * weight(j) * followerCovariance(noise, timesS[i]! - timesS[j]!);
  }
  return sum / squares;
}
