import { cos, sin } from "../../math/elementary.ts";
import * as Paint from "./paints.ts";
import { FLOOR_Y } from "./shell.ts";
import { capsule, ellipsoid, frustum, type Solid } from "./solid.ts";
import type { Vector } from "./vector.ts";

/** Turned from one leaf to the next, so that no two lie over each other. */
const GOLDEN_ANGLE = 2.399963229728653;

/** A tall plant by the window and a small one in the foreground. */
export function plants(): Solid[] {
  return [
    frustum(Paint.TERRACOTTA, [0.02, FLOOR_Y, 5.6], 0.34, 0.14, 0.19),
    frustum(Paint.SOIL, [0.02, FLOOR_Y - 0.33, 5.6], 0.015, 0.17),
    ...leaves([0.02, FLOOR_Y - 0.34, 5.6], 16, 0.95, 0.3, 0.11),
    frustum(Paint.CERAMIC, [-0.82, 0.63, 1.66], 0.15, 0.065, 0.085),
    ...leaves([-0.82, 0.48, 1.66], 12, 0.34, 0.15, 0.05),
  ];
}

/** Leaves on stems around a stalk of `height`, the lower ones further out. */
function leaves(root: Vector, count: number, height: number, spread: number, size: number): Solid[] {
  const [x, y, z] = root;
  const solids: Solid[] = [capsule(Paint.LEAF, root, [x, y - height, z], size * 0.12)];
  for (let leaf = 0; leaf < count; leaf++) {
    const share = (leaf + 1) / count;
    const angle = GOLDEN_ANGLE * leaf;
    const out = spread * (1.1 - 0.75 * share);
    const from: Vector = [x, y - height * share * 0.8, z];
    const tip: Vector = [x + out * cos(angle), y - height * (0.2 + 0.85 * share), z + out * sin(angle)];
    solids.push(capsule(Paint.LEAF, from, tip, size * 0.07));
    solids.push(
      ellipsoid(Paint.LEAF, tip, [size * (0.6 + 0.5 * share), size * 0.5, size * (1.05 - 0.4 * share)]),
    );
  }
  return solids;
}
