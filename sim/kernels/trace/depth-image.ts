import {
  IMAGE_AMBIENT_RHO,
  IMAGE_CX,
  IMAGE_CY,
  IMAGE_DEPTH,
  IMAGE_FX,
  IMAGE_FY,
  IMAGE_GAP_M,
  IMAGE_GAP_PER_M,
  IMAGE_HEIGHT,
  IMAGE_SIGNAL_RHO,
  IMAGE_WIDTH,
} from "./layout.ts";

function pick(plane: usize, index: i32): f64 {
  return <f64>load<f32>(plane + ((<usize>index) << 2));
}

/** Bilinear between four corners, fx and fy in 0..1. */
function blend(c00: f64, c10: f64, c01: f64, c11: f64, fx: f64, fy: f64): f64 {
  const upper = c00 + (c10 - c00) * fx;
  const lower = c01 + (c11 - c01) * fx;
  return upper + (lower - upper) * fy;
}

// A little more than from the middle of four corners to each: a ray that looks at a hole's own place sees the hole.
const REACH2: f64 = 0.51;

/** The corner with a depth that is nearest to (fx, fy) and within reach, or -1. */
function nearestCorner(c00: f64, c10: f64, c01: f64, c11: f64, fx: f64, fy: f64): i32 {
  let best = -1;
  let bestDistance2 = REACH2;
  for (let corner: i32 = 0; corner < 4; corner++) {
    const depth = corner === 0 ? c00 : corner === 1 ? c10 : corner === 2 ? c01 : c11;
    const x = fx - <f64>(corner & 1);
    const y = fy - <f64>(corner >> 1);
    const distance2 = x * x + y * y;
    if (depth > 0 && distance2 < bestDistance2) {
      best = corner;
      bestDistance2 = distance2;
    }
  }
  return best;
}

/**
 * Each ray finds its place in a depth image taken from the same viewpoint: bilinear where four corners lie on one
 * surface, else the nearest corner that has a depth if that is within reach, else nothing.
 */
export function castImage(
  image: usize,
  dirs: usize,
  dirStride: usize,
  out: usize,
  outStride: usize,
  rays: i32,
): void {
  const width = load<i32>(image, IMAGE_WIDTH);
  const height = load<i32>(image, IMAGE_HEIGHT);
  const fx = load<f64>(image, IMAGE_FX);
  const fy = load<f64>(image, IMAGE_FY);
  const cx = load<f64>(image, IMAGE_CX);
  const cy = load<f64>(image, IMAGE_CY);
  for (let i: i32 = 0; i < rays; i++) {
    const dz = <f64>load<f32>(dirs + dirStride + dirStride);
    const u = (fx * <f64>load<f32>(dirs)) / dz + cx;
    const v = (fy * <f64>load<f32>(dirs + dirStride)) / dz + cy;
    store<f32>(out, 0);
    store<f32>(out + outStride, 0);
    store<f32>(out + outStride + outStride, 0);
    const seen = dz > 0 && u >= -0.5 && v >= -0.5 && u < <f64>width - 0.5 && v < <f64>height - 0.5;
    if (seen) place(image, width, height, u, v, dz, out, outStride);
    dirs += 4;
    out += 4;
  }
}

function place(
  image: usize,
  width: i32,
  height: i32,
  u: f64,
  v: f64,
  dz: f64,
  out: usize,
  outStride: usize,
): void {
  const x0 = max<i32>(0, min<i32>(width - 1, <i32>floor<f64>(u)));
  const y0 = max<i32>(0, min<i32>(height - 1, <i32>floor<f64>(v)));
  const right = min<i32>(1, width - 1 - x0);
  const below = min<i32>(1, height - 1 - y0) * width;
  const fx = max<f64>(0, u - <f64>x0);
  const fy = max<f64>(0, v - <f64>y0);
  const index = y0 * width + x0;
  const depth = <usize>load<u32>(image, IMAGE_DEPTH);
  const z00 = pick(depth, index);
  const z10 = pick(depth, index + right);
  const z01 = pick(depth, index + below);
  const z11 = pick(depth, index + right + below);
  const nearest = min<f64>(min<f64>(z00, z10), min<f64>(z01, z11));
  const farthest = max<f64>(max<f64>(z00, z10), max<f64>(z01, z11));
  const gap = load<f64>(image, IMAGE_GAP_M) + load<f64>(image, IMAGE_GAP_PER_M) * (nearest * nearest);
  const signal = <usize>load<u32>(image, IMAGE_SIGNAL_RHO);
  const ambient = <usize>load<u32>(image, IMAGE_AMBIENT_RHO);
  if (nearest > 0 && farthest - nearest <= gap) {
    store<f32>(out, <f32>(blend(z00, z10, z01, z11, fx, fy) / dz));
    const signalRho = corners(signal, index, right, below, fx, fy);
    store<f32>(out + outStride, <f32>signalRho);
    store<f32>(out + outStride + outStride, <f32>corners(ambient, index, right, below, fx, fy));
    return;
  }
  const corner = nearestCorner(z00, z10, z01, z11, fx, fy);
  if (corner < 0) return;
  const at = index + (corner & 1) * right + (corner >> 1) * below;
  store<f32>(out, <f32>(pick(depth, at) / dz));
  store<f32>(out + outStride, <f32>pick(signal, at));
  store<f32>(out + outStride + outStride, <f32>pick(ambient, at));
}

function corners(plane: usize, index: i32, right: i32, below: i32, fx: f64, fy: f64): f64 {
  const c00 = pick(plane, index);
  const c10 = pick(plane, index + right);
  return blend(c00, c10, pick(plane, index + below), pick(plane, index + right + below), fx, fy);
}
