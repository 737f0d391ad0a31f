import { CAPSULE_AXIS, CAPSULE_END, CAPSULE_LENGTH, CAPSULE_RADIUS, GROUP_BYTES } from "./layout.ts";
import { SUN_X, SUN_Y, SUN_Z } from "./light.ts";
import { dot, nearer, shade, splat } from "./shade.ts";

/**
 * Capsules: the tube around the axis first; where the ray meets the tube beyond an end, the sphere of that end.
 * Both discriminants are taken from the foot of a perpendicular (see ellipsoid.ts).
 */
export function castCapsule(
  prim: usize,
  dirs: usize,
  dirStride: usize,
  work: usize,
  workStride: usize,
  groups: i32,
): void {
  const ex = splat(prim, CAPSULE_END);
  const ey = splat(prim, CAPSULE_END + 4);
  const ez = splat(prim, CAPSULE_END + 8);
  const ux = splat(prim, CAPSULE_AXIS);
  const uy = splat(prim, CAPSULE_AXIS + 4);
  const uz = splat(prim, CAPSULE_AXIS + 8);
  const length = splat(prim, CAPSULE_LENGTH);
  const radius = splat(prim, CAPSULE_RADIUS);
  const radius2 = f32x4.mul(radius, radius);
  const zero = f32x4.splat(0);
  // The first end, across the axis.
  const endAlong = dot(ex, ey, ez, ux, uy, uz);
  const acrossX = f32x4.sub(ex, f32x4.mul(endAlong, ux));
  const acrossY = f32x4.sub(ey, f32x4.mul(endAlong, uy));
  const acrossZ = f32x4.sub(ez, f32x4.mul(endAlong, uz));
  for (let i: i32 = 0; i < groups; i++) {
    const dx = v128.load(dirs);
    const dy = v128.load(dirs + dirStride);
    const dz = v128.load(dirs + dirStride + dirStride);
    const along = dot(dx, dy, dz, ux, uy, uz);
    const sx = f32x4.sub(dx, f32x4.mul(along, ux));
    const sy = f32x4.sub(dy, f32x4.mul(along, uy));
    const sz = f32x4.sub(dz, f32x4.mul(along, uz));
    const a = dot(sx, sy, sz, sx, sy, sz);
    const foot = f32x4.div(dot(sx, sy, sz, acrossX, acrossY, acrossZ), a);
    const px = f32x4.sub(acrossX, f32x4.mul(foot, sx));
    const py = f32x4.sub(acrossY, f32x4.mul(foot, sy));
    const pz = f32x4.sub(acrossZ, f32x4.mul(foot, sz));
    const inside = f32x4.sub(radius2, dot(px, py, pz, px, py, pz));
    if (v128.any_true(f32x4.ge(inside, zero))) {
      const tubeT = f32x4.sub(foot, f32x4.sqrt(f32x4.div(inside, a)));
      const tubeAt = f32x4.sub(f32x4.mul(tubeT, along), endAlong);
      const at = f32x4.pmin(f32x4.pmax(tubeAt, zero), length);
      const onTube = f32x4.eq(tubeAt, at);
      const bx = f32x4.add(ex, f32x4.mul(at, ux));
      const by = f32x4.add(ey, f32x4.mul(at, uy));
      const bz = f32x4.add(ez, f32x4.mul(at, uz));
      const ballFoot = dot(dx, dy, dz, bx, by, bz);
      const qx = f32x4.sub(bx, f32x4.mul(ballFoot, dx));
      const qy = f32x4.sub(by, f32x4.mul(ballFoot, dy));
      const qz = f32x4.sub(bz, f32x4.mul(ballFoot, dz));
      const ballT = f32x4.sub(ballFoot, f32x4.sqrt(f32x4.sub(radius2, dot(qx, qy, qz, qx, qy, qz))));
      const t = v128.bitselect(tubeT, ballT, onTube);
      const hit = nearer(t, work);
      if (v128.any_true(hit)) {
        const nx = f32x4.div(f32x4.sub(f32x4.mul(t, dx), bx), radius);
        const ny = f32x4.div(f32x4.sub(f32x4.mul(t, dy), by), radius);
        const nz = f32x4.div(f32x4.sub(f32x4.mul(t, dz), bz), radius);
        const facing = f32x4.abs(dot(nx, ny, nz, dx, dy, dz));
        const sunX = f32x4.splat(<f32>SUN_X);
        const sunY = f32x4.splat(<f32>SUN_Y);
        const lit = dot(nx, ny, nz, sunX, sunY, f32x4.splat(<f32>SUN_Z));
        const x = f32x4.sub(f32x4.mul(t, dx), ex);
        const y = f32x4.sub(f32x4.mul(t, dy), ey);
        const z = f32x4.sub(f32x4.mul(t, dz), ez);
        shade(hit, t, facing, lit, x, y, z, prim, work, workStride);
      }
    }
    dirs += GROUP_BYTES;
    work += GROUP_BYTES;
  }
}
