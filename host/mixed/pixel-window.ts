import { PIXEL_INVALID } from "../../hw-profiles/interface/pixel-flags.ts";
import type { RayTable } from "../geometry/ray-table.ts";
import type { MixedInput } from "./mixed-image.ts";

/** Half width of the window whose pixels tell the surfaces around a pixel. */
export const REACH = 2;
export const WINDOW_PIXELS = (2 * REACH + 1) ** 2;

/** Unevenness of real surfaces beside the noise, as a share of the range (assumed: 15 mm at 5 m). */
export const RELIEF = 0.003;

/** The valid pixels around a centre pixel: places, 1/z relative to the centre's, and its standard deviation. */
export class PixelWindow {
  count = 0;
  /** Pixel of the image. */
  readonly index = new Int32Array(WINDOW_PIXELS);
  readonly dx = new Int8Array(WINDOW_PIXELS);
  readonly dy = new Int8Array(WINDOW_PIXELS);
  /** (1/z) / (1/z of the centre) - 1: affine over a plane. */
  readonly value = new Float64Array(WINDOW_PIXELS);
  /** Standard deviation of value, noise and relief. */
  readonly sigma = new Float64Array(WINDOW_PIXELS);
  readonly #image: MixedInput;
  readonly #directions: Float32Array;
  /** z of the centre. */
  #centreZM = 0;

  constructor(image: MixedInput, sight: RayTable) {
    this.#image = image;
    this.#directions = sight.directions;
  }

  isValid(pixel: number): boolean {
    const { flags, sigmaM } = this.#image;
    return (flags[pixel]! & PIXEL_INVALID) === 0 && sigmaM[pixel]! > 0 && sigmaM[pixel]! < Infinity;
  }

  /** The surroundings of a valid pixel, without itself. */
  gather(x: number, y: number): void {
    const { height, width } = this.#image;
    const centre = y * width + x;
    this.#centreZM = this.#zM(centre);
    this.count = 0;
    for (let dy = -Math.min(REACH, y); dy <= Math.min(REACH, height - 1 - y); dy++)
      for (let dx = -Math.min(REACH, x); dx <= Math.min(REACH, width - 1 - x); dx++) {
        const pixel = centre + dy * width + dx;
        if (pixel !== centre && this.isValid(pixel)) this.#put(pixel, dx, dy);
      }
  }

  /** Radial range of a value at a pixel, m; Infinity where the plane is behind the horizon. */
  rangeOf(value: number, pixel: number): number {
    return value > -1 ? this.#centreZM / ((1 + value) * this.#directions[3 * pixel + 2]!) : Infinity;
  }

  #put(pixel: number, dx: number, dy: number): void {
    const { rangeM, sigmaM } = this.#image;
    const ratio = this.#centreZM / this.#zM(pixel);
    const at = this.count++;
    this.index[at] = pixel;
    this.dx[at] = dx;
    this.dy[at] = dy;
    this.value[at] = ratio - 1;
    this.sigma[at] = ratio * Math.sqrt((sigmaM[pixel]! / rangeM[pixel]!) ** 2 + RELIEF ** 2);
  }

  #zM(pixel: number): number {
    return this.#image.rangeM[pixel]! * this.#directions[3 * pixel + 2]!;
  }
}
