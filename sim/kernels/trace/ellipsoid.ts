import {
  ELLIPSOID_CENTRE,
  ELLIPSOID_INVERSE_RADIUS,
  ELLIPSOID_SCALED_CENTRE,
  GROUP_BYTES,
} from "./layout.ts";
import { SUN_X, SUN_Y, SUN_Z } from "./light.ts";
import { dot, nearer, shade, splat } from "./shade.ts";

/**
 * Ellipsoids: a unit sphere in scaled space. The discriminant is taken from the foot of the perpendicular, which keeps
 * f32 digits for small spheres far away (Haines et al., Ray Tracing Gems, ch. 7).
 */
export function castEllipsoid(
  prim: usize,
  dirs: usize,
  dirStride: usize,
  work: usize,
  workStride: usize,
  groups: i32,
): void {
  const cx = splat(prim, ELLIPSOID_SCALED_CENTRE);
  const cy = splat(prim, ELLIPSOID_SCALED_CENTRE + 4);
  const cz = splat(prim, ELLIPSOID_SCALED_CENTRE + 8);
  const rx = splat(prim, ELLIPSOID_INVERSE_RADIUS);
  const ry = splat(prim, ELLIPSOID_INVERSE_RADIUS + 4);
  const rz = splat(prim, ELLIPSOID_INVERSE_RADIUS + 8);
  const one = f32x4.splat(1);
  for (let i: i32 = 0; i < groups; i++) {
    const dx = v128.load(dirs);
    const dy = v128.load(dirs + dirStride);
    const dz = v128.load(dirs + dirStride + dirStride);
    const sx = f32x4.mul(dx, rx);
    const sy = f32x4.mul(dy, ry);
    const sz = f32x4.mul(dz, rz);
    const a = dot(sx, sy, sz, sx, sy, sz);
    const foot = f32x4.div(dot(sx, sy, sz, cx, cy, cz), a);
    const px = f32x4.sub(cx, f32x4.mul(foot, sx));
    const py = f32x4.sub(cy, f32x4.mul(foot, sy));
    const pz = f32x4.sub(cz, f32x4.mul(foot, sz));
    const inside = f32x4.sub(one, dot(px, py, pz, px, py, pz));
    const t = f32x4.sub(foot, f32x4.sqrt(f32x4.div(inside, a)));
    const hit = nearer(t, work);
    if (v128.any_true(hit)) {
      const nx = f32x4.mul(f32x4.sub(f32x4.mul(t, sx), cx), rx);
      const ny = f32x4.mul(f32x4.sub(f32x4.mul(t, sy), cy), ry);
      const nz = f32x4.mul(f32x4.sub(f32x4.mul(t, sz), cz), rz);
      const length = f32x4.sqrt(dot(nx, ny, nz, nx, ny, nz));
      const facing = f32x4.abs(f32x4.div(dot(nx, ny, nz, dx, dy, dz), length));
      const sunX = f32x4.splat(<f32>SUN_X);
      const sunY = f32x4.splat(<f32>SUN_Y);
      const lit = f32x4.div(dot(nx, ny, nz, sunX, sunY, f32x4.splat(<f32>SUN_Z)), length);
      const x = f32x4.sub(f32x4.mul(t, dx), splat(prim, ELLIPSOID_CENTRE));
      const y = f32x4.sub(f32x4.mul(t, dy), splat(prim, ELLIPSOID_CENTRE + 4));
      const z = f32x4.sub(f32x4.mul(t, dz), splat(prim, ELLIPSOID_CENTRE + 8));
      shade(hit, t, facing, lit, x, y, z, prim, work, workStride);
    }
    dirs += GROUP_BYTES;
    work += GROUP_BYTES;
  }
}
