import { PIXEL_INVALID } from "../../hw-profiles/interface/pixel-flags.ts";
import { POINTS_MODULE } from "./points-module.ts";
import type { RayTable } from "./ray-table.ts";

/** Pixels that are copied in and computed at a time: they stay in the cache between. A multiple of LANES. */
const CHUNK_PX = 16_384;
/** Pixels of a turn of the kernel's loop; what it writes beyond the last pixel has room. */
const LANES = 4;
const PAGE_BYTES = 65_536;
const XYZ_BYTES = 12;

type Project = (flags: number, directions: number, points: number, pixels: number, invalid: number) => void;

let compiled: WebAssembly.Module | undefined;

/** Compiled when the first points are wanted: a third of a kilobyte. */
function pointsModule(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(POINTS_MODULE), (char) => char.charCodeAt(0)));
  return compiled;
}

/** Range to points for the lines of sight of one table, in vectors, in a memory of its own. */
export class PointKernel {
  /** Points of the last projectAll(), xyz interleaved, m. */
  readonly points: Float32Array;
  readonly #pixels: number;
  readonly #project: Project;
  readonly #ranges: Float32Array;
  readonly #flags: Uint8Array;
  readonly #directions: number;

  constructor({ directions }: RayTable) {
    this.#pixels = directions.length / 3;
    const rounded = Math.ceil(this.#pixels / LANES) * LANES;
    const chunk = Math.min(CHUNK_PX, rounded);
    const flags = 4 * chunk;
    this.#directions = flags + Math.ceil(chunk / 16) * 16;
    const points = this.#directions + XYZ_BYTES * rounded;
    const pages = Math.ceil((points + XYZ_BYTES * rounded) / PAGE_BYTES);
    const memory = new WebAssembly.Memory({ initial: Math.max(pages, 1) });
    const { exports } = new WebAssembly.Instance(pointsModule(), { host: { memory } });
    this.#project = exports["project"] as Project;
    this.#ranges = new Float32Array(memory.buffer, 0, chunk);
    this.#flags = new Uint8Array(memory.buffer, flags, chunk);
    this.points = new Float32Array(memory.buffer, points, directions.length);
    new Float32Array(memory.buffer, this.#directions, directions.length).set(directions);
  }

  /** Points of all pixels, into `points`. */
  projectAll(rangeM: Float32Array, flags: Uint8Array): void {
    for (let first = 0; first < this.#pixels; first += CHUNK_PX) this.#chunk(rangeM, flags, first);
  }

  #chunk(rangeM: Float32Array, flags: Uint8Array, first: number): void {
    const end = Math.min(first + CHUNK_PX, this.#pixels);
    this.#ranges.set(rangeM.subarray(first, end));
    this.#flags.set(flags.subarray(first, end));
    const target = this.points.byteOffset + XYZ_BYTES * first;
    const directions = this.#directions + XYZ_BYTES * first;
    this.#project(this.#flags.byteOffset, directions, target, end - first, PIXEL_INVALID);
  }
}
