import { exp } from "../math/elementary.ts";
import type { RayHits } from "../scene/scene.ts";

/** Rays of a pixel whose ranges lie further apart belong to different surfaces, m. */
const SURFACE_GAP_M = 0.1;

/** Surfaces that a pixel sees, told from its rays. */
export interface PixelReturns {
  /** Signal-weighted mean range of the strongest surface, m; 0 = nothing was hit. */
  rangeM: number;
  /** The same of the second-strongest surface; 0 = none. */
  secondRangeM: number;
  /** Share of the signal from everything but the strongest surface. */
  secondFraction: number;
}

interface Surface {
  weight: number;
  moment: number;
}

const NONE: Surface = { weight: 0, moment: 0 };

/** Splits the rays of single pixels into surfaces. Scratch buffers are kept between pixels. */
export class RayClusters {
  private readonly rangesM: Float64Array;
  private readonly weights: Float64Array;
  private readonly hits: RayHits;
  private readonly raysPerPixel: number;
  private readonly extinctionPerM: number;

  constructor(hits: RayHits, raysPerPixel: number, extinctionPerM: number) {
    this.hits = hits;
    this.raysPerPixel = raysPerPixel;
    this.extinctionPerM = extinctionPerM;
    this.rangesM = new Float64Array(raysPerPixel);
    this.weights = new Float64Array(raysPerPixel);
  }

  /** @param pixel index within the hits. */
  returns(pixel: number): PixelReturns {
    const rays = this.sortRays(pixel * this.raysPerPixel);
    const surfaces = this.surfaces(rays);
    surfaces.sort((a, b) => b.weight - a.weight);
    const strongest = surfaces[0] ?? NONE;
    const second = surfaces[1] ?? NONE;
    const total = surfaces.reduce((sum, surface) => sum + surface.weight, 0);
    return {
      rangeM: meanRangeM(strongest),
      secondRangeM: meanRangeM(second),
      secondFraction: total > 0 ? 1 - strongest.weight / total : 0,
    };
  }

  /** Rays that return light, by rising range. @returns how many. */
  private sortRays(firstRay: number): number {
    let count = 0;
    for (let ray = firstRay; ray < firstRay + this.raysPerPixel; ray++) {
      const rangeM = this.hits.rangeM[ray]!;
      const rho = this.hits.signalRho[ray]!;
      if (rangeM > 0 && rho > 0) this.insert(count++, rangeM, this.weight(rangeM, rho));
    }
    return count;
  }

  private weight(rangeM: number, rho: number): number {
    const air = this.extinctionPerM === 0 ? 1 : exp(-2 * this.extinctionPerM * rangeM);
    return (rho * air) / (rangeM * rangeM);
  }

  private insert(count: number, rangeM: number, weight: number): void {
    let at = count;
    for (; at > 0 && this.rangesM[at - 1]! > rangeM; at--) {
      this.rangesM[at] = this.rangesM[at - 1]!;
      this.weights[at] = this.weights[at - 1]!;
    }
    this.rangesM[at] = rangeM;
    this.weights[at] = weight;
  }

  private surfaces(rays: number): Surface[] {
    const surfaces: Surface[] = [];
    let lastM = -Infinity;
    for (let ray = 0; ray < rays; ray++) {
      const rangeM = this.rangesM[ray]!;
      if (rangeM - lastM > SURFACE_GAP_M) surfaces.push({ weight: 0, moment: 0 });
      const surface = surfaces[surfaces.length - 1]!;
      surface.weight += this.weights[ray]!;
      surface.moment += this.weights[ray]! * rangeM;
      lastM = rangeM;
    }
    return surfaces;
  }
}

function meanRangeM(surface: Surface): number {
  return surface.weight > 0 ? surface.moment / surface.weight : 0;
}
