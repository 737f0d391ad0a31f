import { irradiancePerRadiance, photonsPerSPerIrradiance } from "../../light/radiometry.ts";
import { subRays } from "../../optics/sub-rays.ts";
import type { RayBundle, RayHits, Scene } from "../scene.ts";
import type { LightArea, LightGeometry, LightScene } from "./light-scene.ts";
import { checkArea, sameArea } from "./still-light.ts";

// Not modelled: the lamp's own picture, its specular reflections and the shadows that it casts. It stands where the sun of
// ranging scenes stands, high behind the camera, and a share of its light comes back from all around.

/** In-band irradiance on a white surface that faces the lamp (assumed): halogen light of some 1000 lx in a 100 nm band. */
export const DEFAULT_LAMP_W_PER_M2 = 2;
/** Rays per side of a pixel. */
const RAYS_PER_SIDE = 2;
/** A scene that stands still is traced by this many rays at a time, so that large arrays take little memory. */
const STILL_RAYS = 1 << 18;

/** What one array of a caller holds, and how to bring it up to date. */
interface Watched {
  readonly area: LightArea;
  readonly rays: RayBundle;
  readonly hits: RayHits;
}

/**
 * Photons per second of a white Lambertian pixel that faces the lamp: L = E_lamp / pi; the tracer's rho times cosine of
 * the light (RayHits.ambientRho) scales it.
 */
function whitePhotonsPerS(geometry: LightGeometry, lampWPerM2: number): number {
  const radiance = lampWPerM2 / Math.PI;
  const irradiance = radiance * irradiancePerRadiance(geometry.optics);
  return irradiance * photonsPerSPerIrradiance(geometry.pitchUm, geometry.wavelengthNm);
}

/** A traced scene under a lamp of `lampWPerM2` on a surface that faces it. */
export class LampLight implements LightScene {
  readonly name: string;
  readonly moving: boolean;
  readonly #scene: Scene;
  readonly #geometry: LightGeometry;
  readonly #whitePhotonsPerS: number;
  readonly #watched = new WeakMap<Float32Array, Watched>();
  readonly #painted = new WeakMap<Float32Array, LightArea>();

  constructor(name: string, scene: Scene, geometry: LightGeometry, lampWPerM2: number) {
    this.name = name;
    this.moving = scene.moving;
    this.#scene = scene;
    this.#geometry = geometry;
    this.#whitePhotonsPerS = whitePhotonsPerS(geometry, lampWPerM2);
  }

  fill(area: LightArea, timeNs: number, photonsPerS: Float32Array): boolean {
    checkArea(this.name, this.#geometry, area, photonsPerS);
    return this.moving ? this.#follow(area, timeNs, photonsPerS) : this.#paintOnce(area, photonsPerS);
  }

  #follow(area: LightArea, timeNs: number, photonsPerS: Float32Array): boolean {
    const known = this.#watched.get(photonsPerS);
    const watched =
      known !== undefined && sameArea(known.area, area) ? known : this.#watch(area, photonsPerS);
    const { runs } = this.#scene.trace(watched.rays, timeNs, watched.hits);
    for (let i = 0; i < runs.length; i += 2) this.#average(watched, runs[i]!, runs[i + 1]!, photonsPerS, 0);
    return runs.length > 0;
  }

  #watch(area: LightArea, photonsPerS: Float32Array): Watched {
    const watched = this.#aim(area);
    this.#watched.set(photonsPerS, watched);
    return watched;
  }

  #aim(area: LightArea): Watched {
    const { optics, widthPx } = this.#geometry;
    const rays = subRays(optics, { ...area, columns: widthPx }, RAYS_PER_SIDE);
    const count = rays.directions.length / 3;
    const hits = {
      rangeM: new Float32Array(count),
      signalRho: new Float32Array(count),
      ambientRho: new Float32Array(count),
    };
    return { area: { ...area }, rays, hits };
  }

  #paintOnce(area: LightArea, photonsPerS: Float32Array): boolean {
    const last = this.#painted.get(photonsPerS);
    if (last !== undefined && sameArea(last, area)) return false;
    const { widthPx } = this.#geometry;
    const step = Math.max(1, Math.floor(STILL_RAYS / (widthPx * RAYS_PER_SIDE * RAYS_PER_SIDE)));
    for (let row = 0; row < area.rows; row += step) {
      const rows = Math.min(step, area.rows - row);
      const part = this.#aim({ firstRow: area.firstRow + row, rows });
      this.#scene.trace(part.rays, 0, part.hits);
      this.#average(part, 0, rows * widthPx, photonsPerS, row * widthPx);
    }
    this.#painted.set(photonsPerS, { ...area });
    return true;
  }

  /** Mean of the rays of each pixel, into `to` from place `offset` on. */
  #average({ rays, hits }: Watched, first: number, count: number, to: Float32Array, offset: number): void {
    const { raysPerPixel } = rays;
    const scale = this.#whitePhotonsPerS / raysPerPixel;
    const { ambientRho } = hits;
    for (let pixel = first, ray = first * raysPerPixel; pixel < first + count; pixel++) {
      let sum = 0;
      for (const end = ray + raysPerPixel; ray < end; ray++) sum += ambientRho[ray]!;
      to[offset + pixel] = scale * sum;
    }
  }
}
