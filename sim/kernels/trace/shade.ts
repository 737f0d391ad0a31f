import {
  P_CELL_OFFSET,
  P_CELLS_PER_M,
  P_CONTRAST,
  P_RHO,
  P_SEED,
  P_TEXTURE,
  TEXTURE_CHECKER,
  TEXTURE_PLAIN,
} from "./layout.ts";
import { FAR_M, NEAREST_M, SKY_SHARE, SUN_SHARE } from "./light.ts";

// Four rays at once. Every lane does the same f32 operations in the same order as the scalar reference.

export function splat(prim: usize, offset: i32): v128 {
  return f32x4.splat(load<f32>(prim + <usize>offset));
}

export function dot(ax: v128, ay: v128, az: v128, bx: v128, by: v128, bz: v128): v128 {
  return f32x4.add(f32x4.add(f32x4.mul(ax, bx), f32x4.mul(ay, by)), f32x4.mul(az, bz));
}

/** Lanes that see something at t that is nearer than what they have. NaN is no hit. */
export function nearer(t: v128, work: usize): v128 {
  return v128.and(f32x4.gt(t, f32x4.splat(<f32>NEAREST_M)), f32x4.lt(t, v128.load(work)));
}

function cell(prim: usize, axis: i32, local: v128): v128 {
  const scaled = f32x4.mul(local, splat(prim, P_CELLS_PER_M + axis));
  return i32x4.trunc_sat_f32x4_s(f32x4.floor(f32x4.add(scaled, splat(prim, P_CELL_OFFSET + axis))));
}

/** A number from 0 to 1 for each cell: finaliser of MurmurHash3. */
function hashed(x: v128, y: v128, z: v128, seed: i32): v128 {
  let h = i32x4.mul(x, i32x4.splat(0x9e3779b1));
  h = v128.xor(h, i32x4.mul(y, i32x4.splat(0x85ebca77)));
  h = v128.xor(h, i32x4.mul(z, i32x4.splat(0xc2b2ae3d)));
  h = v128.xor(h, i32x4.splat(seed));
  h = i32x4.mul(v128.xor(h, i32x4.shr_u(h, 16)), i32x4.splat(0x85ebca6b));
  h = i32x4.mul(v128.xor(h, i32x4.shr_u(h, 13)), i32x4.splat(0xc2b2ae35));
  h = v128.xor(h, i32x4.shr_u(h, 16));
  return f32x4.mul(f32x4.convert_i32x4_s(i32x4.shr_u(h, 8)), f32x4.splat(1.0 / 16777216.0));
}

function reflectance(prim: usize, x: v128, y: v128, z: v128): v128 {
  const base = splat(prim, P_RHO);
  const texture = load<i32>(prim, P_TEXTURE);
  if (texture === TEXTURE_PLAIN) return base;
  const cx = cell(prim, 0, x);
  const cy = cell(prim, 4, y);
  const cz = cell(prim, 8, z);
  let level: v128;
  if (texture === TEXTURE_CHECKER) {
    const odd = v128.and(i32x4.add(i32x4.add(cx, cy), cz), i32x4.splat(1));
    level = f32x4.convert_i32x4_s(odd);
  } else {
    level = hashed(cx, cy, cz, load<i32>(prim, P_SEED));
  }
  return f32x4.add(base, f32x4.mul(splat(prim, P_CONTRAST), level));
}

/**
 * Write the hit into the lanes of `hit`: t, reflectance times |n.d|, reflectance times light of sun and sky.
 * x, y, z: the point in the primitive's own frame. The three planes of the work row are `stride` bytes apart.
 */
export function shade(
  hit: v128,
  t: v128,
  facing: v128,
  lit: v128,
  x: v128,
  y: v128,
  z: v128,
  prim: usize,
  work: usize,
  stride: usize,
): void {
  const rho = reflectance(prim, x, y, z);
  const sun = f32x4.mul(f32x4.splat(<f32>SUN_SHARE), f32x4.pmax(f32x4.splat(0), lit));
  const ambient = f32x4.mul(rho, f32x4.add(f32x4.splat(<f32>SKY_SHARE), sun));
  v128.store(work, v128.bitselect(t, v128.load(work), hit));
  const signalAt = work + stride;
  v128.store(signalAt, v128.bitselect(f32x4.mul(rho, facing), v128.load(signalAt), hit));
  const ambientAt = signalAt + stride;
  v128.store(ambientAt, v128.bitselect(ambient, v128.load(ambientAt), hit));
}

/** Nothing hit yet. */
export function clearGroup(work: usize, stride: usize): void {
  v128.store(work, f32x4.splat(<f32>FAR_M));
  v128.store(work + stride, f32x4.splat(0));
  v128.store(work + stride + stride, f32x4.splat(0));
}
