import type { FramePlanes, RangePlanes } from "../packet/frame-planes.ts";
import { PointKernel } from "./point-kernel.ts";
import { setPointKernel } from "./points.ts";
import type { RayTable } from "./ray-table.ts";

/** The reader's frame, two that wait for it (the camera's default) and one that is being decoded. */
const DEFAULT_FRAMES = 4;

/**
 * Memory for the ranges and flags of a few depth frames beside their lines of sight, for `camera.decodeInto()`: points of a
 * frame that is decoded here need no copy of it, which at 1280 x 1024 pixels takes as long as half of the rest. Use it with
 * toPoints() or viewPoints() and the same table; nothing else changes.
 *
 * `rangeM` and `flags` of such a frame are lent: they hold until the loop over the frames asks for the next one, or another
 * acquisition starts. Whoever keeps them longer copies them (`frame.rangeM.slice()`). They are views of one WebAssembly
 * memory, which can be neither transferred nor detached. Frames that find all memory lent get arrays of their own.
 */
export class FrameMemory implements FramePlanes {
  readonly #width: number;
  readonly #height: number;
  readonly #free: RangePlanes[];
  readonly #lent = new Map<Float32Array, RangePlanes>();

  /** @param frames that can be in use at a time, 5 bytes a pixel each; from 1. */
  constructor(table: RayTable, frames: number = DEFAULT_FRAMES) {
    if (!Number.isInteger(frames) || frames < 1)
      throw new RangeError(`found memory for ${frames} frames, expected a whole number from 1`);
    const kernel = new PointKernel(table, frames);
    setPointKernel(table, kernel);
    this.#width = table.width;
    this.#height = table.height;
    this.#free = [...kernel.planes];
  }

  lend(width: number, height: number): RangePlanes | undefined {
    if (width !== this.#width || height !== this.#height) return undefined;
    const planes = this.#free.pop();
    if (planes) this.#lent.set(planes.rangeM, planes);
    return planes;
  }

  giveBack(rangeM: Float32Array): void {
    const planes = this.#lent.get(rangeM);
    if (!planes) return;
    this.#lent.delete(rangeM);
    this.#free.push(planes);
  }

  giveBackAll(): void {
    this.#free.push(...this.#lent.values());
    this.#lent.clear();
  }
}
