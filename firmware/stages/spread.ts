// How far the light of one pixel is spread in depth: the score test of a second surface near the first.
// Light at several return times t_i with weights p_i collects sum p_i f(t_i) = f(t0) + V f''(t0)/2 + ..., V the variance
// of the return times. V is the part of the residual along A f''/2 that background, amplitude and return time cannot
// explain (least squares with the weights of the fit), and V over its sigma is the statistic of one degree of freedom
// that finds a mixture soonest: returns/returns.ts estimates both. Two surfaces p, 1 - p at distance d have
// V = p(1 - p)(2 d/c)^2.
import { setup } from "../setup.ts";
import { parameters } from "../views.ts";
import { HALF_LIGHT_M_PER_NS } from "./classify.ts";

@unmanaged
export class Spread {
  /** Estimate of V, ns^2; negative by chance in half of all pixels with one surface. */
  varianceNs2: f64 = 0;
  /** Its standard deviation, ns^2; 0 when there is no estimate. */
  sigmaNs2: f64 = 0;
}

export const spread = changetype<Spread>(memory.data(offsetof<Spread>()));

/** Root of a variance of the return time as a distance in codes of the range. */
function rangeCode(varianceNs2: f64, largest: f64): u32 {
  const metres = Math.sqrt(varianceNs2) * HALF_LIGHT_M_PER_NS;
  return u32(min(largest, Math.floor(metres / f64(parameters.rangeScale) + 0.5)));
}

/** Writes `spread` to the line, i16[width] signed roots, then u16[width] roots of sigma. */
export function putSpread(column: u32): void {
  const target = setup.spreadLine + (column << 1);
  const root = i32(rangeCode(Math.abs(spread.varianceNs2), 32767));
  store<i16>(target, i16(spread.varianceNs2 < 0.0 ? -root : root));
  store<u16>(target + (setup.width << 1), u16(rangeCode(spread.sigmaNs2, 65535)));
}

/** No estimate: what a pixel has until its returns are looked at. */
export function clearSpread(): void {
  spread.varianceNs2 = 0;
  spread.sigmaNs2 = 0;
}
