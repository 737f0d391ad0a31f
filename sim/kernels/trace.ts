import { castBox } from "./trace/box.ts";
import { castCapsule } from "./trace/capsule.ts";
import { castImage } from "./trace/depth-image.ts";
import { castEllipsoid } from "./trace/ellipsoid.ts";
import { castFrustum } from "./trace/frustum.ts";
import { GROUP_BYTES, KIND_BOX, KIND_CAPSULE, KIND_ELLIPSOID, P_KIND } from "./trace/layout.ts";
import { FAR_M } from "./trace/light.ts";
import { clearGroup } from "./trace/shade.ts";

/** Forget all hits of `groups` groups of four rays. */
export function clear(work: usize, workStride: usize, groups: i32): void {
  for (let i: i32 = 0; i < groups; i++) {
    clearGroup(work, workStride);
    work += GROUP_BYTES;
  }
}

/** Cast `groups` groups of four rays from the origin at one primitive; nearer hits replace those of the work row. */
export function cast(
  prim: usize,
  dirs: usize,
  dirStride: usize,
  work: usize,
  workStride: usize,
  groups: i32,
): void {
  const kind = load<i32>(prim, P_KIND);
  if (kind === KIND_BOX) castBox(prim, dirs, dirStride, work, workStride, groups);
  else if (kind === KIND_ELLIPSOID) castEllipsoid(prim, dirs, dirStride, work, workStride, groups);
  else if (kind === KIND_CAPSULE) castCapsule(prim, dirs, dirStride, work, workStride, groups);
  else castFrustum(prim, dirs, dirStride, work, workStride, groups);
}

/** Look `rays` rays up in a depth image (see castImage). */
export function castDepth(
  image: usize,
  dirs: usize,
  dirStride: usize,
  out: usize,
  outStride: usize,
  rays: i32,
): void {
  castImage(image, dirs, dirStride, out, outStride, rays);
}

/** Copy `groups` groups of the three planes. */
export function copy(from: usize, fromStride: usize, to: usize, toStride: usize, groups: i32): void {
  const bytes = <usize>groups * GROUP_BYTES;
  for (let plane: usize = 0; plane < 3; plane++) {
    memory.copy(to + plane * toStride, from + plane * fromStride, bytes);
  }
}

/**
 * Move the hits of a work row to their final place; no hit becomes range 0. flags[pixel] becomes 1 where anything
 * differs from what stood there.
 */
export function settle(
  work: usize,
  workStride: usize,
  front: usize,
  frontStride: usize,
  flags: usize,
  pixels: i32,
  raysPerPixel: i32,
): void {
  for (let pixel: i32 = 0; pixel < pixels; pixel++) {
    let difference: u32 = 0;
    for (let ray: i32 = 0; ray < raysPerPixel; ray++) {
      if (load<f32>(work) >= <f32>FAR_M) store<f32>(work, 0);
      difference |= moved(work, front);
      difference |= moved(work + workStride, front + frontStride);
      difference |= moved(work + workStride + workStride, front + frontStride + frontStride);
      work += 4;
      front += 4;
    }
    store<u8>(flags + <usize>pixel, difference !== 0 ? 1 : 0);
  }
}

function moved(from: usize, to: usize): u32 {
  const value = load<u32>(from);
  const difference = value ^ load<u32>(to);
  store<u32>(to, value);
  return difference;
}
