import { quoted, SceneError } from "../scene-error.ts";
import type { LightArea, LightGeometry, LightScene } from "./light-scene.ts";

/** Writes the photons per second of every pixel of an area. */
export type PaintLight = (area: LightArea, photonsPerS: Float32Array) => void;

/** Light that does not change: painted once into each array. */
export class StillLight implements LightScene {
  readonly name: string;
  readonly moving = false;
  readonly #geometry: LightGeometry;
  readonly #paint: PaintLight;
  readonly #painted = new WeakMap<Float32Array, LightArea>();

  constructor(name: string, geometry: LightGeometry, paint: PaintLight) {
    this.name = name;
    this.#geometry = geometry;
    this.#paint = paint;
  }

  fill(area: LightArea, _timeNs: number, photonsPerS: Float32Array): boolean {
    const last = this.#painted.get(photonsPerS);
    if (last !== undefined && sameArea(last, area)) return false;
    checkArea(this.name, this.#geometry, area, photonsPerS);
    this.#paint(area, photonsPerS);
    this.#painted.set(photonsPerS, { ...area });
    return true;
  }
}

export function sameArea(a: LightArea, b: LightArea): boolean {
  return a.firstRow === b.firstRow && a.rows === b.rows;
}

/** @throws SceneError for rows outside of the sensor or an array of another length. */
export function checkArea(
  scene: string,
  geometry: LightGeometry,
  { firstRow, rows }: LightArea,
  photonsPerS: Float32Array,
): void {
  const { widthPx, heightPx } = geometry;
  if (firstRow >= 0 && rows >= 0 && firstRow + rows <= heightPx && photonsPerS.length === rows * widthPx)
    return;
  throw new SceneError({
    scene: quoted(scene),
    found: `rows ${firstRow} to ${firstRow + rows - 1} with room for ${photonsPerS.length} pixels`,
    expected: `rows within 0 to ${heightPx - 1} and room for ${widthPx} pixels each`,
    whatToDo: "Ask for rows of the sensor, with an array of that size.",
  });
}
