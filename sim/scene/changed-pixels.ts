import type { ChangedPixels, RayBundle, RayHits } from "./scene.ts";
import { SceneError } from "./scene-error.ts";

/** All pixels of a bundle. */
export function everyPixel(rays: RayBundle): ChangedPixels {
  const pixelCount = rays.columns * rays.rows;
  return { runs: Uint32Array.of(0, pixelCount), pixelCount };
}

/** Nothing changed. */
export function noPixel(): ChangedPixels {
  return { runs: new Uint32Array(0), pixelCount: 0 };
}

/** Runs of pixels whose flag is not 0. */
export function flaggedPixels(flags: Uint8Array): ChangedPixels {
  const runs: number[] = [];
  let pixelCount = 0;
  let at = flags.indexOf(1);
  while (at >= 0) {
    let end = flags.indexOf(0, at);
    if (end < 0) end = flags.length;
    runs.push(at, end - at);
    pixelCount += end - at;
    at = flags.indexOf(1, end);
  }
  return { runs: Uint32Array.from(runs), pixelCount };
}

/** Refuse a bundle whose arrays do not fit each other. */
export function checkBundle(scene: string, rays: RayBundle, hits: RayHits): void {
  const count = rays.columns * rays.rows * rays.raysPerPixel;
  const lengths = [hits.rangeM.length, hits.signalRho.length, hits.ambientRho.length];
  if (rays.directions.length === 3 * count && lengths.every((length) => length === count)) return;
  throw new SceneError({
    scene,
    found: `a bundle with ${rays.directions.length / 3} directions and room for ${lengths.join(", ")} hits`,
    expected: `${rays.columns} x ${rays.rows} x ${rays.raysPerPixel} = ${count} of each`,
    whatToDo: "Size the arrays of the ray bundle and of the hits alike.",
  });
}
