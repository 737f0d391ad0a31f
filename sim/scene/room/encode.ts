import * as L from "../../kernels/trace/layout.ts";
import { SUN_X, SUN_Y, SUN_Z } from "../../kernels/trace/light.ts";
import type { Box, Capsule, Ellipsoid, Frustum, Paint, Shape, Solid } from "./solid.ts";
import { dot, length, minus, scaled, type Vector } from "./vector.ts";

const SUN: Vector = [SUN_X, SUN_Y, SUN_Z];
const MIN_LENGTH_M = 1e-6;

/** Write a solid as the 128 byte primitive that the kernels read. */
export function encodeSolid(view: DataView, address: number, solid: Solid): void {
  const put = (offset: number, values: readonly number[]): void => {
    values.forEach((value, i) => {
      view.setFloat32(address + offset + 4 * i, value, true);
    });
  };
  encodePaint(view, address, solid.paint, put);
  view.setInt32(address + L.P_KIND, encodeShape(solid.shape, put), true);
}

type Put = (offset: number, values: readonly number[]) => void;

function encodePaint(view: DataView, address: number, paint: Paint, put: Put): void {
  const texture =
    paint.pattern === "hashed"
      ? L.TEXTURE_HASHED
      : paint.pattern === "checker"
        ? L.TEXTURE_CHECKER
        : L.TEXTURE_PLAIN;
  view.setInt32(address + L.P_TEXTURE, texture, true);
  view.setInt32(address + L.P_SEED, paint.seed ?? 0, true);
  put(L.P_RHO, [paint.rho, paint.contrast ?? 0]);
  const cells = (paint.cellM ?? [0, 0, 0]).map((size) => (size > 0 ? 1 / size : 0));
  put(L.P_CELLS_PER_M, cells);
  // Cell borders must not fall on the faces of boxes that are a whole number of cells wide.
  put(L.P_CELL_OFFSET, [0.37, 0.41, 0.43]);
}

function encodeShape(shape: Shape, put: Put): number {
  switch (shape.kind) {
    case "box":
      return encodeBox(shape, put);
    case "ellipsoid":
      return encodeEllipsoid(shape, put);
    case "capsule":
      return encodeCapsule(shape, put);
    case "frustum":
      return encodeFrustum(shape, put);
  }
}

function encodeBox({ centre, half, axes }: Box, put: Put): number {
  put(L.BOX_ROTATION, axes.flat());
  put(
    L.BOX_CENTRE,
    axes.map((axis) => dot(axis, centre)),
  );
  put(L.BOX_HALF, half);
  put(
    L.BOX_SUN,
    axes.map((axis) => dot(axis, SUN)),
  );
  return L.KIND_BOX;
}

function encodeEllipsoid({ centre, radius }: Ellipsoid, put: Put): number {
  put(L.ELLIPSOID_SCALED_CENTRE, [centre[0] / radius[0], centre[1] / radius[1], centre[2] / radius[2]]);
  put(L.ELLIPSOID_INVERSE_RADIUS, [1 / radius[0], 1 / radius[1], 1 / radius[2]]);
  put(L.ELLIPSOID_CENTRE, centre);
  return L.KIND_ELLIPSOID;
}

function encodeCapsule({ from, to, radius }: Capsule, put: Put): number {
  const along = minus(to, from);
  const size = length(along);
  put(L.CAPSULE_END, from);
  put(L.CAPSULE_AXIS, size > MIN_LENGTH_M ? scaled(along, 1 / size) : [0, 1, 0]);
  put(L.CAPSULE_LENGTH, [size, radius]);
  return L.KIND_CAPSULE;
}

function encodeFrustum(shape: Frustum, put: Put): number {
  const slope = (shape.bottomRadius - shape.topRadius) / (shape.bottomY - shape.topY);
  put(L.FRUSTUM_CENTRE_X, [shape.x, shape.z]);
  put(L.FRUSTUM_TOP_Y, [shape.topY, shape.bottomY]);
  put(L.FRUSTUM_RADIUS0, [shape.topRadius - slope * shape.topY, slope]);
  return L.KIND_FRUSTUM;
}
