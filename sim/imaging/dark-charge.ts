import { exp } from "../math/elementary.ts";
import type { ChargeModel } from "./charge-tables.ts";

/** Below this, (1 - exp(-x)) / x is taken from its series. */
const SMALL = 1e-3;

/**
 * Mean charge of a rate that falls linearly with the charge, lambda(Q) = rate (1 - fall Q / Qfw), after `timeS`:
 * rate t (1 - exp(-x)) / x with x = rate t fall / Qfw. Then the soft full well.
 * @param fall relative fall from the reset level to full well.
 */
export function meanChargeE(rateEPerS: number, timeS: number, fall: number, model: ChargeModel): number {
  const straightE = rateEPerS * timeS;
  const x = (straightE * fall) / model.fullWellE;
  const bent = Math.abs(x) < SMALL ? 1 - x / 2 + (x * x) / 6 : (1 - exp(-x)) / x;
  return softFullWellE(straightE * bent, model);
}

/** Beyond the knee, charge is compressed: knee + e h / (h + e), e = excess, h = headroom. */
function softFullWellE(chargeE: number, { effects, fullWellE }: ChargeModel): number {
  const { softSaturation } = effects;
  const kneeE = softSaturation.kneeShare * fullWellE;
  if (!softSaturation.on || !(chargeE > kneeE)) return chargeE;
  const headroomE = fullWellE - kneeE;
  const excessE = chargeE - kneeE;
  return kneeE + (excessE * headroomE) / (headroomE + excessE);
}
