import { rayTable } from "../../../host/geometry/ray-table.ts";
import type { MixedInput } from "../../../host/mixed/mixed-image.ts";
import { loadLidarProfile } from "../../../hw-profiles/load/load-profile.ts";
import type { OpticsProfile } from "../../../hw-profiles/sensor-profile.ts";

export const WIDTH = 48;
export const HEIGHT = 36;
const RAYS = 8;

/** The lens of a 320 x 240 sensor on a small part of it. */
const OPTICS: OpticsProfile = {
  ...loadLidarProfile("inas-lidar-320x240").optics,
  cxPx: (WIDTH - 1) / 2,
  cyPx: (HEIGHT - 1) / 2,
  k1: 0,
  k2: 0,
  k3: 0,
  p1: 0,
  p2: 0,
};
export const SIGHT = rayTable(OPTICS, WIDTH, HEIGHT);

/** Depth along the axis seen at (u, v), pixels from the middle, and how bright the surface is; depth 0: nothing. */
export type View = (u: number, v: number) => { readonly zM: number; readonly rho?: number };

export interface Synthetic {
  readonly image: MixedInput;
  /** Signal-weighted mean ranges of the parts before and behind the largest gap, m; equal: one surface. */
  readonly nearM: Float32Array;
  readonly farM: Float32Array;
  /** Share of the signal from the part that gives less of it; 0: one surface. */
  readonly minorShare: Float32Array;
}

/** A frame of 8 x 8 rays a pixel, its range the mean weighted by signal, with Gaussian noise of sigmaM. */
export function synthetic(view: View, sigmaM: number, seed = 1): Synthetic {
  const pixels = WIDTH * HEIGHT;
  const image = {
    width: WIDTH,
    height: HEIGHT,
    rangeM: new Float32Array(pixels),
    sigmaM: new Float32Array(pixels),
    amplitudeE: new Float32Array(pixels),
    spreadM: new Float32Array(0),
    spreadSigmaM: new Float32Array(0),
    flags: new Uint8Array(pixels),
  };
  const nearM = new Float32Array(pixels);
  const farM = new Float32Array(pixels);
  const minorShare = new Float32Array(pixels);
  const normal = normals(seed);
  for (let i = 0; i < pixels; i++) {
    const rays = raysOf(view, (i % WIDTH) - OPTICS.cxPx, Math.floor(i / WIDTH) - OPTICS.cyPx);
    const { far, near, weight } = split(rays);
    if (weight === 0) {
      image.flags[i] = 1;
      continue;
    }
    nearM[i] = near.meanM;
    farM[i] = far.meanM;
    minorShare[i] = Math.min(near.weight, far.weight) / weight;
    image.rangeM[i] = (near.weight * near.meanM + far.weight * far.meanM) / weight + sigmaM * normal();
    image.sigmaM[i] = sigmaM;
    image.amplitudeE[i] = 1e5 * weight;
  }
  return { image, nearM, farM, minorShare };
}

interface Ray {
  readonly rangeM: number;
  readonly weight: number;
}

function raysOf(view: View, u: number, v: number): Ray[] {
  const rays: Ray[] = [];
  for (let ray = 0; ray < RAYS * RAYS; ray++) {
    const du = u + ((ray % RAYS) + 0.5) / RAYS - 0.5;
    const dv = v + (Math.floor(ray / RAYS) + 0.5) / RAYS - 0.5;
    const { rho = 0.5, zM } = view(du, dv);
    if (zM === 0) continue;
    const rangeM = zM * Math.hypot(1, du / OPTICS.fxPx, dv / OPTICS.fyPx);
    rays.push({ rangeM, weight: rho / rangeM ** 2 / (RAYS * RAYS) });
  }
  return rays.sort((a, b) => a.rangeM - b.rangeM);
}

function split(rays: readonly Ray[]) {
  let cut = rays.length;
  let gap = 0.1;
  for (let k = 1; k < rays.length; k++) {
    const step = rays[k]!.rangeM - rays[k - 1]!.rangeM;
    if (step > gap) [gap, cut] = [step, k];
  }
  const near = sum(rays.slice(0, cut));
  const far = cut === rays.length ? { meanM: near.meanM, weight: 0 } : sum(rays.slice(cut));
  return { near, far, weight: near.weight + far.weight };
}

function sum(rays: readonly Ray[]) {
  const weight = rays.reduce((total, ray) => total + ray.weight, 0);
  return { weight, meanM: rays.reduce((total, ray) => total + ray.weight * ray.rangeM, 0) / (weight || 1) };
}

/** Box-Muller on a linear congruential generator. */
function normals(seed: number): () => number {
  let state = seed >>> 0;
  const uniform = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

/** A plane through z0 on the axis; slopes: change of depth per metre to the right and down. */
export function plane(zM: number, slopeX = 0, slopeY = 0): (u: number, v: number) => number {
  return (u, v) => zM / (1 - (slopeX * u) / OPTICS.fxPx - (slopeY * v) / OPTICS.fyPx);
}
