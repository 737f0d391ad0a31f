import {
  FRUSTUM_BOTTOM_Y,
  FRUSTUM_CENTRE_X,
  FRUSTUM_CENTRE_Z,
  FRUSTUM_RADIUS0,
  FRUSTUM_SLOPE,
  FRUSTUM_TOP_Y,
  GROUP_BYTES,
} from "./layout.ts";
import { SUN_X, SUN_Y, SUN_Z } from "./light.ts";
import { dot, nearer, shade, splat } from "./shade.ts";

/** Upright frustums of cones (cylinders with slope 0) with both lids. Rays must be flatter than the mantle. */
export function castFrustum(
  prim: usize,
  dirs: usize,
  dirStride: usize,
  work: usize,
  workStride: usize,
  groups: i32,
): void {
  const cx = splat(prim, FRUSTUM_CENTRE_X);
  const cz = splat(prim, FRUSTUM_CENTRE_Z);
  const top = splat(prim, FRUSTUM_TOP_Y);
  const bottom = splat(prim, FRUSTUM_BOTTOM_Y);
  const radius0 = splat(prim, FRUSTUM_RADIUS0);
  const slope = splat(prim, FRUSTUM_SLOPE);
  const slopeRadius = f32x4.mul(slope, radius0);
  const slope2 = f32x4.mul(slope, slope);
  const constant = f32x4.sub(f32x4.add(f32x4.mul(cx, cx), f32x4.mul(cz, cz)), f32x4.mul(radius0, radius0));
  for (let i: i32 = 0; i < groups; i++) {
    const dx = v128.load(dirs);
    const dy = v128.load(dirs + dirStride);
    const dz = v128.load(dirs + dirStride + dirStride);
    const level2 = f32x4.add(f32x4.mul(dx, dx), f32x4.mul(dz, dz));
    const a = f32x4.sub(level2, f32x4.mul(slope2, f32x4.mul(dy, dy)));
    const b = dot(dx, dz, dy, cx, cz, slopeRadius);
    const root = f32x4.sqrt(f32x4.sub(f32x4.mul(b, b), f32x4.mul(a, constant)));
    const mantleT = f32x4.div(f32x4.sub(b, root), a);
    const mantleY = f32x4.mul(mantleT, dy);
    const onMantle = v128.and(f32x4.ge(mantleY, top), f32x4.le(mantleY, bottom));
    // The only lid that can be seen from outside: the upper one looking down, the lower one looking up.
    const down = f32x4.gt(dy, f32x4.splat(0));
    const lidY = v128.bitselect(top, bottom, down);
    const lidT = f32x4.div(lidY, dy);
    const lidX = f32x4.sub(f32x4.mul(lidT, dx), cx);
    const lidZ = f32x4.sub(f32x4.mul(lidT, dz), cz);
    const lidRadius = f32x4.add(radius0, f32x4.mul(slope, lidY));
    const lidDistance2 = f32x4.add(f32x4.mul(lidX, lidX), f32x4.mul(lidZ, lidZ));
    const onLid = f32x4.le(lidDistance2, f32x4.mul(lidRadius, lidRadius));
    const t = v128.bitselect(mantleT, lidT, onMantle);
    const hit = v128.and(v128.or(onMantle, onLid), nearer(t, work));
    if (v128.any_true(hit)) {
      const x = f32x4.sub(f32x4.mul(t, dx), cx);
      const y = f32x4.sub(f32x4.mul(t, dy), top);
      const z = f32x4.sub(f32x4.mul(t, dz), cz);
      const radius = f32x4.sqrt(f32x4.add(f32x4.mul(x, x), f32x4.mul(z, z)));
      const leaning = f32x4.neg(f32x4.mul(slope, radius));
      const zero = f32x4.splat(0);
      const nx = v128.bitselect(x, zero, onMantle);
      const ny = v128.bitselect(leaning, v128.bitselect(f32x4.splat(-1), f32x4.splat(1), down), onMantle);
      const nz = v128.bitselect(z, zero, onMantle);
      const length = f32x4.sqrt(dot(nx, ny, nz, nx, ny, nz));
      const facing = f32x4.abs(f32x4.div(dot(nx, ny, nz, dx, dy, dz), length));
      const sunX = f32x4.splat(<f32>SUN_X);
      const sunY = f32x4.splat(<f32>SUN_Y);
      const lit = f32x4.div(dot(nx, ny, nz, sunX, sunY, f32x4.splat(<f32>SUN_Z)), length);
      shade(hit, t, facing, lit, x, y, z, prim, work, workStride);
    }
    dirs += GROUP_BYTES;
    work += GROUP_BYTES;
  }
}
