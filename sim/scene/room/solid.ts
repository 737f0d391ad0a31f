import { cos, sin } from "../../math/elementary.ts";
import type { Vector } from "./vector.ts";

/**
 * How a surface sends light back at 940 nm: Lambertian reflectance `rho`, or `rho` to `rho + contrast` in cells of
 * `cellM` metres (0: no cut along that axis) of the solid's own frame.
 */
export interface Paint {
  readonly rho: number;
  readonly contrast?: number;
  readonly pattern?: "hashed" | "checker";
  readonly cellM?: Vector;
  readonly seed?: number;
}

/** Half sizes along its own axes; `axes` are the box's x, y, z as unit vectors of the world. */
export interface Box {
  readonly kind: "box";
  readonly centre: Vector;
  readonly half: Vector;
  readonly axes: readonly [Vector, Vector, Vector];
}

export interface Ellipsoid {
  readonly kind: "ellipsoid";
  readonly centre: Vector;
  readonly radius: Vector;
}

export interface Capsule {
  readonly kind: "capsule";
  readonly from: Vector;
  readonly to: Vector;
  readonly radius: number;
}

/** Upright, from topY down to bottomY. */
export interface Frustum {
  readonly kind: "frustum";
  readonly x: number;
  readonly z: number;
  readonly topY: number;
  readonly bottomY: number;
  readonly topRadius: number;
  readonly bottomRadius: number;
}

export type Shape = Box | Ellipsoid | Capsule | Frustum;

export interface Solid {
  readonly shape: Shape;
  readonly paint: Paint;
}

const UPRIGHT: Box["axes"] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

/** A box with edges along the world's axes. */
export function box(paint: Paint, centre: Vector, size: Vector, axes: Box["axes"] = UPRIGHT): Solid {
  const half: Vector = [size[0] / 2, size[1] / 2, size[2] / 2];
  return { shape: { kind: "box", centre, half, axes }, paint };
}

/** Axes of a box turned about the vertical; positive turns its front to the right. */
export function yawed(angle: number): Box["axes"] {
  const c = cos(angle);
  const s = sin(angle);
  return [
    [c, 0, -s],
    [0, 1, 0],
    [s, 0, c],
  ];
}

export function ball(paint: Paint, centre: Vector, radius: number): Solid {
  return ellipsoid(paint, centre, [radius, radius, radius]);
}

export function ellipsoid(paint: Paint, centre: Vector, radius: Vector): Solid {
  return { shape: { kind: "ellipsoid", centre, radius }, paint };
}

export function capsule(paint: Paint, from: Vector, to: Vector, radius: number): Solid {
  return { shape: { kind: "capsule", from, to, radius }, paint };
}

/** An upright cylinder or frustum whose bottom stands at `bottom`. */
export function frustum(
  paint: Paint,
  bottom: Vector,
  height: number,
  bottomRadius: number,
  topRadius: number = bottomRadius,
): Solid {
  const [x, bottomY, z] = bottom;
  return {
    shape: { kind: "frustum", x, z, topY: bottomY - height, bottomY, topRadius, bottomRadius },
    paint,
  };
}
