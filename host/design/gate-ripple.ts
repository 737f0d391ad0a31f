import type { GateModel } from "../analysis/gate-model.ts";
import { GateInformation, type PixelCharge } from "./gate-information.ts";

/** Places around the true time, in standard deviations, and their weights of a normal distribution. */
const PLACES: readonly number[] = Array.from({ length: 11 }, (_, i) => (i - 5) / 2);
const WEIGHTS: readonly number[] = PLACES.map((z) => Math.exp((-z * z) / 2));
/** Further away is another part of the waveform, ns. */
const FARTHEST_NS = 20;
/** Spreads below this see one place, ns. */
const LEAST_NS = 0.05;

/**
 * The bound ripples as the return moves against the edges of the gates. Estimates that spread over a good part of a gate's step
 * see its mean, so their variance is that of the places where they lie.
 * @param sigmaNs spread of the estimates about t0. @returns root mean square of the bound there over the bound at t0.
 */
export function gateRipple(
  model: GateModel,
  t0Ns: number,
  sigmaNs: number,
  charge: PixelCharge,
  usable: ArrayLike<number>,
): number {
  if (!(sigmaNs > LEAST_NS)) return 1;
  const boundAt = (offsetNs: number) =>
    new GateInformation(model, t0Ns + offsetNs).bound(charge, usable).timeNs;
  let [squares, weights] = [0, 0];
  PLACES.forEach((z, i) => {
    const offsetNs = Math.max(-FARTHEST_NS, Math.min(FARTHEST_NS, z * sigmaNs));
    squares += WEIGHTS[i]! * boundAt(offsetNs) ** 2;
    weights += WEIGHTS[i]!;
  });
  const ratio = Math.sqrt(squares / weights) / boundAt(0);
  return Number.isFinite(ratio) ? ratio : 1;
}
