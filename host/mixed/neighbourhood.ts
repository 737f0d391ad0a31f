import { CENTRE, NEIGHBOURS } from "./edge-lines.ts";
import type { MixedInput } from "./mixed-image.ts";
import type { PixelWindow } from "./pixel-window.ts";
import { planeAt } from "./plane.ts";
import type { TwoSurfaces } from "./two-surfaces.ts";

/** Unevenness of surfaces and of their edges, as a share of the range (assumed). */
const UNEVENNESS = 0.005;

/** A pixel and its eight neighbours, row by row, against two surfaces. */
export class Neighbourhood {
  /** 0: no range there. */
  readonly isUsed = new Uint8Array(NEIGHBOURS);
  readonly rangeM = new Float64Array(NEIGHBOURS);
  /** Of the range, m^2, noise and unevenness. */
  readonly varianceM2 = new Float64Array(NEIGHBOURS);
  /** What the surfaces would give. */
  readonly nearM = new Float64Array(NEIGHBOURS);
  readonly farM = new Float64Array(NEIGHBOURS);
  readonly #image: MixedInput;

  constructor(image: MixedInput) {
    this.#image = image;
  }

  gather(window: PixelWindow, { far, near }: TwoSurfaces, x: number, y: number): void {
    const { height, rangeM, sigmaM, width } = this.#image;
    for (let i = 0; i < NEIGHBOURS; i++) {
      const [dx, dy] = [(i % 3) - 1, Math.floor(i / 3) - 1];
      const pixel = (y + dy) * width + x + dx;
      const isInside = x + dx >= 0 && x + dx < width && y + dy >= 0 && y + dy < height;
      this.isUsed[i] = 0;
      if (!isInside || !window.isValid(pixel)) continue;
      this.nearM[i] = window.rangeOf(planeAt(near, dx, dy), pixel);
      this.farM[i] = window.rangeOf(planeAt(far, dx, dy), pixel);
      this.rangeM[i] = rangeM[pixel]!;
      this.varianceM2[i] = sigmaM[pixel]! ** 2 + (UNEVENNESS * rangeM[pixel]!) ** 2;
      if (this.nearM[i]! < Infinity && this.farM[i]! < Infinity) this.isUsed[i] = 1;
    }
  }

  /** Neighbours that lie mostly on the near surface, and mostly on the far one. */
  count(): { readonly near: number; readonly far: number } {
    let [near, far] = [0, 0];
    for (let i = 0; i < NEIGHBOURS; i++) {
      if (i === CENTRE || this.isUsed[i] === 0) continue;
      const share = (this.rangeM[i]! - this.farM[i]!) / (this.nearM[i]! - this.farM[i]!);
      if (share > 0.75) near++;
      else if (share < 0.25) far++;
    }
    return { near, far };
  }
}
