import * as Paint from "./paints.ts";
import { FLOOR_Y, LEFT_X, RIGHT_X } from "./shell.ts";
import { type Box, ball, box, capsule, ellipsoid, frustum, type Solid, yawed } from "./solid.ts";
import { plus, scaled, type Vector } from "./vector.ts";

/** Everything that stands on the floor. */
export function furniture(): Solid[] {
  return [
    ...sofa(),
    ...table(),
    ...chair([0.62, FLOOR_Y, 2.55], 1.75),
    ...chair([1.5, FLOOR_Y, 3.75], 3.4),
    ...floorLamp(),
    ...pendant(),
    ...sideTable(),
  ];
}

/** Along the left wall, looking to the right. */
function sofa(): Solid[] {
  const x = LEFT_X + 0.5;
  const z = 4.2;
  const seat = FLOOR_Y - 0.42;
  return [
    box(Paint.SOFA, [x, FLOOR_Y - 0.2, z], [0.9, 0.3, 1.9]),
    box(Paint.SOFA, [x - 0.34, FLOOR_Y - 0.55, z], [0.24, 0.66, 1.9]),
    box(Paint.SOFA, [x, FLOOR_Y - 0.36, z - 1.02], [0.94, 0.5, 0.2]),
    box(Paint.SOFA, [x, FLOOR_Y - 0.36, z + 1.02], [0.94, 0.5, 0.2]),
    capsule(Paint.SOFA, [x - 0.44, FLOOR_Y - 0.62, z - 1.02], [x + 0.44, FLOOR_Y - 0.62, z - 1.02], 0.1),
    capsule(Paint.SOFA, [x - 0.44, FLOOR_Y - 0.62, z + 1.02], [x + 0.44, FLOOR_Y - 0.62, z + 1.02], 0.1),
    box(Paint.SOFA, [x + 0.08, seat, z - 0.45], [0.74, 0.16, 0.86]),
    box(Paint.SOFA, [x + 0.08, seat, z + 0.45], [0.74, 0.16, 0.86]),
    box(Paint.CUSHION, [x - 0.12, seat - 0.27, z - 0.55], [0.42, 0.4, 0.14], yawed(1.1)),
    ellipsoid(Paint.PILLOW, [x - 0.1, seat - 0.22, z + 0.5], [0.13, 0.2, 0.28]),
  ];
}

const TABLE: Vector = [1.45, FLOOR_Y, 2.75];
const TABLE_TOP_Y = FLOOR_Y - 0.76;

function table(): Solid[] {
  const [x, , z] = TABLE;
  const legs = [
    [-0.42, -0.68],
    [0.42, -0.68],
    [-0.42, 0.68],
    [0.42, 0.68],
  ] as const;
  return [
    box(Paint.OAK, [x, TABLE_TOP_Y + 0.02, z], [1.0, 0.04, 1.5]),
    ...legs.map(([dx, dz]) => box(Paint.OAK, [x + dx, FLOOR_Y - 0.36, z + dz], [0.07, 0.72, 0.07])),
    ...onTheTable(x, z),
  ];
}

function onTheTable(x: number, z: number): Solid[] {
  const y = TABLE_TOP_Y;
  const lid: Box["axes"] = leaning(yawed(0.35), 0.3);
  return [
    frustum(Paint.CERAMIC, [x - 0.28, y, z - 0.42], 0.1, 0.036, 0.042),
    frustum(Paint.CERAMIC, [x + 0.12, y, z + 0.5], 0.08, 0.07, 0.15),
    ball(Paint.FRUIT, [x + 0.08, y - 0.1, z + 0.46], 0.045),
    ball(Paint.FRUIT, [x + 0.17, y - 0.1, z + 0.48], 0.042),
    ball(Paint.FRUIT, [x + 0.12, y - 0.11, z + 0.55], 0.044),
    box(Paint.BLACK_PLASTIC, [x - 0.05, y - 0.01, z - 0.02], [0.34, 0.02, 0.24], yawed(0.35)),
    box(Paint.SCREEN, [x - 0.01, y - 0.12, z + 0.14], [0.34, 0.23, 0.012], lid),
    box(Paint.bookPaint(71), [x + 0.3, y - 0.02, z - 0.35], [0.16, 0.04, 0.23], yawed(0.2)),
    box(Paint.bookPaint(72), [x + 0.3, y - 0.055, z - 0.36], [0.15, 0.03, 0.21], yawed(-0.15)),
  ];
}

/** Axes whose upper end leans back (tangent of the angle `lean`, small). */
function leaning(axes: Box["axes"], lean: number): Box["axes"] {
  const norm = 1 / Math.sqrt(1 + lean * lean);
  const [right, down, front] = axes;
  return [
    right,
    scaled(plus(down, scaled(front, -lean)), norm),
    scaled(plus(front, scaled(down, lean)), norm),
  ];
}

/** At `foot`, seat 0.46 m high, turned by `angle` radians (0: its back is on the camera's side). */
function chair(foot: Vector, angle: number): Solid[] {
  const axes = yawed(angle);
  const part = (paint: Solid["paint"], at: Vector, size: Vector): Solid => {
    const turned = plus(scaled(axes[0], at[0]), scaled(axes[2], at[2]));
    return box(paint, plus(foot, plus(turned, [0, at[1], 0])), size, axes);
  };
  const solids = [part(Paint.BEECH, [0, -0.46, 0], [0.42, 0.04, 0.42])];
  for (const side of [-0.18, 0.18]) {
    solids.push(part(Paint.BEECH, [side, -0.22, 0.18], [0.04, 0.44, 0.04]));
    solids.push(part(Paint.BEECH, [side, -0.46, -0.19], [0.04, 0.92, 0.035]));
  }
  for (const height of [-0.88, -0.76, -0.64]) {
    solids.push(part(Paint.BEECH, [0, height, -0.19], [0.34, 0.07, 0.02]));
  }
  return solids;
}

function floorLamp(): Solid[] {
  const [x, z] = [LEFT_X + 0.45, 5.65];
  return [
    frustum(Paint.STEEL, [x, FLOOR_Y, z], 0.03, 0.16),
    frustum(Paint.STEEL, [x, FLOOR_Y - 0.03, z], 1.4, 0.014),
    frustum(Paint.LAMPSHADE, [x, FLOOR_Y - 1.35, z], 0.3, 0.24, 0.15),
  ];
}

/** Over the table. */
function pendant(): Solid[] {
  const [x, , z] = TABLE;
  return [
    frustum(Paint.BLACK_PLASTIC, [x, -0.62, z + 0.9], 0.68, 0.006),
    frustum(Paint.LAMPSHADE, [x, -0.42, z + 0.9], 0.2, 0.2, 0.06),
  ];
}

/** In the foreground, with a plant: see plants.ts. */
function sideTable(): Solid[] {
  return [
    frustum(Paint.WALNUT, [-0.78, 0.66, 1.62], 0.03, 0.24),
    frustum(Paint.STEEL, [-0.78, FLOOR_Y, 1.62], 0.62, 0.03),
    frustum(Paint.bookPaint(81), [-0.66, 0.63, 1.52], 0.02, 0.06),
    box(Paint.BLACK_PLASTIC, [RIGHT_X - 0.06, -0.1, 3.1], [0.08, 0.6, 1.05]),
    box(Paint.SCREEN, [RIGHT_X - 0.11, -0.1, 3.1], [0.02, 0.54, 0.98]),
  ];
}
