/** Slow reference of the kernel expose, one sample at a time; f32 by Math.fround, f64 where the kernel has f64. */
import { exp } from "../../../sim/math/elementary.ts";
import type { ExposeOptions } from "../../../sim/pixel/pixel-kernels.ts";
import { normalFromWord } from "../../../sim/random/normal.ts";
import { keyOfSeed, philox4x32 } from "../../../sim/random/philox.ts";
import { STREAM_LOW_COUNT, STREAM_TEMPORAL_NOISE } from "../../../sim/random/streams.ts";
import type { PixelArrays } from "./pixel-arrays.ts";

const f = Math.fround;
const LOW_MEAN_E = 20;
const DEAD = 1;
const STUCK = 2;

interface Exposure {
  readonly varianceE2: number;
  readonly sigmaE: number;
  readonly dnPerE: number;
  readonly kneeE: number;
  readonly headroomE: number;
  readonly maxCode: number;
}

function exposureOf(options: ExposeOptions): Exposure {
  const variance = options.resetNoiseE ** 2 + options.readNoiseE ** 2;
  const knee = options.fullWellE * 0.9;
  return {
    varianceE2: f(variance),
    sigmaE: f(Math.sqrt(variance)),
    dnPerE: f(1 / options.gainEPerDn),
    kneeE: f(knee),
    headroomE: f(options.fullWellE - knee),
    maxCode: options.maxCode,
  };
}

function randomWord(options: ExposeOptions, pixel: number, gate: number, stream: number): number {
  const { low, high } = keyOfSeed(options.seed);
  const block = philox4x32(
    [(options.bandFirstPixel + pixel) >>> 0, gate >> 2, options.frame, stream],
    low,
    high,
  );
  return block[gate & 3]!;
}

/** Smallest count whose cumulative Poisson probability reaches (word + 0.5) / 2^32. */
export function poissonCountReference(mean: number, word: number): number {
  const uniform = (word + 0.5) * 2 ** -32;
  let probability = exp(-mean);
  let cumulative = probability;
  let count = 0;
  while (uniform > cumulative && count < 127) {
    count += 1;
    probability *= mean / count;
    cumulative += probability;
  }
  return count;
}

/** Electrons for a mean of 20 or more: mean + s z + c (z^2 - 1) with the total's variance and skew. */
export function skewedNormalReference(mean: number, z: number, varianceE2: number): number {
  const variance = f(mean + varianceE2);
  const c = f(mean / f(6 * variance));
  const s = f(Math.sqrt(f(variance - f(f(c + c) * c))));
  return f(f(mean - c) + f(z * f(s + f(c * z))));
}

function codeOf(electrons: number, offsetDn: number, exposure: Exposure): number {
  const { kneeE, headroomE, dnPerE, maxCode } = exposure;
  const excess = f(electrons - kneeE);
  const kept = electrons > kneeE ? f(kneeE + f(f(excess * headroomE) / f(headroomE + excess))) : electrons;
  const dn = f(f(kept * dnPerE) + f(offsetDn + 0.5));
  return Math.min(Math.max(Math.trunc(dn), 0), maxCode);
}

function sampleCode(
  arrays: PixelArrays,
  pixel: number,
  gate: number,
  options: ExposeOptions,
  exposure: Exposure,
) {
  const background = f(arrays.ambientE[pixel]! + arrays.maps.darkE[pixel]!);
  const mean = f(arrays.meanE[pixel * arrays.gateStride + gate]! + background);
  const z = normalFromWord(randomWord(options, pixel, gate, STREAM_TEMPORAL_NOISE));
  const electrons =
    mean < LOW_MEAN_E
      ? f(
          poissonCountReference(mean, randomWord(options, pixel, gate, STREAM_LOW_COUNT)) +
            f(z * exposure.sigmaE),
        )
      : skewedNormalReference(mean, z, exposure.varianceE2);
  return codeOf(electrons, arrays.maps.offsetDn[pixel]!, exposure);
}

/** Same results as PixelKernels.expose, bit for bit. */
export function exposeReference(arrays: PixelArrays, options: ExposeOptions): void {
  const exposure = exposureOf(options);
  const first = options.firstPixel ?? 0;
  const end = first + (options.count ?? arrays.pixels - first);
  for (let pixel = first; pixel < end; pixel++) {
    const defect = arrays.maps.defect[pixel];
    for (let gate = 0; gate < arrays.gates; gate++) {
      let code = sampleCode(arrays, pixel, gate, options, exposure);
      if (defect === DEAD) code = codeOf(0, arrays.maps.offsetDn[pixel]!, exposure);
      if (defect === STUCK) code = arrays.maps.stuckCode[pixel]!;
      arrays.codes[gate * arrays.pixels + pixel] = code;
    }
  }
}
