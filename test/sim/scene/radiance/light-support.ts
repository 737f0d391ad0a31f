import type { LightGeometry, LightScene } from "../../../../sim/scene/radiance/light-scene.ts";
import { openLightScene } from "../../../../sim/scene/radiance/open-light-scene.ts";
import { traceWasm } from "../support.ts";

/** 80 x 60 pixels of 20 um behind an f/2 lens at 940 nm, no distortion. */
export const GEOMETRY: LightGeometry = {
  widthPx: 80,
  heightPx: 60,
  pitchUm: 20,
  wavelengthNm: 940,
  optics: {
    fxPx: 69,
    fyPx: 69,
    cxPx: 39.5,
    cyPx: 29.5,
    k1: 0,
    k2: 0,
    k3: 0,
    p1: 0,
    p2: 0,
    focalLengthMm: 1.38,
    fNumber: 2,
    transmission: 0.8,
    filterCentreNm: 940,
    filterWidthNm: 30,
  },
};

/** Photons per second on a pixel of GEOMETRY per W/m^2, by hand: (20e-6)^2 * 940e-9 / (6.62607015e-34 * 299792458). */
export const PHOTONS_PER_W_PER_M2 = 1_892_827_700;
/** Irradiance of the sensor per radiance of the scene, by hand: pi * 0.8 / (4 * 2^2 + 1). */
export const IRRADIANCE_PER_RADIANCE = 0.147839;

export function openLight(text: string, geometry: LightGeometry = GEOMETRY): Promise<LightScene> {
  return openLightScene(text, geometry, { traceWasm });
}

/** Light of rows firstRow ... of the sensor, all rows unless said otherwise. */
export function lightOf(
  scene: LightScene,
  geometry: LightGeometry = GEOMETRY,
  timeNs = 0,
  firstRow = 0,
  rows: number = geometry.heightPx,
): Float32Array {
  const photonsPerS = new Float32Array(rows * geometry.widthPx);
  scene.fill({ firstRow, rows }, timeNs, photonsPerS);
  return photonsPerS;
}

export function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] ?? 0;
  return sum / values.length;
}
