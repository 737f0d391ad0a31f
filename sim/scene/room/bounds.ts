import type { RayBundle } from "../scene.ts";
import type { Box, Shape } from "./solid.ts";
import { plus, scaled, type Vector } from "./vector.ts";

/** What a solid can cover, as slopes x/z and y/z of camera rays; undefined if all of it lies behind the camera. */
export interface SlopeBounds {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const EVERYWHERE: SlopeBounds = {
  left: -Number.MAX_VALUE,
  right: Number.MAX_VALUE,
  top: -Number.MAX_VALUE,
  bottom: Number.MAX_VALUE,
};
/** A corner nearer than this to the camera's plane has no useful projection. */
const NEAR_PLANE_M = 0.02;
/** More than f32 directions and f32 hits can be off. */
const MARGIN = 1e-4;

/** Bounds that surely hold the solid: the projected corners of a box around it. `turn`: rows, world from camera. */
export function slopeBounds(shape: Shape, turn: readonly number[]): SlopeBounds | undefined {
  const slopesX: number[] = [];
  const slopesY: number[] = [];
  let behind = 0;
  for (const [x, y, z] of corners(shape)) {
    const depth = turn[2]! * x + turn[5]! * y + turn[8]! * z;
    if (depth < NEAR_PLANE_M) behind++;
    slopesX.push((turn[0]! * x + turn[3]! * y + turn[6]! * z) / depth);
    slopesY.push((turn[1]! * x + turn[4]! * y + turn[7]! * z) / depth);
  }
  if (behind === slopesX.length) return undefined;
  if (behind > 0) return EVERYWHERE;
  return {
    left: Math.min(...slopesX) - MARGIN,
    right: Math.max(...slopesX) + MARGIN,
    top: Math.min(...slopesY) - MARGIN,
    bottom: Math.max(...slopesY) + MARGIN,
  };
}

function corners(shape: Shape): Vector[] {
  if (shape.kind === "box") return boxCorners(shape.centre, shape.half, shape.axes);
  const [low, high] = extent(shape);
  const centre = scaled(plus(low, high), 0.5);
  const half: Vector = [(high[0] - low[0]) / 2, (high[1] - low[1]) / 2, (high[2] - low[2]) / 2];
  return boxCorners(centre, half, [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ]);
}

function extent(shape: Exclude<Shape, Box>): [Vector, Vector] {
  if (shape.kind === "ellipsoid") {
    return [plus(shape.centre, scaled(shape.radius, -1)), plus(shape.centre, shape.radius)];
  }
  if (shape.kind === "capsule") {
    const { from: a, to: b, radius: r } = shape;
    return [
      [Math.min(a[0], b[0]) - r, Math.min(a[1], b[1]) - r, Math.min(a[2], b[2]) - r],
      [Math.max(a[0], b[0]) + r, Math.max(a[1], b[1]) + r, Math.max(a[2], b[2]) + r],
    ];
  }
  const radius = Math.max(shape.topRadius, shape.bottomRadius);
  return [
    [shape.x - radius, shape.topY, shape.z - radius],
    [shape.x + radius, shape.bottomY, shape.z + radius],
  ];
}

function boxCorners(centre: Vector, half: Vector, axes: Box["axes"]): Vector[] {
  const found: Vector[] = [];
  for (let corner = 0; corner < 8; corner++) {
    let at = centre;
    for (let axis = 0; axis < 3; axis++) {
      at = plus(at, scaled(axes[axis]!, (corner >> axis) & 1 ? half[axis]! : -half[axis]!));
    }
    found.push(at);
  }
  return found;
}

/** Columns and rows [first, end) of a bundle. */
export interface PixelRectangle {
  readonly firstColumn: number;
  readonly endColumn: number;
  readonly firstRow: number;
  readonly endRow: number;
}

/** The slopes that the rays of each column and of each row span: finds what pixels a solid can touch. */
export class BundleExtent {
  readonly #columnLow: Float64Array;
  readonly #columnHigh: Float64Array;
  readonly #rowLow: Float64Array;
  readonly #rowHigh: Float64Array;

  constructor(rays: RayBundle) {
    this.#columnLow = new Float64Array(rays.columns).fill(Number.MAX_VALUE);
    this.#columnHigh = new Float64Array(rays.columns).fill(-Number.MAX_VALUE);
    this.#rowLow = new Float64Array(rays.rows).fill(Number.MAX_VALUE);
    this.#rowHigh = new Float64Array(rays.rows).fill(-Number.MAX_VALUE);
    const { directions: d, raysPerPixel } = rays;
    let at = 0;
    for (let row = 0; row < rays.rows; row++) {
      for (let column = 0; column < rays.columns; column++) {
        for (let ray = 0; ray < raysPerPixel; ray++, at += 3) {
          this.#widen(column, row, d[at]!, d[at + 1]!, d[at + 2]!);
        }
      }
    }
  }

  /** Sideways and backward rays have no slope: their pixels can see anything. */
  #widen(column: number, row: number, x: number, y: number, z: number): void {
    const forward = z > 1e-6;
    this.#columnLow[column] = Math.min(this.#columnLow[column]!, forward ? x / z : -Number.MAX_VALUE);
    this.#columnHigh[column] = Math.max(this.#columnHigh[column]!, forward ? x / z : Number.MAX_VALUE);
    this.#rowLow[row] = Math.min(this.#rowLow[row]!, forward ? y / z : -Number.MAX_VALUE);
    this.#rowHigh[row] = Math.max(this.#rowHigh[row]!, forward ? y / z : Number.MAX_VALUE);
  }

  /** The smallest rectangle of pixels with rays inside the bounds; undefined if there are none. */
  rectangle(bounds: SlopeBounds): PixelRectangle | undefined {
    const [firstColumn, endColumn] = overlap(this.#columnLow, this.#columnHigh, bounds.left, bounds.right);
    const [firstRow, endRow] = overlap(this.#rowLow, this.#rowHigh, bounds.top, bounds.bottom);
    if (firstColumn === endColumn || firstRow === endRow) return undefined;
    return { firstColumn, endColumn, firstRow, endRow };
  }
}

function overlap(low: Float64Array, high: Float64Array, from: number, to: number): [number, number] {
  let first = 0;
  let end = low.length;
  while (first < end && (high[first]! < from || low[first]! > to)) first++;
  while (end > first && (high[end - 1]! < from || low[end - 1]! > to)) end--;
  return [first, end];
}
