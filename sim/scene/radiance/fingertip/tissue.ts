// A fingertip as the lens throws it onto the sensor: relative radiance of tissue, and how much of a place is tissue.
// Not modelled: ridges of the skin, the blood's own picture (the pulse is the same all over the finger), blur of motion.

import { exp } from "../../../math/elementary.ts";

// Assumed: the finger fills nearly all of the picture, upright, and is brightest in the middle, where light reaches it
// from all sides; one vessel runs along it.
const HALF_WIDTH = 0.85;
const HALF_HEIGHT = 0.95;
const EDGE_FALL = 0.35;
const EDGE_FROM = 0.9;
const EDGE_TO = 1.05;
const VESSEL_X = 0.25;
const VESSEL_SIGMA = 0.06;
const VESSEL_DEPTH = 0.06;

/** Radiance at x, y (-1..1 across the picture) relative to the middle of the finger; 0 beside the finger. */
export function tissueRadiance(x: number, y: number): number {
  const r2 = (x / HALF_WIDTH) ** 2 + (y / HALF_HEIGHT) ** 2;
  if (r2 >= EDGE_TO * EDGE_TO) return 0;
  const z = (x - VESSEL_X * (1 - 0.3 * y)) / VESSEL_SIGMA;
  const vessel = 1 - VESSEL_DEPTH * exp(-0.5 * z * z);
  return (1 - EDGE_FALL * r2) * vessel * inside(Math.sqrt(r2));
}

/** 1 on the finger, 0 beside it, smooth between. */
function inside(r: number): number {
  if (r <= EDGE_FROM) return 1;
  const t = (EDGE_TO - r) / (EDGE_TO - EDGE_FROM);
  return t * t * (3 - 2 * t);
}
