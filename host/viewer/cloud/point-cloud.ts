import { BufferAttribute, BufferGeometry, Points, PointsMaterial } from "three";
import { markOf, tableIndex } from "../image/paint.ts";
import type { Colouring } from "../state/colouring.ts";
import type { FrameModel } from "../state/frame-model.ts";
import { PixelOrder } from "./pixel-order.ts";

/** The points of one frame; only pixels with a range. Buffers grow with the sensor, never shrink. */
export class PointCloud {
  readonly points: Points<BufferGeometry, PointsMaterial>;
  private readonly order = new PixelOrder();
  private positions = new BufferAttribute(new Float32Array(0), 3);
  private colours = new BufferAttribute(new Uint8Array(0), 3, true);
  private count = 0;

  constructor() {
    const material = new PointsMaterial({ size: 2.5, sizeAttenuation: false, vertexColors: true });
    this.points = new Points(new BufferGeometry(), material);
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

  update(model: FrameModel, values: Float32Array, colouring: Colouring, marks: boolean): void {
    const pixels = model.valid.length;
    if (this.positions.array.length !== 3 * pixels) this.allocate(pixels);
    const position = this.positions.array;
    const colour = this.colours.array;
    const { scale, table } = colouring;
    const { points, valid, frame } = model;
    let at = 0;
    for (const pixel of this.order.of(pixels)) {
      if (valid[pixel] === 0) continue;
      position[at] = points[3 * pixel]!;
      position[at + 1] = points[3 * pixel + 1]!;
      position[at + 2] = points[3 * pixel + 2]!;
      const mark = marks ? markOf(frame.flags[pixel]!) : undefined;
      const source = mark ?? table;
      const index = mark ? 0 : tableIndex(scale, values[pixel]!);
      colour[at] = source[index]!;
      colour[at + 1] = source[index + 1]!;
      colour[at + 2] = source[index + 2]!;
      at += 3;
    }
    this.count = at / 3;
    this.positions.needsUpdate = true;
    this.colours.needsUpdate = true;
  }

  clear(): void {
    this.count = 0;
    this.showShare(0);
  }

  private allocate(pixels: number): void {
    this.points.geometry.dispose();
    this.positions = new BufferAttribute(new Float32Array(3 * pixels), 3);
    this.colours = new BufferAttribute(new Uint8Array(3 * pixels), 3, true);
    this.points.geometry.setAttribute("position", this.positions);
    this.points.geometry.setAttribute("color", this.colours);
  }
}
