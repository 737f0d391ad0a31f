import * as Paint from "./paints.ts";
import { ball, box, capsule, frustum, type Solid } from "./solid.ts";

/** The room around the camera, metres; y points down and the camera is the origin, 1.3 m above the floor. */
export const FLOOR_Y = 1.3;
export const CEILING_Y = -1.3;
export const LEFT_X = -2.4;
export const RIGHT_X = 2.5;
export const BACK_Z = 6.2;
const BEHIND_Z = -1.5;
const THICK = 0.2;

/** Floor, walls, ceiling, door, window with curtains, a picture. */
export function shell(): Solid[] {
  return [...slabs(), ...skirting(), ...door(), ...window(), ...curtains(), ...picture()];
}

function slabs(): Solid[] {
  const midX = (LEFT_X + RIGHT_X) / 2;
  const midZ = (BEHIND_Z + BACK_Z) / 2;
  const width = RIGHT_X - LEFT_X + 2 * THICK;
  const depth = BACK_Z - BEHIND_Z + 2 * THICK;
  const height = FLOOR_Y - CEILING_Y + 2 * THICK;
  return [
    box(Paint.PLANKS, [midX, FLOOR_Y + THICK / 2, midZ], [width, THICK, depth]),
    box(Paint.CEILING, [midX, CEILING_Y - THICK / 2, midZ], [width, THICK, depth]),
    box(Paint.WALL, [LEFT_X - THICK / 2, 0, midZ], [THICK, height, depth]),
    box(Paint.WALL, [RIGHT_X + THICK / 2, 0, midZ], [THICK, height, depth]),
    box(Paint.BACK_WALL, [midX, 0, BACK_Z + THICK / 2], [width, height, THICK]),
    box(Paint.RUG, [-0.35, FLOOR_Y - 0.006, 3.9], [2.1, 0.012, 2.6]),
  ];
}

function skirting(): Solid[] {
  const y = FLOOR_Y - 0.05;
  const midX = (LEFT_X + RIGHT_X) / 2;
  return [
    box(Paint.SKIRTING, [LEFT_X + 0.01, y, 2.4], [0.02, 0.1, 7.6]),
    box(Paint.SKIRTING, [RIGHT_X - 0.01, y, 2.4], [0.02, 0.1, 7.6]),
    box(Paint.SKIRTING, [midX, y, BACK_Z - 0.01], [RIGHT_X - LEFT_X, 0.1, 0.02]),
  ];
}

/** A panelled door in the back wall. */
function door(): Solid[] {
  const x = -1.35;
  const z = BACK_Z - 0.03;
  const parts = [
    box(Paint.DOOR, [x, FLOOR_Y - 1.0, z], [0.86, 2.0, 0.05]),
    box(Paint.FRAME, [x - 0.48, FLOOR_Y - 1.03, z], [0.1, 2.06, 0.1]),
    box(Paint.FRAME, [x + 0.48, FLOOR_Y - 1.03, z], [0.1, 2.06, 0.1]),
    box(Paint.FRAME, [x, FLOOR_Y - 2.06, z], [1.06, 0.1, 0.1]),
    capsule(Paint.STEEL, [x + 0.35, FLOOR_Y - 1.02, z - 0.07], [x + 0.24, FLOOR_Y - 1.02, z - 0.07], 0.014),
    ball(Paint.STEEL, [x + 0.35, FLOOR_Y - 1.02, z - 0.04], 0.03),
  ];
  for (const [y, height] of [
    [FLOOR_Y - 0.5, 0.64],
    [FLOOR_Y - 1.42, 0.8],
  ] as const) {
    parts.push(box(Paint.DOOR, [x - 0.2, y, z - 0.03], [0.28, height, 0.025]));
    parts.push(box(Paint.DOOR, [x + 0.2, y, z - 0.03], [0.28, height, 0.025]));
  }
  return parts;
}

const WINDOW_X = 0.95;
const WINDOW_Y = -0.22;

/** Dark panes (night behind them, hardly any light comes back) in a frame with a sill. */
function window(): Solid[] {
  const z = BACK_Z - 0.03;
  return [
    box(Paint.GLASS, [WINDOW_X, WINDOW_Y, BACK_Z], [1.2, 1.25, 0.02]),
    box(Paint.FRAME, [WINDOW_X - 0.62, WINDOW_Y, z], [0.08, 1.36, 0.1]),
    box(Paint.FRAME, [WINDOW_X + 0.62, WINDOW_Y, z], [0.08, 1.36, 0.1]),
    box(Paint.FRAME, [WINDOW_X, WINDOW_Y, z], [0.05, 1.3, 0.07]),
    box(Paint.FRAME, [WINDOW_X, WINDOW_Y - 0.65, z], [1.3, 0.08, 0.1]),
    box(Paint.FRAME, [WINDOW_X, WINDOW_Y + 0.65, z], [1.3, 0.08, 0.1]),
    box(Paint.FRAME, [WINDOW_X, WINDOW_Y - 0.2, z], [1.2, 0.04, 0.06]),
    box(Paint.FRAME, [WINDOW_X, WINDOW_Y + 0.72, z - 0.08], [1.46, 0.04, 0.24]),
  ];
}

/** Folds are upright cylinders side by side. */
function curtains(): Solid[] {
  const folds: Solid[] = [];
  const z = BACK_Z - 0.17;
  for (let fold = 0; fold < 5; fold++) {
    const radius = fold % 2 === 0 ? 0.06 : 0.05;
    const offset = 0.7 + 0.085 * fold;
    folds.push(frustum(Paint.CURTAIN, [WINDOW_X - offset, 1.1, z], 2.25, radius + 0.012, radius));
    folds.push(frustum(Paint.CURTAIN, [WINDOW_X + offset, 1.1, z], 2.25, radius + 0.012, radius));
  }
  folds.push(capsule(Paint.STEEL, [WINDOW_X - 1.2, -1.17, z], [WINDOW_X + 1.2, -1.17, z], 0.018));
  return folds;
}

function picture(): Solid[] {
  const [x, y, z] = [LEFT_X + 0.02, -0.35, 4.5];
  return [
    box(Paint.WALNUT, [x, y, z], [0.04, 0.74, 1.0]),
    box({ ...Paint.PICTURE, cellM: [0, 0.12, 0.15] }, [x + 0.01, y, z], [0.04, 0.62, 0.88]),
  ];
}
