import { type PerspectiveCamera, Vector3 } from "three";
import type { DepthModel } from "../state/frame-model.ts";

/** Share of the points within each edge of the picture; the rest may be stray ones. */
const INSIDE = 0.995;
/** About this many points are looked at. */
const SAMPLES = 2000;
/** Room left around the points. */
const MARGIN = 1.06;

/** Where a camera looks, and from how far. */
export interface Framing {
  readonly target: Vector3;
  readonly distanceM: number;
}

/**
 * The nearest place for a camera that looks along `forward` (unit length) with the points in its picture, or undefined
 * without points. World: x right, y up, z backward. A point at height v above the target, f behind it, is in the
 * picture when |v - shift| <= tan (distance + f): the highest and the lowest give shift and distance.
 */
export function framing(model: DepthModel, camera: PerspectiveCamera, forward: Vector3): Framing | undefined {
  const middle = middleOf(model);
  if (!middle) return undefined;
  const right = new Vector3().crossVectors(forward, camera.up).normalize();
  const up = new Vector3().crossVectors(right, forward);
  const arms = sampledPixels(model).map((pixel) => new Vector3(...worldPoint(model, pixel)).sub(middle));
  const tanY = Math.tan((camera.fov * Math.PI) / 360) / MARGIN;
  const across = fitAxis(arms, right, forward, tanY * camera.aspect);
  const upward = fitAxis(arms, up, forward, tanY);
  const target = middle.addScaledVector(right, across.shiftM).addScaledVector(up, upward.shiftM);
  return { target, distanceM: Math.max(across.distanceM, upward.distanceM) };
}

function fitAxis(
  arms: readonly Vector3[],
  axis: Vector3,
  forward: Vector3,
  tan: number,
): { shiftM: number; distanceM: number } {
  const high = most(arms.map((arm) => arm.dot(axis) - tan * arm.dot(forward)));
  const low = most(arms.map((arm) => -arm.dot(axis) - tan * arm.dot(forward)));
  return { shiftM: (high - low) / 2, distanceM: (high + low) / (2 * tan) };
}

function most(values: number[]): number {
  values.sort((a, b) => a - b);
  return values[Math.floor((values.length - 1) * INSIDE)] ?? 0;
}

/** Middle of the points, each axis by itself; undefined when there are none. */
function middleOf(model: DepthModel): Vector3 | undefined {
  const points = sampledPixels(model).map((pixel) => worldPoint(model, pixel));
  if (points.length === 0) return undefined;
  const middle = ([0, 1, 2] as const).map((axis) => {
    const sorted = points.map((point) => point[axis]).sort((a, b) => a - b);
    const low = sorted[Math.floor((sorted.length - 1) * (1 - INSIDE))]!;
    return (low + sorted[Math.ceil((sorted.length - 1) * INSIDE)]!) / 2;
  });
  return new Vector3(...middle);
}

/** Camera frame (y down, z forward) to world. */
function worldPoint({ points }: DepthModel, pixel: number): readonly [number, number, number] {
  return [points[3 * pixel]!, -points[3 * pixel + 1]!, -points[3 * pixel + 2]!];
}

function sampledPixels({ valid }: DepthModel): number[] {
  const step = Math.max(1, Math.floor(valid.length / SAMPLES) | 1);
  const pixels: number[] = [];
  for (let pixel = 0; pixel < valid.length; pixel += step) if (valid[pixel] === 1) pixels.push(pixel);
  return pixels;
}
