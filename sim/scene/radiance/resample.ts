import type { Picture } from "./picture/picture.ts";

// Picture pixels are even squares. A sensor pixel takes the mean of the picture over its own area, or over one picture
// pixel where that is larger (which is linear interpolation between picture pixels): the mean of a picture that is made
// smaller is kept, and a picture that is made larger is smooth. Border pixels go on beyond the border.

export type Fit = "cover" | "contain" | "stretch";

/** Shares of picture pixels `first`, `first` + 1, ... in one sensor row or column; they add to 1. None: outside. */
export interface Taps {
  readonly first: number;
  readonly shares: Float64Array;
}

const NOTHING: Taps = { first: 0, shares: new Float64Array(0) };

/** Picture pixels per sensor pixel, across and down. */
function scales(
  picture: Picture,
  widthPx: number,
  heightPx: number,
  fit: Fit,
): readonly [x: number, y: number] {
  const across = picture.width / widthPx;
  const down = picture.height / heightPx;
  if (fit === "stretch") return [across, down];
  const scale = fit === "cover" ? Math.min(across, down) : Math.max(across, down);
  return [scale, scale];
}

/** Taps of `count` sensor pixels over `size` picture pixels, centred on each other. */
function axisTaps(count: number, size: number, scale: number): Taps[] {
  const origin = (size - count * scale) / 2;
  return Array.from({ length: count }, (_, i) => {
    const centre = origin + (i + 0.5) * scale;
    if (centre < 0 || centre >= size) return NOTHING;
    return taps(centre, Math.max(scale, 1), size);
  });
}

/** Overlap of the window with each picture pixel, clipped to the picture. */
function taps(centre: number, width: number, size: number): Taps {
  const from = Math.max(0, centre - width / 2);
  const to = Math.min(size, centre + width / 2);
  const first = Math.min(size - 1, Math.floor(from));
  const last = Math.max(first, Math.min(size - 1, Math.ceil(to) - 1));
  const overlaps = Float64Array.from({ length: last - first + 1 }, (_, k) =>
    Math.max(0, Math.min(to, first + k + 1) - Math.max(from, first + k)),
  );
  const sum = overlaps.reduce((total, overlap) => total + overlap, 0);
  return { first, shares: overlaps.map((overlap) => overlap / sum) };
}

/** Maps a picture onto a sensor, centred; parts of a sensor beyond a contained picture are dark. */
export class Resampler {
  readonly #picture: Picture;
  readonly #across: readonly Taps[];
  readonly #down: readonly Taps[];

  constructor(picture: Picture, widthPx: number, heightPx: number, fit: Fit) {
    this.#picture = picture;
    const [x, y] = scales(picture, widthPx, heightPx, fit);
    this.#across = axisTaps(widthPx, picture.width, x);
    this.#down = axisTaps(heightPx, picture.height, y);
  }

  /** Write sensor row `row` times `scale` into out[at ...]. */
  row(row: number, scale: number, out: Float32Array, at: number): void {
    const line = this.#mixLines(this.#down[row] ?? NOTHING);
    for (let column = 0; column < this.#across.length; column++) {
      const { first, shares } = this.#across[column]!;
      let sum = 0;
      for (let k = 0; k < shares.length; k++) sum += shares[k]! * line[first + k]!;
      out[at + column] = scale * sum;
    }
  }

  #mixLines({ first, shares }: Taps): Float64Array {
    const { width, values } = this.#picture;
    const line = new Float64Array(width);
    for (let k = 0; k < shares.length; k++) {
      const share = shares[k]!;
      const start = (first + k) * width;
      for (let i = 0; i < width; i++) line[i] = line[i]! + share * values[start + i]!;
    }
    return line;
  }
}
