import type { ImagingProfile } from "../../hw-profiles/sensor-profile.ts";
import type { LightArea, LightGeometry, LightScene } from "../scene/radiance/light-scene.ts";
import type { SensorRows } from "./seams.ts";

export function lightGeometry({ array, film, optics }: ImagingProfile): LightGeometry {
  return { ...array, optics, wavelengthNm: film.wavelengthNm };
}

/** The light on a band and on one row above and below it; at the array's border those repeat the edge row. */
export class BandLight {
  private readonly scene: LightScene;
  private readonly area: LightArea;
  private readonly widthPx: number;
  /** Rows of the area alone: the array that the scene knows. */
  private readonly seen: Float32Array;
  private readonly repeatsAbove: boolean;
  private readonly repeatsBelow: boolean;
  private factor = Number.NaN;

  constructor(scene: LightScene, geometry: LightGeometry, { firstRow, rows }: SensorRows) {
    this.scene = scene;
    this.widthPx = geometry.widthPx;
    this.repeatsAbove = firstRow === 0;
    this.repeatsBelow = firstRow + rows === geometry.heightPx;
    const first = this.repeatsAbove ? 0 : firstRow - 1;
    const end = firstRow + rows + (this.repeatsBelow ? 0 : 1);
    this.area = { firstRow: first, rows: end - first };
    this.seen = new Float32Array(this.area.rows * geometry.widthPx);
  }

  /**
   * Bring `photonsPerS`, f32 [(rows + 2)][width], up to date. Pass the same array always.
   * @returns whether it changed.
   */
  fill(timeNs: number, factor: number, photonsPerS: Float32Array): boolean {
    const isNew = this.scene.fill(this.area, timeNs, this.seen);
    if (!isNew && factor === this.factor) return false;
    this.factor = factor;
    const { widthPx } = this;
    const from = this.repeatsAbove ? widthPx : 0;
    for (let i = 0; i < this.seen.length; i++) photonsPerS[from + i] = this.seen[i]! * factor;
    if (this.repeatsAbove) photonsPerS.copyWithin(0, widthPx, 2 * widthPx);
    const end = photonsPerS.length;
    if (this.repeatsBelow) photonsPerS.copyWithin(end - widthPx, end - 2 * widthPx, end - widthPx);
    return true;
  }
}
