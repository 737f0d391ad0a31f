import type { DepthFrame } from "../camera/frame.ts";
import type { RayTable } from "../geometry/ray-table.ts";
import { findMixed } from "./find-mixed.ts";

/**
 * The frame with PIXEL_SEVERAL on its mixed pixels and their depths under `mixed`; all else is the frame's own.
 * @throws RangeError when frame and lines of sight differ in size, or the frame carries no ranges
 */
export function labelMixed(frame: DepthFrame, sight: RayTable): DepthFrame {
  const mixed = findMixed(frame, sight);
  return { ...frame, flags: mixed.flags, mixed };
}
