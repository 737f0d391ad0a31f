import { checkBundle, everyPixel, noPixel } from "./changed-pixels.ts";
import type { ChangedPixels, ChartSignal, RayBundle, RayHits, Scene } from "./scene.ts";

/** Fills every ray's hit, once. */
export type CastAll = (rays: RayBundle, hits: RayHits) => void;

interface Cached {
  hits: WeakRef<RayHits>;
}

/** A scene that stands still: cast once per bundle, later calls find nothing changed. */
export class StillScene implements Scene {
  readonly name: string;
  readonly moving = false;
  readonly chart?: ChartSignal;
  readonly #castAll: CastAll;
  readonly #cache = new WeakMap<RayBundle, Cached>();

  constructor(name: string, castAll: CastAll, chart?: ChartSignal) {
    this.name = name;
    this.#castAll = castAll;
    if (chart !== undefined) this.chart = chart;
  }

  trace(rays: RayBundle, _timeNs: number, hits: RayHits): ChangedPixels {
    const last = this.#cache.get(rays)?.hits.deref();
    if (last === hits) return noPixel();
    checkBundle(this.name, rays, hits);
    if (last === undefined) this.#castAll(rays, hits);
    else copyHits(last, hits);
    this.#cache.set(rays, { hits: new WeakRef(hits) });
    return everyPixel(rays);
  }
}

function copyHits(from: RayHits, to: RayHits): void {
  to.rangeM.set(from.rangeM);
  to.signalRho.set(from.signalRho);
  to.ambientRho.set(from.ambientRho);
}
