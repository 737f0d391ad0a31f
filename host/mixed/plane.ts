/** A plane seen by a pinhole camera: 1/z is affine in pixel coordinates. Here relative to a centre pixel's 1/z, less 1. */
export interface Plane {
  /** At the centre pixel. */
  value: number;
  /** Change a pixel to the right, and a pixel down. */
  alongX: number;
  alongY: number;
  /** Variance of value. */
  variance: number;
}

export function newPlane(): Plane {
  return { value: 0, alongX: 0, alongY: 0, variance: 0 };
}

export function planeAt(plane: Plane, dx: number, dy: number): number {
  return plane.value + plane.alongX * dx + plane.alongY * dy;
}

/** Normal equations of a weighted plane. */
export class PlaneSums {
  readonly #slopeWeight: number;
  #w = 0;
  #x = 0;
  #y = 0;
  #xx = 0;
  #xy = 0;
  #yy = 0;
  #v = 0;
  #vx = 0;
  #vy = 0;

  /** @param slopeSigma standard deviation of slopes before anything is known: keeps planes of few pixels from tipping over */
  constructor(slopeSigma: number) {
    this.#slopeWeight = 1 / slopeSigma ** 2;
  }

  clear(): void {
    this.#w = this.#x = this.#y = this.#v = this.#vx = this.#vy = this.#xy = 0;
    this.#xx = this.#yy = this.#slopeWeight;
  }

  /** @param weight inverse variance of value */
  add(dx: number, dy: number, value: number, weight: number): void {
    this.#w += weight;
    this.#x += weight * dx;
    this.#y += weight * dy;
    this.#xx += weight * dx * dx;
    this.#xy += weight * dx * dy;
    this.#yy += weight * dy * dy;
    this.#v += weight * value;
    this.#vx += weight * value * dx;
    this.#vy += weight * value * dy;
  }

  /** Least squares into `plane`. @returns false when nothing had weight. */
  solve(plane: Plane): boolean {
    if (!(this.#w > 0)) return false;
    const [meanX, meanY] = [this.#x / this.#w, this.#y / this.#w];
    const xx = this.#xx - meanX * this.#x;
    const xy = this.#xy - meanX * this.#y;
    const yy = this.#yy - meanY * this.#y;
    const vx = this.#vx - meanX * this.#v;
    const vy = this.#vy - meanY * this.#v;
    const determinant = xx * yy - xy * xy;
    plane.alongX = (yy * vx - xy * vy) / determinant;
    plane.alongY = (xx * vy - xy * vx) / determinant;
    plane.value = this.#v / this.#w - plane.alongX * meanX - plane.alongY * meanY;
    plane.variance =
      1 / this.#w + (meanX * meanX * yy - 2 * meanX * meanY * xy + meanY * meanY * xx) / determinant;
    return true;
  }
}
