/**
 * From charge on the node to the level before the converter: C(V) of the node, then the source follower.
 *
 * With x = fall of the node's voltage from the reset level / swing, the node holds (physics of a graded junction beside a
 * fixed capacitance; the junction's reverse bias is the swing that is left):
 *   C(x) = C_reset [ (1 - s) + s ((V_bi + V_sw) / (V_bi + V_sw (1 - x)))^m ],  Q(x) = integral of C V_sw dx,
 * and the follower, whose gain falls by `gainFall` from the reset level to full well, gives y = x - gainFall x^2 / 2.
 * Small signals have slope 1 by definition: the follower's small-signal gain is part of the DN scale.
 * T(Q) = (Q / gainEPerDn) R(Q / Qfw); R is a polynomial through Chebyshev nodes, with the largest error in `error`.
 *
 * Not modelled: the junction's dependence on temperature, the film's own depletion capacitance, settling of the column.
 */
import type { EffectsProfile, PixelProfile } from "../../hw-profiles/sensor-profile.ts";
import { cos, pow } from "../math/elementary.ts";

/** u = Q / Qfw within which R is fitted; outside R keeps the value of the nearer end. */
export const LEAST_FILL = -0.125;
export const LARGEST_FILL = 1.25;
/** As many as bendQuad in sim/kernels/imaging/convert-levels.ts has. */
export const TRANSFER_COEFFICIENTS = 8;
const PI = Math.PI;
/** The junction's forward bias stays below this share of the built-in voltage. */
const NEAREST_TO_FLAT_BAND = 0.999;
const HALVINGS = 60;

/** R(u) = T(Q) gainEPerDn / Q, lowest power of u first. */
export interface NodeTransfer {
  /** False: R is 1. */
  readonly bent: boolean;
  /** TRANSFER_COEFFICIENTS numbers. */
  readonly coefficients: Float64Array;
  /** Largest |fit - exact| of T over the fitted range, as a share of the full well. */
  readonly error: number;
}

type TransferEffects = Pick<EffectsProfile, "nodeCapacitance" | "followerNonlinearity">;

export function nodeTransfer(pixel: PixelProfile, effects: TransferEffects): NodeTransfer {
  const bent = effects.nodeCapacitance.on || effects.followerNonlinearity.on;
  if (!bent) return { bent, coefficients: coefficientsOfOne(), error: 0 };
  const coefficients = interpolate((fill) => exactTransfer(pixel, effects, fill) / fill);
  return { bent, coefficients, error: largestError(pixel, effects, coefficients) };
}

/** T(Q) as a share of full well's linear signal, for u = Q / Qfw; f64, solved without the polynomial. */
export function exactTransfer(pixel: PixelProfile, effects: TransferEffects, fill: number): number {
  const { nodeCapacitance, followerNonlinearity } = effects;
  const fall = nodeCapacitance.on ? nodeFall(pixel.swingV, nodeCapacitance, fill) : fill;
  return followerNonlinearity.on ? fall - 0.5 * followerNonlinearity.gainFall * fall * fall : fall;
}

/** T(Q) as a share of full well's linear signal by the polynomial, f64. */
export function transferOf({ bent, coefficients }: NodeTransfer, fill: number): number {
  if (!bent) return fill;
  return fill * polynomial(coefficients, Math.min(Math.max(fill, LEAST_FILL), LARGEST_FILL));
}

/** x with Q(x) = u by halving: C grows without bound where the junction's bias ends, which Newton would overshoot. */
function nodeFall(swingV: number, junction: EffectsProfile["nodeCapacitance"], fill: number): number {
  const { junctionShare, builtInV } = junction;
  let low = fill < 0 ? fill / (1 - junctionShare) : 0;
  let high = fill < 0 ? 0 : Math.min(fill, 1 + (NEAREST_TO_FLAT_BAND * builtInV) / swingV);
  for (let step = 0; step < HALVINGS; step++) {
    const middle = 0.5 * (low + high);
    if (nodeCharge(swingV, junction, middle) < fill) low = middle;
    else high = middle;
  }
  return 0.5 * (low + high);
}

/** Q(x) / Qfw in closed form; grading below 1. */
function nodeCharge(swingV: number, junction: EffectsProfile["nodeCapacitance"], x: number): number {
  const { junctionShare, builtInV, grading } = junction;
  const resetV = builtInV + swingV;
  const rest = pow((builtInV + swingV * (1 - x)) / resetV, 1 - grading);
  return (1 - junctionShare) * x + (junctionShare * resetV * (1 - rest)) / (swingV * (1 - grading));
}

function chebyshevNodes(): Float64Array {
  const middle = 0.5 * (LEAST_FILL + LARGEST_FILL);
  const half = 0.5 * (LARGEST_FILL - LEAST_FILL);
  return Float64Array.from(
    { length: TRANSFER_COEFFICIENTS },
    (_, i) => middle + half * cos(((2 * i + 1) * PI) / (2 * TRANSFER_COEFFICIENTS)),
  );
}

/** Monomial coefficients of the polynomial through the nodes, by Newton's divided differences. */
function interpolate(valueAt: (fill: number) => number): Float64Array {
  const x = chebyshevNodes();
  const last = x.length - 1;
  const differences = x.map(valueAt);
  for (let order = 1; order <= last; order++) {
    for (let i = last; i >= order; i--) {
      differences[i] = (differences[i]! - differences[i - 1]!) / (x[i]! - x[i - order]!);
    }
  }
  const coefficients = new Float64Array(x.length);
  coefficients[0] = differences[last]!;
  for (let i = last - 1; i >= 0; i--) {
    for (let power = last; power > 0; power--) {
      coefficients[power] = coefficients[power - 1]! - x[i]! * coefficients[power]!;
    }
    coefficients[0] = differences[i]! - x[i]! * coefficients[0]!;
  }
  return coefficients;
}

function polynomial(coefficients: Float64Array, x: number): number {
  let sum = 0;
  for (let power = coefficients.length - 1; power >= 0; power--) sum = sum * x + coefficients[power]!;
  return sum;
}

function largestError(pixel: PixelProfile, effects: TransferEffects, coefficients: Float64Array): number {
  const points = 256;
  let largest = 0;
  for (let i = 0; i <= points; i++) {
    const fill = LEAST_FILL + ((LARGEST_FILL - LEAST_FILL) * i) / points;
    const fitted = fill * polynomial(coefficients, fill);
    largest = Math.max(largest, Math.abs(fitted - exactTransfer(pixel, effects, fill)));
  }
  return largest;
}

function coefficientsOfOne(): Float64Array {
  const coefficients = new Float64Array(TRANSFER_COEFFICIENTS);
  coefficients[0] = 1;
  return coefficients;
}
