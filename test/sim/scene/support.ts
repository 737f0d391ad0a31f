import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { openScene } from "../../../sim/scene/open-scene.ts";
import type { RayBundle, RayHits, Scene } from "../../../sim/scene/scene.ts";
import { SceneError } from "../../../sim/scene/scene-error.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

export const traceWasm = new Uint8Array(readFileSync(`${root}build/trace.wasm`));
export const traceModule = new WebAssembly.Module(traceWasm);

/** Open a scene with the built kernels. */
export function open(spec: string): Promise<Scene> {
  return openScene(spec, { traceWasm });
}

export interface Lens {
  readonly columns: number;
  readonly rows: number;
  readonly focalPx: number;
  readonly raysPerSide: number;
}

export const SMALL: Lens = { columns: 80, rows: 60, focalPx: 69, raysPerSide: 2 };

/** Rays of an ideal pinhole, a grid of raysPerSide x raysPerSide in each pixel; rows [firstRow, endRow). */
export function pinhole(lens: Lens, firstRow = 0, endRow: number = lens.rows): RayBundle {
  const { columns, raysPerSide: side, focalPx } = lens;
  const directions: number[] = [];
  for (let row = firstRow; row < endRow; row++) {
    for (let column = 0; column < columns; column++) {
      for (let ray = 0; ray < side * side; ray++) {
        const x = (column + ((ray % side) + 0.5) / side - columns / 2) / focalPx;
        const y = (row + (Math.floor(ray / side) + 0.5) / side - lens.rows / 2) / focalPx;
        const norm = Math.sqrt(x * x + y * y + 1);
        directions.push(x / norm, y / norm, 1 / norm);
      }
    }
  }
  const rows = endRow - firstRow;
  return { directions: Float32Array.from(directions), raysPerPixel: side * side, columns, rows, firstRow };
}

/** A bundle of one pixel per direction. */
export function single(...directions: readonly (readonly [number, number, number])[]): RayBundle {
  const unit = directions.map((d) => {
    const norm = Math.sqrt(d[0] ** 2 + d[1] ** 2 + d[2] ** 2);
    return d.map((value) => value / norm);
  });
  const flat = Float32Array.from(unit.flat());
  return { directions: flat, raysPerPixel: 1, columns: directions.length, rows: 1, firstRow: 0 };
}

export function emptyHits(rays: RayBundle): RayHits {
  const count = rays.columns * rays.rows * rays.raysPerPixel;
  return {
    rangeM: new Float32Array(count).fill(-1),
    signalRho: new Float32Array(count).fill(-1),
    ambientRho: new Float32Array(count).fill(-1),
  };
}

/** Hits of a scene, freshly traced. */
export function traced(scene: Scene, rays: RayBundle, timeNs = 0): RayHits {
  const hits = emptyHits(rays);
  scene.trace(rays, timeNs, hits);
  return hits;
}

/** The SceneError that an action throws; fails if it throws something else or nothing. */
export async function sceneError(action: () => unknown): Promise<SceneError> {
  try {
    await action();
  } catch (error) {
    if (error instanceof SceneError) return error;
    throw error;
  }
  throw new Error("expected a SceneError, nothing was thrown");
}

/** Numbers from 0 to 1 that are the same in every run (Lehmer generator). */
export function repeatable(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}
