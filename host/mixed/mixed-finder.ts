import type { RayTable } from "../geometry/ray-table.ts";
import { EdgeFit } from "./edge-fit.ts";
import { collectEvidence, type Findings } from "./evidence.ts";
import type { MixedInput } from "./mixed-image.ts";
import { Neighbourhood } from "./neighbourhood.ts";
import { PixelWindow } from "./pixel-window.ts";
import { type Plane, planeAt } from "./plane.ts";
import { SurfaceFinder } from "./surface-finder.ts";
import { twoSurfaces } from "./two-surfaces.ts";

/** Where ranges of neighbours differ by less there is no edge, m. */
const LEAST_STEP_M = 0.05;

/** A pixel off the one surface around it. */
export interface LonePixel {
  readonly surface: Plane;
  readonly surfaceM: number;
  readonly surfaceVarianceM2: number;
}

export type PixelFindings =
  | { readonly kind: "two"; readonly findings: Findings; readonly evidence: readonly number[] }
  | { readonly kind: "one"; readonly lone: LonePixel };

/** Looks at single pixels of a frame; scratch buffers are kept between them. */
export class MixedFinder {
  readonly #image: MixedInput;
  readonly #window: PixelWindow;
  readonly #finder: SurfaceFinder;
  readonly #pixels: Neighbourhood;
  readonly #edges = new EdgeFit();

  constructor(image: MixedInput, sight: RayTable) {
    this.#image = image;
    this.#window = new PixelWindow(image, sight);
    this.#finder = new SurfaceFinder(pitchOf(sight));
    this.#pixels = new Neighbourhood(image);
  }

  /** What is around a pixel; undefined where there is no range, no step, or nothing to compare with. */
  look(x: number, y: number): PixelFindings | undefined {
    const pixel = y * this.#image.width + x;
    if (!this.#window.isValid(pixel) || !this.#hasStep(x, y)) return undefined;
    this.#window.gather(x, y);
    const found = this.#finder.find(this.#window);
    if (found === 0) return undefined;
    const surfaces = found === 2 ? twoSurfaces(this.#image, this.#window, this.#finder, pixel) : undefined;
    if (surfaces === undefined) return this.#lone(pixel);
    this.#pixels.gather(this.#window, surfaces, x, y);
    const findings: Findings = {
      image: this.#image,
      pixel,
      surfaces,
      gain: this.#finder.gain,
      pixels: this.#pixels,
      edge: this.#edges.fit(this.#pixels, surfaces.brightness),
    };
    return { kind: "two", findings, evidence: collectEvidence(findings) };
  }

  #lone(pixel: number): PixelFindings {
    const surface = this.#finder.first;
    const surfaceM = this.#window.rangeOf(planeAt(surface, 0, 0), pixel);
    const surfaceVarianceM2 = surface.variance * (surfaceM / (1 + surface.value)) ** 2;
    return { kind: "one", lone: { surface, surfaceM, surfaceVarianceM2 } };
  }

  /** Among the pixel and its eight neighbours ranges differ. */
  #hasStep(x: number, y: number): boolean {
    const { height, rangeM, width } = this.#image;
    let [least, most] = [Infinity, 0];
    for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++)
      for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
        const pixel = v * width + u;
        if (!this.#window.isValid(pixel)) continue;
        least = Math.min(least, rangeM[pixel]!);
        most = Math.max(most, rangeM[pixel]!);
      }
    return most - least > LEAST_STEP_M;
  }
}

/** Angle between neighbouring lines of sight in the middle of the image, rad. */
function pitchOf({ directions, height, width }: RayTable): number {
  const a = 3 * (Math.floor(height / 2) * width + Math.max(0, Math.floor(width / 2) - 1));
  const b = width > 1 ? a + 3 : a;
  const [dx, dy, dz] = [0, 1, 2].map((i) => directions[b + i]! - directions[a + i]!) as [
    number,
    number,
    number,
  ];
  return Math.max(1e-6, Math.sqrt(dx * dx + dy * dy + dz * dz));
}
