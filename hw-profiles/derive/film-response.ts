/** From mobility to rise time and bandwidth of a depleted photodiode [meng2024 section 4]. */

import { driftBandwidthHz, filmCapacitanceF, photodiodeRiseTimeS } from "./response-time.ts";
import { nmToCm, transitTimeS } from "./transport.ts";

export interface DiodeStack {
  readonly mobilityCm2PerVs: number;
  readonly thicknessNm: number;
  readonly builtInV: number;
  /** Negative is reverse. */
  readonly biasV: number;
  readonly areaCm2: number;
  readonly relativePermittivity: number;
  readonly loadOhm: number;
}

export interface DiodeResponse {
  readonly driftV: number;
  readonly driftS: number;
  readonly capacitanceF: number;
  readonly rcS: number;
  readonly riseTimeS: number;
  readonly bandwidthHz: number;
}

/** Drift across the depleted film at built-in voltage and reverse bias, and RC; no diffusion, as no film is left without field. */
export function diodeResponse(stack: DiodeStack): DiodeResponse {
  const driftV = stack.builtInV + Math.max(0, -stack.biasV);
  const driftS = transitTimeS(nmToCm(stack.thicknessNm), stack.mobilityCm2PerVs, driftV);
  const capacitanceF = filmCapacitanceF(stack.areaCm2, stack.thicknessNm, stack.relativePermittivity);
  const rcS = stack.loadOhm * capacitanceF;
  const riseTimeS = photodiodeRiseTimeS({ driftS, rcS, diffusionS: 0 });
  return { driftV, driftS, capacitanceF, rcS, riseTimeS, bandwidthHz: driftBandwidthHz(riseTimeS) };
}
