import { PIXEL_SIDES } from "./pixel-sides.ts";
import { type PixelWindow, WINDOW_PIXELS } from "./pixel-window.ts";
import { newPlane, type Plane, PlaneSums, planeAt } from "./plane.ts";

/** Slopes of surfaces before anything is known, as tangents of the angle at which they are seen. */
const SLOPE_SIGMA = 3;
/** Steps of least absolute distances on one side, then of a robust fit to all pixels. */
const START_STEPS = 5;
const STEPS = 2;
/** Weights of the robust fit fall to a quarter at this many variances. */
const ROBUST = 6;
/** A pixel costs no more than this, in variances: it may be of a third surface. */
const WORST = 12;
/** Cost of a pixel that lies between two surfaces. */
const BETWEEN = 4;
/** Cost of a second surface. */
const SECOND = 4;
/** Surfaces turned at random fill a view with density (1 + tan^2)^-2, a cost of 4 ln(1 + tan^2); steep ones are rarer still in made things. */
const SLOPE_COST = 6;
/** A pixel within as many variances of a plane belongs to it. */
const BELONGS = 9;

/** Finds the one or two planes that explain a window best, among robust fits that start from each of its sides. */
export class SurfaceFinder {
  /** The results; the second one only when two were found. */
  first: Plane = newPlane();
  second: Plane = newPlane();
  /** By how much two planes explain the window better than one, in variances. */
  gain = 0;
  readonly #sums: PlaneSums;
  readonly #pitch: number;
  readonly #free = new Uint8Array(WINDOW_PIXELS);
  readonly #planes = Array.from({ length: 2 * PIXEL_SIDES.length }, newPlane);
  /** Of each plane: what it costs to explain all with it, and what its slope costs. */
  readonly #costs = new Float64Array(2 * PIXEL_SIDES.length);
  readonly #slopeCosts = new Float64Array(2 * PIXEL_SIDES.length);
  /** Distance of every pixel from every plane, in standard deviations. */
  readonly #off = new Float64Array(2 * PIXEL_SIDES.length * WINDOW_PIXELS);
  #count = 0;

  /** @param pitch angle between neighbouring pixels, rad */
  constructor(pitch: number) {
    this.#pitch = pitch;
    this.#sums = new PlaneSums(SLOPE_SIGMA * pitch);
  }

  /** @returns the number of planes, 0 to 2. */
  find(window: PixelWindow): number {
    this.#count = 0;
    this.#free.fill(1);
    this.#addPlanes(window);
    if (this.#count === 0) return 0;
    this.#takeAway(window, this.#best());
    this.#addPlanes(window);
    return this.#choose(window);
  }

  #addPlanes(window: PixelWindow): void {
    for (const { dx, dy } of PIXEL_SIDES) {
      const plane = this.#planes[this.#count]!;
      if (this.#fitFrom(window, plane, dx, dy)) this.#rate(window, plane, this.#count++);
    }
  }

  #rate(window: PixelWindow, plane: Plane, at: number): void {
    let cost = 0;
    for (let i = 0; i < window.count; i++) {
      const off = distance(window, plane, i);
      this.#off[at * WINDOW_PIXELS + i] = off;
      cost += Math.min(WORST, off * off);
    }
    const tangent2 = (plane.alongX ** 2 + plane.alongY ** 2) / ((1 + plane.value) * this.#pitch) ** 2;
    this.#slopeCosts[at] = SLOPE_COST * Math.log(1 + tangent2);
    this.#costs[at] = cost + this.#slopeCosts[at]!;
  }

  #best(): number {
    let best = 0;
    for (let i = 1; i < this.#count; i++) if (this.#costs[i]! < this.#costs[best]!) best = i;
    return best;
  }

  /** What belongs to a plane is not looked at again, so that a small surface is found beside a large one. */
  #takeAway(window: PixelWindow, plane: number): void {
    for (let i = 0; i < window.count; i++)
      if (this.#off[plane * WINDOW_PIXELS + i]! ** 2 < BELONGS) this.#free[i] = 0;
  }

  #choose(window: PixelWindow): number {
    const single = this.#best();
    let least = this.#costs[single]!;
    let found = 1;
    this.first = this.#planes[single]!;
    for (let a = 0; a < this.#count; a++)
      for (let b = a + 1; b < this.#count; b++) {
        const cost = this.#pairCost(window, a, b, least);
        if (cost >= least) continue;
        least = cost;
        found = 2;
        this.first = this.#planes[a]!;
        this.second = this.#planes[b]!;
      }
    this.gain = this.#costs[single]! - least;
    return found;
  }

  #pairCost(window: PixelWindow, a: number, b: number, limit: number): number {
    const off = this.#off;
    let cost = SECOND + this.#slopeCosts[a]! + this.#slopeCosts[b]!;
    for (let i = 0; i < window.count && cost < limit; i++) {
      const fromA = off[a * WINDOW_PIXELS + i]!;
      const fromB = off[b * WINDOW_PIXELS + i]!;
      cost += Math.min(fromA * fromA, fromB * fromB, fromA * fromB < 0 ? BETWEEN : WORST);
    }
    return cost;
  }

  #fitFrom(window: PixelWindow, plane: Plane, sideX: number, sideY: number): boolean {
    plane.value = plane.alongX = plane.alongY = 0;
    for (let step = 0; step < START_STEPS; step++)
      if (!this.#startStep(window, plane, sideX, sideY, step === 0)) return false;
    for (let step = 0; step < STEPS; step++) this.#robustStep(window, plane);
    return true;
  }

  /** Least absolute distances by reweighting: nearly half of the side may be of another surface. */
  #startStep(window: PixelWindow, plane: Plane, sideX: number, sideY: number, isEven: boolean): boolean {
    const sums = this.#sums;
    sums.clear();
    for (let i = 0; i < window.count; i++) {
      if (this.#free[i] === 0 || window.dx[i]! * sideX + window.dy[i]! * sideY <= 0) continue;
      const weight = isEven ? 1 : 1 / Math.sqrt(1 + distance(window, plane, i) ** 2);
      sums.add(window.dx[i]!, window.dy[i]!, window.value[i]!, weight / window.sigma[i]! ** 2);
    }
    return sums.solve(plane);
  }

  #robustStep(window: PixelWindow, plane: Plane): void {
    const sums = this.#sums;
    sums.clear();
    for (let i = 0; i < window.count; i++) {
      if (this.#free[i] === 0) continue;
      const weight = 1 / (1 + distance(window, plane, i) ** 2 / ROBUST) ** 2;
      sums.add(window.dx[i]!, window.dy[i]!, window.value[i]!, weight / window.sigma[i]! ** 2);
    }
    sums.solve(plane);
  }
}

/** Of a pixel from a plane, in standard deviations of the pixel; above 0: nearer. */
export function distance(window: PixelWindow, plane: Plane, i: number): number {
  return (window.value[i]! - planeAt(plane, window.dx[i]!, window.dy[i]!)) / window.sigma[i]!;
}
