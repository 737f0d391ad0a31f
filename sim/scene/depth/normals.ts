import { SKY_SHARE, SUN_SHARE, SUN_X, SUN_Y, SUN_Z } from "../../kernels/trace/light.ts";
import { cross, dot, length, minus, type Vector } from "../room/vector.ts";
import { type DepthImage, GAP_M, GAP_PER_M } from "./depth-image.ts";

/** Half width of the smoothing window, pixels of a 640 pixel wide image (assumed). */
const SMOOTH_PX = 9;
/** Half distance of the difference, pixels of such an image per metre of depth: steps grow with depth (assumed). */
const REACH_PX_PER_M = 5;
/** A surface that is seen at a flatter angle is mostly noise of the normals. */
const LEAST_COSINE = 0.1;

/** Reflectance times light per pixel: towards the emitter (at the camera) and under sun and sky. */
export interface ShadedPlanes {
  readonly signalRho: Float32Array;
  readonly ambientRho: Float32Array;
}

/**
 * Cosines from normals. Depths of real scans come in steps, so depth is first smoothed within a surface and the slopes
 * are taken over a wide distance. A pixel without neighbours on its surface counts as facing the camera.
 */
export function shadeDepthImage(image: DepthImage): ShadedPlanes {
  const scale = image.width / 640;
  const smooth = smoothDepth(image, Math.max(1, Math.round(SMOOTH_PX * scale)));
  const signalRho = new Float32Array(smooth.length);
  const ambientRho = new Float32Array(smooth.length);
  for (let y = 0; y < image.height; y++) {
    for (let x = 0; x < image.width; x++) {
      const at = y * image.width + x;
      if (smooth[at] === 0) continue;
      const reach = Math.max(1, Math.round(Math.min(40, REACH_PX_PER_M * smooth[at]!) * scale));
      const normal = normalAt(image, smooth, x, y, reach);
      const view = direction(image, x, y);
      const facing = Math.max(LEAST_COSINE, -dot(normal, view));
      const sun = Math.max(0, normal[0] * SUN_X + normal[1] * SUN_Y + normal[2] * SUN_Z);
      signalRho[at] = image.rho[at]! * facing;
      ambientRho[at] = image.rho[at]! * (SKY_SHARE + SUN_SHARE * sun);
    }
  }
  return { signalRho, ambientRho };
}

function sameSurface(a: number, b: number): boolean {
  return b > 0 && Math.abs(a - b) <= GAP_M + GAP_PER_M * a * a;
}

/** Mean over the window of those on the surface of its centre: columns first, then rows. */
function smoothDepth(image: DepthImage, half: number): Float32Array {
  const { width, height, depthM } = image;
  const across = smoothAlong(depthM, width, height, half, 1, width);
  return smoothAlong(across, height, width, half, width, 1);
}

function smoothAlong(
  depth: Float32Array,
  length: number,
  lines: number,
  half: number,
  step: number,
  lineStep: number,
): Float32Array {
  const out = new Float32Array(depth.length);
  for (let line = 0; line < lines; line++) {
    for (let i = 0; i < length; i++) {
      const at = line * lineStep + i * step;
      const centre = depth[at]!;
      if (centre === 0) continue;
      let sum = 0;
      let count = 0;
      const end = Math.min(length - 1, i + half);
      for (let j = Math.max(0, i - half); j <= end; j++) {
        const other = depth[line * lineStep + j * step]!;
        if (!sameSurface(centre, other)) continue;
        sum += other;
        count++;
      }
      out[at] = sum / count;
    }
  }
  return out;
}

/** Unit vector from the camera to a pixel. */
function direction(image: DepthImage, x: number, y: number): Vector {
  const { fx, fy, cx, cy } = image.intrinsics;
  const [sx, sy] = [(x - cx) / fx, (y - cy) / fy];
  const norm = 1 / Math.sqrt(sx * sx + sy * sy + 1);
  return [sx * norm, sy * norm, norm];
}

function pointAt(image: DepthImage, depth: Float32Array, x: number, y: number): Vector {
  const { fx, fy, cx, cy } = image.intrinsics;
  const z = depth[y * image.width + x]!;
  return [((x - cx) / fx) * z, ((y - cy) / fy) * z, z];
}

/** Unit normal that looks at the camera. */
function normalAt(image: DepthImage, depth: Float32Array, x: number, y: number, reach: number): Vector {
  const along = difference(image, depth, x, y, reach, 0);
  const down = difference(image, depth, x, y, 0, reach);
  const view = direction(image, x, y);
  const away: Vector = [-view[0], -view[1], -view[2]];
  if (along === undefined || down === undefined) return away;
  const normal = cross(down, along);
  const size = length(normal);
  if (!(size > 0)) return away;
  const sign = dot(normal, view) > 0 ? -1 / size : 1 / size;
  return [normal[0] * sign, normal[1] * sign, normal[2] * sign];
}

/** From the neighbour on one side to the one on the other, as far as they lie on the pixel's surface. */
function difference(
  image: DepthImage,
  depth: Float32Array,
  x: number,
  y: number,
  dx: number,
  dy: number,
): Vector | undefined {
  const centre = depth[y * image.width + x]!;
  const onSurface = (px: number, py: number): boolean =>
    px >= 0 &&
    py >= 0 &&
    px < image.width &&
    py < image.height &&
    Math.abs(depth[py * image.width + px]! - centre) <= reachGap(centre) &&
    depth[py * image.width + px]! > 0;
  const after = onSurface(x + dx, y + dy);
  const before = onSurface(x - dx, y - dy);
  if (!after && !before) return undefined;
  const to = after ? pointAt(image, depth, x + dx, y + dy) : pointAt(image, depth, x, y);
  const from = before ? pointAt(image, depth, x - dx, y - dy) : pointAt(image, depth, x, y);
  return minus(to, from);
}

/** Over the wide distance a slanted surface may move further than between neighbours. */
function reachGap(depthM: number): number {
  return 2 * (GAP_M + GAP_PER_M * depthM * depthM);
}
