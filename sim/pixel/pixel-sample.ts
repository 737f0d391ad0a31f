// One sample of one pixel with the arithmetic of the kernel expose, for those who look at few pixels and want the
// charge and the level before the converter, which the kernel does not keep. Bit for bit the same codes; f32 by Math.fround.

import { exp } from "../math/elementary.ts";
import { normalFromWord } from "../random/normal.ts";
import { keyOfSeed, philox4x32 } from "../random/philox.ts";
import { STREAM_LOW_COUNT, STREAM_TEMPORAL_NOISE } from "../random/streams.ts";
import type { ExposeOptions, PixelKernels } from "./pixel-kernels.ts";

const f = Math.fround;
const LOW_MEAN_E = 20;
const MOST_COUNTS = 127;
const KNEE_SHARE = 0.9;
const DEFECT_DEAD = 1;
const DEFECT_STUCK = 2;

export interface PixelSample {
  /** Electrons on the node, noise included. */
  readonly chargeE: number;
  /** Level at the converter, DN: code = floor(levelDn + 0.5), clamped. */
  readonly levelDn: number;
}

type Arrays = Pick<PixelKernels, "ambientE" | "gateStride" | "maps" | "meanE">;

/** The sample of `pixel` (index in the band) in gate plane `gate`. */
export function pixelSample(
  arrays: Arrays,
  pixel: number,
  gate: number,
  options: ExposeOptions,
): PixelSample {
  const { ambientE, gateStride, maps, meanE } = arrays;
  const offsetPlusHalf = f(maps.offsetDn[pixel]! + 0.5);
  const defect = maps.defect[pixel];
  if (defect === DEFECT_DEAD) return { chargeE: 0, levelDn: offsetPlusHalf - 0.5 };
  if (defect === DEFECT_STUCK) return { chargeE: 0, levelDn: maps.stuckCode[pixel]! };
  const background = f(ambientE[pixel]! + maps.darkE[pixel]!);
  const mean = f(meanE[pixel * gateStride + gate]! + background);
  const chargeE = softFullWell(noisyElectrons(mean, pixel, gate, options), options.fullWellE);
  // A half less: the kernel truncates level + 0.5, and the difference of an f32 and 0.5 is exact in f64.
  return { chargeE, levelDn: f(f(chargeE * f(1 / options.gainEPerDn)) + offsetPlusHalf) - 0.5 };
}

function noisyElectrons(mean: number, pixel: number, gate: number, options: ExposeOptions): number {
  const variance = options.resetNoiseE * options.resetNoiseE + options.readNoiseE * options.readNoiseE;
  const z = normalFromWord(randomWord(options, pixel, gate, STREAM_TEMPORAL_NOISE));
  if (mean >= LOW_MEAN_E) return skewedNormal(mean, z, f(variance));
  const count = poissonCount(mean, randomWord(options, pixel, gate, STREAM_LOW_COUNT));
  return f(count + f(z * f(Math.sqrt(variance))));
}

function randomWord(options: ExposeOptions, pixel: number, gate: number, stream: number): number {
  const { low, high } = keyOfSeed(options.seed);
  const index = (options.bandFirstPixel + pixel) >>> 0;
  return philox4x32([index, gate >> 2, options.frame, stream], low, high)[gate & 3]!;
}

/** Smallest count whose cumulative Poisson probability reaches the word's place in (0, 1). */
function poissonCount(mean: number, word: number): number {
  const uniform = (word + 0.5) * 2 ** -32;
  let probability = exp(-mean);
  let cumulative = probability;
  let count = 0;
  while (uniform > cumulative && count < MOST_COUNTS) {
    count += 1;
    probability *= mean / count;
    cumulative += probability;
  }
  return count;
}

/** mean + s z + c (z^2 - 1), see sim/kernels/pixel/expose.ts. */
function skewedNormal(mean: number, z: number, varianceE2: number): number {
  const variance = f(mean + varianceE2);
  const c = f(mean / f(6 * variance));
  const s = f(Math.sqrt(f(variance - f(f(c + c) * c))));
  return f(f(mean - c) + f(z * f(s + f(c * z))));
}

function softFullWell(electrons: number, fullWellE: number): number {
  const kneeE = f(fullWellE * KNEE_SHARE);
  if (!(electrons > kneeE)) return electrons;
  const headroomE = f(fullWellE - fullWellE * KNEE_SHARE);
  const excess = f(electrons - kneeE);
  return f(kneeE + f(f(excess * headroomE) / f(headroomE + excess)));
}
