import { cos, sin } from "../../math/elementary.ts";
import * as Paint from "./paints.ts";
import { person } from "./person.ts";
import { CEILING_Y, FLOOR_Y } from "./shell.ts";
import { type Box, ball, box, frustum, type Solid } from "./solid.ts";
import { plus, scaled, type Vector } from "./vector.ts";

const TWO_PI = 6.283185307179586;
const GRAVITY = 9.81;
const WALK_PERIOD_S = 9;
const WALK_CENTRE: readonly [x: number, z: number] = [-0.3, 3.95];
const WALK_RADIUS: readonly [x: number, z: number] = [0.75, 1.05];
const STRIDES_PER_ROUND = 5;
const BALL_RADIUS_M = 0.11;
const BALL_BOUNCE_S = 0.72;
const BALL_DRIFT_S = 6.48;
const FAN_PERIOD_S = 2.4;
const FAN_HUB: Vector = [-0.15, CEILING_Y + 0.24, 4.7];
const FAN_BLADES = 4;
/** Tangent of a blade's pitch. */
const FAN_PITCH = 0.25;

/** Everything that moves, at a virtual time. Always the same number of solids. */
export function movingSolids(timeNs: number): Solid[] {
  const timeS = timeNs * 1e-9;
  return [...walker(timeS), bouncingBall(timeS), ...fan(timeS)];
}

/** How far into a period, 0..1. */
function turns(timeS: number, periodS: number): number {
  const rounds = timeS / periodS;
  return rounds - Math.floor(rounds);
}

/** Round and round on an ellipse over the rug. */
function walker(timeS: number): Solid[] {
  const angle = TWO_PI * turns(timeS, WALK_PERIOD_S);
  const [c, s] = [cos(angle), sin(angle)];
  const [vx, vz] = [-WALK_RADIUS[0] * s, WALK_RADIUS[1] * c];
  const speed = Math.sqrt(vx * vx + vz * vz);
  return person({
    x: WALK_CENTRE[0] + WALK_RADIUS[0] * c,
    z: WALK_CENTRE[1] + WALK_RADIUS[1] * s,
    headingX: vx / speed,
    headingZ: vz / speed,
    phase: STRIDES_PER_ROUND * angle,
  });
}

/** Parabolas of free fall, drifting slowly to and fro across the room. */
function bouncingBall(timeS: number): Solid {
  const inBounceS = BALL_BOUNCE_S * turns(timeS, BALL_BOUNCE_S);
  const height = (GRAVITY / 2) * inBounceS * (BALL_BOUNCE_S - inBounceS);
  const drift = sin(TWO_PI * turns(timeS, BALL_DRIFT_S));
  return ball(Paint.BALL, [0.05 + 0.3 * drift, FLOOR_Y - BALL_RADIUS_M - height, 2.35], BALL_RADIUS_M);
}

function fan(timeS: number): Solid[] {
  const angle = TWO_PI * turns(timeS, FAN_PERIOD_S);
  const [x, y, z] = FAN_HUB;
  const solids = [
    frustum(Paint.STEEL, [x, y + 0.06, z], 0.12, 0.07, 0.09),
    frustum(Paint.STEEL, [x, y - 0.06, z], 0.2, 0.015),
  ];
  for (let blade = 0; blade < FAN_BLADES; blade++) {
    solids.push(fanBlade(angle + (TWO_PI * blade) / FAN_BLADES));
  }
  return solids;
}

function fanBlade(angle: number): Solid {
  const out: Vector = [cos(angle), 0, sin(angle)];
  const across: Vector = [-out[2], 0, out[0]];
  const norm = 1 / Math.sqrt(1 + FAN_PITCH * FAN_PITCH);
  const axes: Box["axes"] = [
    out,
    scaled(plus([0, 1, 0], scaled(across, -FAN_PITCH)), norm),
    scaled(plus(across, [0, FAN_PITCH, 0]), norm),
  ];
  return box(Paint.FAN_BLADE, plus(FAN_HUB, scaled(out, 0.36)), [0.56, 0.012, 0.13], axes);
}
