import { sin } from "../../math/elementary.ts";
import type { Scan } from "./scan.ts";

const DEGREE = Math.PI / 180;
/** Nothing nearer is a return: beams begin off the axis. */
const NEAREST_M = 0.2;
/** A plane's 1/range changes evenly from beam to beam; so far may steps differ, as a share of the step (assumed). */
const UNEVEN = 0.3;

/** Pixels at the corners of a square, clockwise from the upper left; side i is from corner i to the next. */
export type Corners = readonly [number, number, number, number];

export function hasReturn(scan: Scan, pixel: number): boolean {
  return scan.rangeM[pixel]! > NEAREST_M;
}

/** Tells which neighbours of a scan lie on one surface. */
export class Neighbours {
  readonly #scan: Scan;
  readonly #steepest2: number;

  constructor(scan: Scan, slantDeg: number) {
    this.#scan = scan;
    this.#steepest2 = sin(slantDeg * DEGREE) ** 2;
  }

  /** @param positions of the pixels, xyz interleaved */
  sidesOf([a, b, c, d]: Corners, positions: Float32Array): readonly boolean[] {
    return [
      this.#isOneSurface(positions, a, b, true),
      this.#isOneSurface(positions, b, c, false),
      this.#isOneSurface(positions, d, c, true),
      this.#isOneSurface(positions, a, d, false),
    ];
  }

  /** `a` is left of `b`, or above it. */
  #isOneSurface(positions: Float32Array, a: number, b: number, isAlongRow: boolean): boolean {
    if (!hasReturn(this.#scan, a) || !hasReturn(this.#scan, b)) return false;
    if (isWithinSlant(positions, a, b, this.#steepest2)) return true;
    // A floor far away is flatter than that: one surface if the beams beyond continue it.
    return (
      this.#continues(this.#step(a, -1, isAlongRow), a, b) ||
      this.#continues(this.#step(b, 1, isAlongRow), b, a)
    );
  }

  /** The neighbour in a row, which closes in a circle, or in a column; -1 where there is none. */
  #step(pixel: number, by: number, isAlongRow: boolean): number {
    const { columns, rangeM } = this.#scan;
    if (!isAlongRow) {
      const other = pixel + by * columns;
      return other < rangeM.length ? other : -1;
    }
    const column = pixel % columns;
    return pixel - column + ((column + by + columns) % columns);
  }

  #continues(before: number, at: number, after: number): boolean {
    if (before < 0 || !hasReturn(this.#scan, before)) return false;
    const { rangeM } = this.#scan;
    const first = 1 / rangeM[at]! - 1 / rangeM[before]!;
    const second = 1 / rangeM[after]! - 1 / rangeM[at]!;
    return Math.abs(second - first) <= UNEVEN * Math.abs(second);
  }
}

/** The line e between the points makes an angle with the line of sight s that is not too small: (e . s)^2 <= sin^2 |e|^2 |s|^2. */
function isWithinSlant(p: Float32Array, a: number, b: number, steepest2: number): boolean {
  const [ax, ay, az] = [p[3 * a]!, p[3 * a + 1]!, p[3 * a + 2]!];
  const [bx, by, bz] = [p[3 * b]!, p[3 * b + 1]!, p[3 * b + 2]!];
  const [ex, ey, ez] = [bx - ax, by - ay, bz - az];
  const [sx, sy, sz] = [ax + bx, ay + by, az + bz];
  const along = ex * sx + ey * sy + ez * sz;
  return along * along <= steepest2 * (ex * ex + ey * ey + ez * ez) * (sx * sx + sy * sy + sz * sz);
}
