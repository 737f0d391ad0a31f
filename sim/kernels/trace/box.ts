import { BOX_CENTRE, BOX_HALF, BOX_ROTATION, BOX_SUN, GROUP_BYTES } from "./layout.ts";
import { dot, nearer, shade, splat } from "./shade.ts";

// A direction component of exactly 0 would make 0 * infinity; this changes nothing else in f32.
const NUDGE: f32 = 1e-20;

/** Oriented boxes by slabs; entry faces only. */
export function castBox(
  prim: usize,
  dirs: usize,
  dirStride: usize,
  work: usize,
  workStride: usize,
  groups: i32,
): void {
  const centreX = splat(prim, BOX_CENTRE);
  const centreY = splat(prim, BOX_CENTRE + 4);
  const centreZ = splat(prim, BOX_CENTRE + 8);
  const halfX = splat(prim, BOX_HALF);
  const halfY = splat(prim, BOX_HALF + 4);
  const halfZ = splat(prim, BOX_HALF + 8);
  const one = f32x4.splat(1);
  const nudge = f32x4.splat(NUDGE);
  for (let i: i32 = 0; i < groups; i++) {
    const wx = v128.load(dirs);
    const wy = v128.load(dirs + dirStride);
    const wz = v128.load(dirs + dirStride + dirStride);
    const dx = f32x4.add(rotated(prim, 0, wx, wy, wz), nudge);
    const dy = f32x4.add(rotated(prim, 12, wx, wy, wz), nudge);
    const dz = f32x4.add(rotated(prim, 24, wx, wy, wz), nudge);
    const ix = f32x4.div(one, dx);
    const iy = f32x4.div(one, dy);
    const iz = f32x4.div(one, dz);
    const mx = f32x4.mul(centreX, ix);
    const my = f32x4.mul(centreY, iy);
    const mz = f32x4.mul(centreZ, iz);
    const kx = f32x4.mul(halfX, f32x4.abs(ix));
    const ky = f32x4.mul(halfY, f32x4.abs(iy));
    const kz = f32x4.mul(halfZ, f32x4.abs(iz));
    const inX = f32x4.sub(mx, kx);
    const inY = f32x4.sub(my, ky);
    const inZ = f32x4.sub(mz, kz);
    const t = f32x4.pmax(f32x4.pmax(inX, inY), inZ);
    const out = f32x4.pmin(f32x4.pmin(f32x4.add(mx, kx), f32x4.add(my, ky)), f32x4.add(mz, kz));
    const hit = v128.and(f32x4.le(t, out), nearer(t, work));
    if (v128.any_true(hit)) {
      const byX = f32x4.ge(inX, f32x4.pmax(inY, inZ));
      const byY = f32x4.ge(inY, inZ);
      const along = v128.bitselect(dx, v128.bitselect(dy, dz, byY), byX);
      const sunX = splat(prim, BOX_SUN);
      const sunYZ = v128.bitselect(splat(prim, BOX_SUN + 4), splat(prim, BOX_SUN + 8), byY);
      const sun = v128.bitselect(sunX, sunYZ, byX);
      // The face looks back along the ray: n = -sign(d).
      const lit = v128.bitselect(f32x4.neg(sun), sun, f32x4.gt(along, f32x4.splat(0)));
      const x = f32x4.sub(f32x4.mul(t, dx), centreX);
      const y = f32x4.sub(f32x4.mul(t, dy), centreY);
      const z = f32x4.sub(f32x4.mul(t, dz), centreZ);
      shade(hit, t, f32x4.abs(along), lit, x, y, z, prim, work, workStride);
    }
    dirs += GROUP_BYTES;
    work += GROUP_BYTES;
  }
}

function rotated(prim: usize, row: i32, x: v128, y: v128, z: v128): v128 {
  const at = BOX_ROTATION + row;
  return dot(splat(prim, at), splat(prim, at + 4), splat(prim, at + 8), x, y, z);
}
