import type { Random } from "../../firmware/support/random.ts";

/** A linear camera whose figures are known. */
export interface SyntheticCamera {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  readonly pedestalDn: number;
  readonly gainDnPerE: number;
  readonly quantumEfficiency: number;
  readonly darkCurrentEPerS: number;
  readonly darkNoiseE: number;
  readonly offsetE: PatternSpread;
  readonly response: PatternSpread;
}

/** rms of the pixel, row and column parts of a pattern. */
export interface PatternSpread {
  readonly pixel: number;
  readonly row: number;
  readonly column: number;
}

/** Patterns as drawn: their own spread is what a measurement must find. */
export interface Patterns {
  readonly offsetE: Float64Array;
  readonly response: Float64Array;
}

function drawPattern(camera: SyntheticCamera, spread: PatternSpread, random: Random): Float64Array {
  const { width, height } = camera;
  const rows = Float64Array.from({ length: height }, () => spread.row * random.normal());
  const columns = Float64Array.from({ length: width }, () => spread.column * random.normal());
  return Float64Array.from(
    { length: width * height },
    (_, i) => spread.pixel * random.normal() + rows[Math.floor(i / width)]! + columns[i % width]!,
  );
}

export function drawPatterns(camera: SyntheticCamera, random: Random): Patterns {
  return {
    offsetE: drawPattern(camera, camera.offsetE, random),
    response: drawPattern(camera, camera.response, random).map((deviation) => 1 + deviation),
  };
}

/** One image: Poisson electrons, normal dark noise, gain, pedestal, rounding and clipping. */
export function expose(
  camera: SyntheticCamera,
  patterns: Patterns,
  { photons, exposureNs }: { readonly photons: number; readonly exposureNs: number },
  random: Random,
): Uint16Array {
  const { gainDnPerE, pedestalDn, darkNoiseE, quantumEfficiency, bits } = camera;
  const darkE = camera.darkCurrentEPerS * exposureNs * 1e-9;
  return Uint16Array.from({ length: camera.width * camera.height }, (_, i) => {
    const meanE = photons * quantumEfficiency * patterns.response[i]! + darkE;
    const electrons = random.poisson(meanE) + patterns.offsetE[i]! + darkNoiseE * random.normal();
    const code = Math.floor(electrons * gainDnPerE + pedestalDn + 0.5);
    return Math.min(Math.max(code, 0), 2 ** bits - 1);
  });
}
