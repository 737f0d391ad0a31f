import { Draws } from "../../../sim/random/draws.ts";

export const RATE_HZ = 30;
/** Any stream: these draws are no part of a simulated device. */
const STREAM = 1000;

/** `seconds` of 1000 DN with white noise of `noiseDn` and whatever `add` puts on it at a time. */
export function record(
  seconds: number,
  noiseDn: number,
  seed: number,
  add: (timeS: number) => number,
): Float64Array {
  const draws = new Draws(seed, STREAM);
  return Float64Array.from(
    { length: Math.round(seconds * RATE_HZ) },
    (_, i) => 1000 + noiseDn * draws.normal(i) + add(i / RATE_HZ),
  );
}

/** A loss of light of `depthDn` with a second harmonic of 40 %. */
export function tone(rateBpm: number, depthDn: number): (timeS: number) => number {
  const step = (2 * Math.PI * rateBpm) / 60;
  return (timeS) => -0.5 * depthDn * (Math.cos(step * timeS + 1) + 0.4 * Math.cos(2 * step * timeS + 2));
}
