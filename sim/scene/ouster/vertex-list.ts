import type { Point } from "./beams.ts";

/** Vertices with a reflectance each, in arrays that grow. */
export class VertexList {
  #positions: Float32Array;
  #rho: Float32Array;
  #count = 0;

  constructor(capacity: number) {
    this.#positions = new Float32Array(3 * capacity);
    this.#rho = new Float32Array(capacity);
  }

  /** xyz interleaved; valid until the next add(). */
  get positions(): Float32Array {
    return this.#positions;
  }

  /** @returns the number of the vertex. */
  add({ x, y, z }: Point, rho: number): number {
    if (this.#count === this.#rho.length) this.#grow();
    this.#positions[3 * this.#count] = x;
    this.#positions[3 * this.#count + 1] = y;
    this.#positions[3 * this.#count + 2] = z;
    this.#rho[this.#count] = rho;
    return this.#count++;
  }

  arrays(): { readonly positions: Float32Array; readonly rho: Float32Array } {
    return { positions: this.#positions.slice(0, 3 * this.#count), rho: this.#rho.slice(0, this.#count) };
  }

  #grow(): void {
    const positions = new Float32Array(2 * this.#positions.length);
    positions.set(this.#positions);
    const rho = new Float32Array(2 * this.#rho.length);
    rho.set(this.#rho);
    this.#positions = positions;
    this.#rho = rho;
  }
}
