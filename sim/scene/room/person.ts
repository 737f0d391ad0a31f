import { cos, sin } from "../../math/elementary.ts";
import * as Paint from "./paints.ts";
import { FLOOR_Y } from "./shell.ts";
import { capsule, ellipsoid, type Solid } from "./solid.ts";
import { plus, scaled, type Vector } from "./vector.ts";

const THIGH_M = 0.43;
const SHIN_M = 0.42;
const FOOT_RADIUS_M = 0.045;
const UPPER_ARM_M = 0.29;
const FOREARM_M = 0.26;
/** Most a leg swings forward or back, radians. */
const LEG_SWING = 0.42;
const ARM_SWING = 0.5;

/** Where a walker is: a point on the floor, the direction of walking (unit, level), the phase of the stride. */
export interface Gait {
  readonly x: number;
  readonly z: number;
  readonly headingX: number;
  readonly headingZ: number;
  /** Radians; 2 pi is two steps. */
  readonly phase: number;
}

/** A limb's upper and lower part, hanging from its joint, bent in the walking direction. */
interface Limb {
  readonly middle: Vector;
  readonly end: Vector;
}

function limb(forward: Vector, swing: number, bend: number, upperM: number, lowerM: number): Limb {
  const middle = inPlane(forward, swing, upperM);
  return { middle, end: plus(middle, inPlane(forward, swing + bend, lowerM)) };
}

/** From straight down, turned forward by `angle`. */
function inPlane(forward: Vector, angle: number, length: number): Vector {
  return plus(scaled(forward, length * sin(angle)), [0, length * cos(angle), 0]);
}

/** A walking person, 1.75 m, of capsules: always 17 solids. */
export function person(gait: Gait): Solid[] {
  const forward: Vector = [gait.headingX, 0, gait.headingZ];
  const side: Vector = [-gait.headingZ, 0, gait.headingX];
  const legs = [leg(forward, gait.phase), leg(forward, gait.phase + Math.PI)];
  // The lower foot stands on the floor.
  const reach = Math.max(legs[0]!.end[1], legs[1]!.end[1]);
  const hips: Vector = [gait.x, FLOOR_Y - FOOT_RADIUS_M - reach, gait.z];
  const solids: Solid[] = [...trunk(hips, side, forward)];
  for (const [i, sign] of [-1, 1].entries()) {
    solids.push(...legSolids(plus(hips, scaled(side, 0.1 * sign)), legs[i]!, forward));
    const swing = -ARM_SWING * sin(gait.phase + i * Math.PI);
    const shoulder = plus(hips, plus(scaled(side, 0.21 * sign), [0, -0.5, 0]));
    solids.push(...armSolids(shoulder, limb(forward, swing, 0.45 + 0.3 * swing, UPPER_ARM_M, FOREARM_M)));
  }
  return solids;
}

/** The knee bends while the leg swings forward. */
function leg(forward: Vector, phase: number): Limb {
  const lift = Math.max(0, cos(phase));
  return limb(forward, LEG_SWING * sin(phase), -0.12 - 0.75 * lift * lift, THIGH_M, SHIN_M);
}

function trunk(hips: Vector, side: Vector, forward: Vector): Solid[] {
  const neck = plus(hips, [0, -0.56, 0]);
  const head = plus(neck, plus([0, -0.18, 0], scaled(forward, 0.02)));
  return [
    capsule(Paint.TROUSERS, plus(hips, scaled(side, -0.07)), plus(hips, scaled(side, 0.07)), 0.115),
    capsule(Paint.SHIRT, plus(hips, [0, -0.12, 0]), plus(hips, [0, -0.38, 0]), 0.145),
    capsule(
      Paint.SHIRT,
      plus(hips, plus(scaled(side, -0.13), [0, -0.46, 0])),
      plus(hips, plus(scaled(side, 0.13), [0, -0.46, 0])),
      0.095,
    ),
    capsule(Paint.SKIN, neck, plus(neck, [0, -0.08, 0]), 0.055),
    ellipsoid(Paint.SKIN, head, [0.085, 0.12, 0.09]),
    ellipsoid(Paint.HAIR, plus(head, plus([0, -0.035, 0], scaled(forward, -0.025))), [0.092, 0.1, 0.092]),
    ellipsoid(Paint.SKIN, plus(head, plus([0, 0.015, 0], scaled(forward, 0.09))), [0.018, 0.024, 0.018]),
  ];
}

function legSolids(hip: Vector, { middle, end }: Limb, forward: Vector): Solid[] {
  const knee = plus(hip, middle);
  const ankle = plus(hip, end);
  return [
    capsule(Paint.TROUSERS, hip, knee, 0.078),
    capsule(Paint.TROUSERS, knee, ankle, 0.056),
    capsule(
      Paint.SHOE,
      plus(ankle, scaled(forward, -0.05)),
      plus(ankle, scaled(forward, 0.15)),
      FOOT_RADIUS_M,
    ),
  ];
}

function armSolids(shoulder: Vector, { middle, end }: Limb): Solid[] {
  const elbow = plus(shoulder, middle);
  return [
    capsule(Paint.SHIRT, shoulder, elbow, 0.048),
    capsule(Paint.SKIN, elbow, plus(shoulder, end), 0.038),
  ];
}
