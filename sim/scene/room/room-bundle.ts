import { PRIMITIVE_BYTES } from "../../kernels/trace/layout.ts";
import { flaggedPixels } from "../changed-pixels.ts";
import type { ChangedPixels, RayBundle, RayHits } from "../scene.ts";
import {
  instantiateKernels,
  loadHits,
  MemoryPlan,
  type Planes,
  storeDirections,
  type TraceKernels,
  takePlanes,
} from "../trace/tracer.ts";
import { BundleExtent, type PixelRectangle, slopeBounds } from "./bounds.ts";
import { encodeSolid } from "./encode.ts";
import { RowSpans } from "./row-spans.ts";
import type { Solid } from "./solid.ts";

/** A primitive in linear memory and the pixels that it can touch. */
interface Placed {
  readonly address: number;
  readonly pixels: PixelRectangle;
}

/**
 * Solids seen by one ray bundle. What stands still is cast once and kept; per frame only the pixels that moving solids
 * can touch, or could in the frame before, are restored and cast again.
 */
export class RoomBundle {
  readonly #rays: RayBundle;
  readonly #turn: readonly number[];
  readonly #extent: BundleExtent;
  readonly #memory: WebAssembly.Memory;
  readonly #kernels: TraceKernels;
  readonly #primitives: number;
  readonly #directions: Planes;
  readonly #still: Planes;
  readonly #front: Planes;
  readonly #work: Planes;
  readonly #flagsAddress: number;
  #before: RowSpans;

  /** `movingCount`: the most solids that `update` will be given. `turn`: rows of world-from-camera. */
  constructor(
    module: WebAssembly.Module,
    rays: RayBundle,
    turn: readonly number[],
    still: readonly Solid[],
    movingCount: number,
  ) {
    this.#rays = rays;
    this.#turn = turn;
    this.#extent = new BundleExtent(rays);
    const plan = new MemoryPlan();
    this.#primitives = plan.take(PRIMITIVE_BYTES * Math.max(still.length, movingCount));
    this.#directions = takePlanes(plan, rays, rays.rows);
    this.#still = takePlanes(plan, rays, rays.rows);
    this.#front = takePlanes(plan, rays, rays.rows);
    this.#work = takePlanes(plan, rays, 1);
    this.#flagsAddress = plan.take(rays.columns * rays.rows);
    this.#memory = plan.createMemory();
    this.#kernels = instantiateKernels(module, this.#memory);
    storeDirections(this.#memory, this.#directions, rays, turn);
    this.#castStill(still);
    this.#before = new RowSpans(rays.rows);
    // Everything is new to the first update.
    for (let row = 0; row < rays.rows; row++) this.#before.add(row, 0, rays.columns);
  }

  /** Move the hits on to where `moving` are now. Names the pixels that differ from the update before. */
  update(moving: readonly Solid[], hits: RayHits): ChangedPixels {
    const placed = this.#place(moving);
    const now = new RowSpans(this.#rays.rows);
    for (const { pixels } of placed) {
      for (let row = pixels.firstRow; row < pixels.endRow; row++)
        now.add(row, pixels.firstColumn, pixels.endColumn);
    }
    const flags = new Uint8Array(
      this.#memory.buffer,
      this.#flagsAddress,
      this.#rays.columns * this.#rays.rows,
    );
    flags.fill(0);
    for (let row = 0; row < this.#rays.rows; row++)
      this.#updateRow(row, now.union(this.#before, row), placed);
    this.#before = now;
    const changed = flaggedPixels(flags);
    this.#deliver(changed, hits);
    return changed;
  }

  /** Copy all hits of the last update. */
  copyAll(hits: RayHits): void {
    for (let row = 0; row < this.#rays.rows; row++) {
      loadHits(this.#memory, this.#front, this.#rays, hits, row, 0, this.#rays.columns);
    }
  }

  #place(solids: readonly Solid[]): Placed[] {
    const view = new DataView(this.#memory.buffer);
    const placed: Placed[] = [];
    for (const solid of solids) {
      const bounds = slopeBounds(solid.shape, this.#turn);
      const pixels = bounds && this.#extent.rectangle(bounds);
      if (pixels === undefined) continue;
      const address = this.#primitives + PRIMITIVE_BYTES * placed.length;
      encodeSolid(view, address, solid);
      placed.push({ address, pixels });
    }
    return placed;
  }

  #castStill(still: readonly Solid[]): void {
    const placed = this.#place(still);
    const groups = this.#still.rowBytes / 16;
    for (let row = 0; row < this.#rays.rows; row++) {
      this.#kernels.clear(this.#work.address, this.#work.stride, groups);
      this.#castRow(row, placed);
      const to = this.#still.address + row * this.#still.rowBytes;
      this.#kernels.copy(this.#work.address, this.#work.stride, to, this.#still.stride, groups);
    }
  }

  #castRow(row: number, placed: readonly Placed[]): void {
    for (const { address, pixels } of placed) {
      if (row < pixels.firstRow || row >= pixels.endRow) continue;
      const { offset, groups } = this.#groups(pixels.firstColumn, pixels.endColumn);
      const directions = this.#directions.address + row * this.#directions.rowBytes + offset;
      const work = this.#work.address + offset;
      this.#kernels.cast(address, directions, this.#directions.stride, work, this.#work.stride, groups);
    }
  }

  /** Whole groups of four rays that cover the columns: byte offset in a row, and their number. */
  #groups(firstColumn: number, endColumn: number): { offset: number; groups: number } {
    const first = Math.floor((firstColumn * this.#rays.raysPerPixel) / 4);
    const end = Math.ceil((endColumn * this.#rays.raysPerPixel) / 4);
    return { offset: 16 * first, groups: end - first };
  }

  #updateRow(row: number, spans: readonly number[], placed: readonly Placed[]): void {
    if (spans.length === 0) return;
    const rowAt = row * this.#still.rowBytes;
    for (let i = 0; i < spans.length; i += 2) {
      const { offset, groups } = this.#groups(spans[i]!, spans[i + 1]!);
      const from = this.#still.address + rowAt + offset;
      this.#kernels.copy(from, this.#still.stride, this.#work.address + offset, this.#work.stride, groups);
    }
    this.#castRow(row, placed);
    for (let i = 0; i < spans.length; i += 2) this.#settle(row, spans[i]!, spans[i + 1]!);
  }

  #settle(row: number, firstColumn: number, endColumn: number): void {
    const { raysPerPixel, columns } = this.#rays;
    const offset = 4 * firstColumn * raysPerPixel;
    this.#kernels.settle(
      this.#work.address + offset,
      this.#work.stride,
      this.#front.address + row * this.#front.rowBytes + offset,
      this.#front.stride,
      this.#flagsAddress + row * columns + firstColumn,
      endColumn - firstColumn,
      raysPerPixel,
    );
  }

  #deliver(changed: ChangedPixels, hits: RayHits): void {
    const { columns } = this.#rays;
    for (let i = 0; i < changed.runs.length; i += 2) {
      const end = changed.runs[i]! + changed.runs[i + 1]!;
      for (let pixel = changed.runs[i]!; pixel < end; ) {
        const row = Math.floor(pixel / columns);
        const count = Math.min(end, (row + 1) * columns) - pixel;
        loadHits(this.#memory, this.#front, this.#rays, hits, row, pixel - row * columns, count);
        pixel += count;
      }
    }
  }
}
