import type { RayBundle, RayHits } from "../scene.ts";

/** Exports of build/trace.wasm (sim/kernels/trace.ts). Addresses and strides in bytes. */
export interface TraceKernels {
  clear(work: number, workStride: number, groups: number): void;
  cast(
    primitive: number,
    directions: number,
    directionStride: number,
    work: number,
    workStride: number,
    groups: number,
  ): void;
  castDepth(
    image: number,
    directions: number,
    directionStride: number,
    out: number,
    outStride: number,
    rays: number,
  ): void;
  copy(from: number, fromStride: number, to: number, toStride: number, groups: number): void;
  settle(
    work: number,
    workStride: number,
    front: number,
    frontStride: number,
    flags: number,
    pixels: number,
    raysPerPixel: number,
  ): void;
}

const PAGE_BYTES = 65536;
const FIRST_FREE = 4096;
const ALIGNMENT = 64;

/** Hands out addresses of a linear memory that is created when the plan is complete. */
export class MemoryPlan {
  #end = FIRST_FREE;

  /** The address of `bytes` new bytes, aligned for vectors. */
  take(bytes: number): number {
    const address = this.#end;
    this.#end = Math.ceil((address + bytes) / ALIGNMENT) * ALIGNMENT;
    return address;
  }

  createMemory(): WebAssembly.Memory {
    const pages = Math.ceil(this.#end / PAGE_BYTES);
    return new WebAssembly.Memory({ initial: pages, maximum: 65536 });
  }
}

/** The kernels on their own memory. */
export function instantiateKernels(module: WebAssembly.Module, memory: WebAssembly.Memory): TraceKernels {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  return exports as unknown as TraceKernels;
}

/** Three planes (x, y, z or range, signal, ambient) of rows of rays; a row is padded to whole groups of four. */
export interface Planes {
  readonly address: number;
  /** From one plane to the next, bytes. */
  readonly stride: number;
  /** From one row to the next, bytes. */
  readonly rowBytes: number;
}

/** Room for three planes of `rows` rows. */
export function takePlanes(plan: MemoryPlan, rays: RayBundle, rows: number): Planes {
  const rowBytes = Math.ceil((rays.columns * rays.raysPerPixel) / 4) * 16;
  const stride = rowBytes * rows;
  return { address: plan.take(3 * stride), stride, rowBytes };
}

/** Write the directions as planes, turned by the rows of a 3 x 3 matrix. Padding looks forward. */
export function storeDirections(
  memory: WebAssembly.Memory,
  planes: Planes,
  rays: RayBundle,
  turn: readonly number[],
): void {
  const raysPerRow = rays.columns * rays.raysPerPixel;
  for (let axis = 0; axis < 3; axis++) {
    const [a = 0, b = 0, c = 0] = turn.slice(3 * axis, 3 * axis + 3);
    const plane = new Float32Array(memory.buffer, planes.address + axis * planes.stride, planes.stride / 4);
    if (axis === 2) plane.fill(1);
    for (let row = 0; row < rays.rows; row++) {
      let from = 3 * row * raysPerRow;
      const first = (row * planes.rowBytes) / 4;
      for (let to = first; to < first + raysPerRow; to++, from += 3) {
        const d = rays.directions;
        plane[to] = a * d[from]! + b * d[from + 1]! + c * d[from + 2]!;
      }
    }
  }
}

/** Copy `pixels` pixels of one row from the planes to the hits. */
export function loadHits(
  memory: WebAssembly.Memory,
  planes: Planes,
  rays: RayBundle,
  hits: RayHits,
  row: number,
  firstColumn: number,
  pixels: number,
): void {
  const count = pixels * rays.raysPerPixel;
  const to = (row * rays.columns + firstColumn) * rays.raysPerPixel;
  const from = planes.address + row * planes.rowBytes + 4 * firstColumn * rays.raysPerPixel;
  hits.rangeM.set(new Float32Array(memory.buffer, from, count), to);
  hits.signalRho.set(new Float32Array(memory.buffer, from + planes.stride, count), to);
  hits.ambientRho.set(new Float32Array(memory.buffer, from + 2 * planes.stride, count), to);
}
