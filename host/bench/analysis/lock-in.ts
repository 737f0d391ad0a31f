import { linearFit } from "./linear-fit.ts";

export interface LockInReading {
  readonly amplitude: number;
  /** Of the amplitude, from the scatter about the sine. */
  readonly standardError: number;
  /** Against a cosine that starts with the record, radians. */
  readonly phaseRad: number;
}

/** Amplitude at one frequency: least squares of offset, cosine and sine, so that broken periods do no harm. */
export function lockIn(samples: Float64Array, sampleRateHz: number, frequencyHz: number): LockInReading {
  const angle = (2 * Math.PI * frequencyHz) / sampleRateHz;
  const indices = Array.from(samples, (_, i) => i);
  const fit = linearFit(
    [indices.map(() => 1), indices.map((i) => Math.cos(angle * i)), indices.map((i) => Math.sin(angle * i))],
    samples,
  );
  const [, cosine = 0, sine = 0] = fit.parameters;
  return {
    amplitude: Math.hypot(cosine, sine),
    standardError: Math.hypot(fit.standardErrors[1]!, fit.standardErrors[2]!) / Math.SQRT2,
    phaseRad: Math.atan2(-sine, cosine),
  };
}
