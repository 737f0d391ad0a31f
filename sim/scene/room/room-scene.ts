import { checkBundle, everyPixel } from "../changed-pixels.ts";
import type { ChangedPixels, RayBundle, RayHits, Scene } from "../scene.ts";
import { RoomBundle } from "./room-bundle.ts";
import type { Solid } from "./solid.ts";

/** Solids that stand still, and solids that are somewhere at a time. */
export interface RoomPlan {
  readonly still: readonly Solid[];
  /** Always the same number of solids. */
  movingAt(timeNs: number): readonly Solid[];
  /** Rows of the rotation that takes camera directions to the room's. */
  readonly worldFromCamera: readonly number[];
}

interface Watched {
  readonly bundle: RoomBundle;
  hits: WeakRef<RayHits>;
}

/** A room of solids as a scene. */
export class RoomScene implements Scene {
  readonly name: string;
  readonly moving: boolean;
  readonly #module: WebAssembly.Module;
  readonly #plan: RoomPlan;
  readonly #bundles = new WeakMap<RayBundle, Watched>();

  constructor(name: string, module: WebAssembly.Module, plan: RoomPlan) {
    this.name = name;
    this.#module = module;
    this.#plan = plan;
    this.moving = plan.movingAt(0).length > 0;
  }

  trace(rays: RayBundle, timeNs: number, hits: RayHits): ChangedPixels {
    const moving = this.#plan.movingAt(timeNs);
    const watched = this.#bundles.get(rays);
    if (watched?.hits.deref() === hits) return watched.bundle.update(moving, hits);
    checkBundle(this.name, rays, hits);
    const bundle = watched?.bundle ?? this.#open(rays, moving.length);
    bundle.update(moving, hits);
    bundle.copyAll(hits);
    this.#bundles.set(rays, { bundle, hits: new WeakRef(hits) });
    return everyPixel(rays);
  }

  #open(rays: RayBundle, movingCount: number): RoomBundle {
    const { still, worldFromCamera } = this.#plan;
    return new RoomBundle(this.#module, rays, worldFromCamera, still, movingCount);
  }
}
