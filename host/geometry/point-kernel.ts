import { PIXEL_INVALID } from "../../hw-profiles/interface/pixel-flags.ts";
import type { RangePlanes } from "../packet/frame-planes.ts";
import { POINTS_MODULE } from "./points-module.ts";
import type { RayTable } from "./ray-table.ts";

/** Pixels that are copied in and computed at a time: they stay in the cache between. A multiple of TURN_PX. */
const CHUNK_PX = 16_384;
/** Pixels of a turn of the kernel's loop; what it reads and writes beyond the last pixel has room. */
const TURN_PX = 64;
const PAGE_BYTES = 65_536;
const RANGE_BYTES = 4;
const XYZ_BYTES = 12;
const CONSTANTS_BYTES = 8;

type Project = (
  ranges: number,
  flags: number,
  directions: number,
  points: number,
  pixels: number,
  usable: number,
) => void;

let compiled: WebAssembly.Module | undefined;

/** Compiled when the first points are wanted: half of a kilobyte. */
function pointsModule(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(POINTS_MODULE), (char) => char.charCodeAt(0)));
  return compiled;
}

/** Addresses in a kernel's memory; at its start stands what is copied of images that lie elsewhere. */
interface Layout {
  readonly directions: number;
  readonly points: number;
  /** Of each frame's ranges; its flags follow. */
  readonly frames: readonly number[];
  /** Ranges of TURN_PX pixels, then the kernel's constants. */
  readonly usable: number;
  readonly pages: number;
}

const roundUp = (pixels: number): number => Math.ceil(pixels / TURN_PX) * TURN_PX;

function layOut(pixels: number, frames: number): Layout {
  const rounded = roundUp(pixels);
  const frameBytes = (RANGE_BYTES + 1) * rounded;
  const directions = (RANGE_BYTES + 1) * Math.min(CHUNK_PX, rounded);
  const points = directions + XYZ_BYTES * rounded;
  const first = points + XYZ_BYTES * rounded;
  const starts = Array.from({ length: frames }, (_, frame) => first + frame * frameBytes);
  const usable = first + frames * frameBytes;
  const pages = Math.ceil((usable + RANGE_BYTES * TURN_PX + CONSTANTS_BYTES) / PAGE_BYTES);
  return { directions, points, frames: starts, usable, pages };
}

/** Range to points for the lines of sight of one table, in vectors, in a memory of its own. */
export class PointKernel {
  /** Points of the last projectAll(), xyz interleaved, m. */
  readonly points: Float32Array;
  /** Planes of frames in this memory, which need not be copied. */
  readonly planes: readonly RangePlanes[];
  readonly #pixels: number;
  readonly #project: Project;
  readonly #chunk: RangePlanes;
  readonly #layout: Layout;

  /** @param frames for which there are planes. */
  constructor({ directions }: RayTable, frames = 0) {
    this.#pixels = directions.length / 3;
    this.#layout = layOut(this.#pixels, frames);
    const memory = new WebAssembly.Memory({ initial: this.#layout.pages });
    const { exports } = new WebAssembly.Instance(pointsModule(), { host: { memory } });
    this.#project = exports["project"] as Project;
    const planesAt = (address: number, pixels: number): RangePlanes => ({
      rangeM: new Float32Array(memory.buffer, address, pixels),
      flags: new Uint8Array(memory.buffer, address + RANGE_BYTES * roundUp(pixels), pixels),
    });
    this.#chunk = planesAt(0, Math.min(CHUNK_PX, this.#pixels));
    this.planes = this.#layout.frames.map((address) => planesAt(address, this.#pixels));
    this.points = new Float32Array(memory.buffer, this.#layout.points, directions.length);
    new Float32Array(memory.buffer, this.#layout.directions, directions.length).set(directions);
    const constants = this.#layout.usable + RANGE_BYTES * TURN_PX;
    new Uint8Array(memory.buffer, constants, 4).fill(PIXEL_INVALID);
    new Float32Array(memory.buffer, constants + 4, 1).fill(Number.NaN);
  }

  /** Points of all pixels, into `points`. */
  projectAll(rangeM: Float32Array, flags: Uint8Array): void {
    if (this.planes.some((planes) => planes.rangeM === rangeM && planes.flags === flags)) {
      this.#projectPlanes({ rangeM, flags }, 0, this.#pixels);
      return;
    }
    for (let first = 0; first < this.#pixels; first += CHUNK_PX) {
      const end = Math.min(first + CHUNK_PX, this.#pixels);
      this.#chunk.rangeM.set(rangeM.subarray(first, end));
      this.#chunk.flags.set(flags.subarray(first, end));
      this.#projectPlanes(this.#chunk, first, end - first);
    }
  }

  /** `planes` of this memory hold `pixels` pixels, which are those of the image from `first` on. */
  #projectPlanes({ flags, rangeM }: RangePlanes, first: number, pixels: number): void {
    const { directions, points, usable } = this.#layout;
    const from = XYZ_BYTES * first;
    const ranges = rangeM.byteOffset;
    this.#project(ranges, flags.byteOffset, directions + from, points + from, pixels, usable);
  }
}
