import type { Matrix4 } from "three";
import type { DepthModel } from "../state/frame-model.ts";

/** A point farther from the mouse than this is not meant, CSS pixels. */
const REACH_PX = 9;

/**
 * Pixel whose point is drawn nearest to a position; of several within reach the one in front.
 * @param matrix camera frame to clip space
 */
export function pickPoint(
  model: DepthModel,
  matrix: Matrix4,
  size: { readonly width: number; readonly height: number },
  x: number,
  y: number,
): number | undefined {
  const m = matrix.elements;
  const { points, valid } = model;
  const reach = REACH_PX * REACH_PX;
  let best: number | undefined;
  let bestCost = Number.POSITIVE_INFINITY;
  for (let pixel = 0; pixel < valid.length; pixel++) {
    if (valid[pixel] === 0) continue;
    const px = points[3 * pixel]!;
    const py = points[3 * pixel + 1]!;
    const pz = points[3 * pixel + 2]!;
    const w = m[3]! * px + m[7]! * py + m[11]! * pz + m[15]!;
    if (w <= 0) continue;
    const sx = ((m[0]! * px + m[4]! * py + m[8]! * pz + m[12]!) / w + 1) * 0.5 * size.width;
    const sy = (1 - (m[1]! * px + m[5]! * py + m[9]! * pz + m[13]!) / w) * 0.5 * size.height;
    const distance = (sx - x) ** 2 + (sy - y) ** 2;
    if (distance > reach) continue;
    // Distance on the screen decides; depth (w) breaks ties between layers: 1 % of depth weighs like a pixel.
    const cost = distance + 100 * Math.log(w);
    if (cost >= bestCost) continue;
    bestCost = cost;
    best = pixel;
  }
  return best;
}
