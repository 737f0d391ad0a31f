import { BufferAttribute, BufferGeometry, DynamicDrawUsage, Points } from "three";
import { markOf, tableIndex } from "../image/paint.ts";
import type { Colouring } from "../state/colouring.ts";
import type { DepthModel } from "../state/frame-model.ts";
import { PixelOrder } from "./pixel-order.ts";
import { PointMaterial } from "./point-material.ts";

/** The points of one frame; only pixels with a range. Buffers grow with the sensor, never shrink. */
export class PointCloud {
  readonly points: Points<BufferGeometry, PointMaterial>;
  private readonly order = new PixelOrder();
  private positions = new BufferAttribute(new Float32Array(0), 3);
  private colours = new BufferAttribute(new Uint8Array(0), 4, true);
  private count = 0;

  constructor() {
    this.points = new Points(new BufferGeometry(), new PointMaterial(2.5));
    this.points.frustumCulled = false;
  }

  /** Points of the present frame. */
  get size(): number {
    return this.count;
  }

  set pointSize(pixels: number) {
    this.points.material.size = pixels;
  }

  /** Show only this share of the points, spread evenly over the image. Returns how many that are. */
  showShare(share: number): number {
    const shown = Math.ceil(this.count * share);
    this.points.geometry.setDrawRange(0, shown);
    return shown;
  }

  update(model: DepthModel, values: Float32Array, colouring: Colouring, marks: boolean): void {
    const pixels = model.valid.length;
    if (this.positions.array.length !== 3 * pixels) this.allocate(pixels);
    const position = this.positions.array;
    const colour = this.colours.array;
    const { scale, table } = colouring;
    const { points, valid, frame } = model;
    const order = this.order.of(pixels);
    let count = 0;
    for (let i = 0; i < pixels; i++) {
      const pixel = order[i]!;
      if (valid[pixel] === 0) continue;
      position[3 * count] = points[3 * pixel]!;
      position[3 * count + 1] = points[3 * pixel + 1]!;
      position[3 * count + 2] = points[3 * pixel + 2]!;
      const mark = marks ? markOf(frame.flags[pixel]!) : undefined;
      const source = mark ?? table;
      const index = mark ? 0 : tableIndex(scale, values[pixel]!);
      colour[4 * count] = source[index]!;
      colour[4 * count + 1] = source[index + 1]!;
      colour[4 * count + 2] = source[index + 2]!;
      count++;
    }
    this.count = count;
    upload(this.positions, 3 * count);
    upload(this.colours, 4 * count);
  }

  clear(): void {
    this.count = 0;
    this.showShare(0);
  }

  private allocate(pixels: number): void {
    this.points.geometry.dispose();
    this.positions = new BufferAttribute(new Float32Array(3 * pixels), 3);
    // Four bytes each: three would be copied once more for want of alignment.
    this.colours = new BufferAttribute(new Uint8Array(4 * pixels), 4, true);
    for (const attribute of [this.positions, this.colours]) attribute.setUsage(DynamicDrawUsage);
    this.points.geometry.setAttribute("position", this.positions);
    this.points.geometry.setAttribute("colour", this.colours);
  }
}

function upload(attribute: BufferAttribute, values: number): void {
  attribute.clearUpdateRanges();
  attribute.addUpdateRange(0, values);
  attribute.needsUpdate = true;
}
