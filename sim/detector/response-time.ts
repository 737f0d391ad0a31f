/**
 * What the speed of a device follows from.
 *   rise time: t^2 = t_drift^2 + (2.2 tau_RC)^2 + t_diff^2;  f_3dB = 0.45 / t (drift) or 0.35 / t (RC)   [meng2024, section 4]
 *   t_drift = d^2 / (mobility (V_i + |V|)),  tau_RC = R eps0 eps_r A / d,  t_diff = d_n^2 / (2 mobility k T / q)
 * Documents with a measured response keep it (by bias, where they give that) ("measured"), let its RC part follow the area ("area-scaled"), or have it
 * computed from the material ("material"). A pole of time constant tau rises and falls in tau ln 9.
 *
 * Not modelled: trapping while drifting, carriers of two mobilities, inductance of the wires.
 */

import { filmCapacitanceF, LN_9, photodiodeRiseTimeS } from "../../hw-profiles/derive/response-time.ts";
import {
  diffusionCm2PerS,
  diffusionTimeS,
  nmToCm,
  transitTimeS,
} from "../../hw-profiles/derive/transport.ts";
import type { DeviceProfile, PhotodiodeProfile, ResponsePole } from "../../hw-profiles/device-profile.ts";

/** What a response that is computed needs from the material and the stack. */
export interface DeviceMaterial {
  readonly mobilityCm2PerVs?: number;
  /** Thickness of film without field, which carriers cross by diffusion. Default 0: fully depleted. */
  readonly neutralNm?: number;
  readonly areaCm2?: number;
}

/** As photodiodeRiseTimeS weighs R C. */
const RISE_PER_RC = 2.2;
/** V, assumed: a third to a quarter of the gaps at hand. */
const DEFAULT_BUILT_IN_V = 0.3;
/** k T / q at room temperature, V. */
const THERMAL_V = 0.02585;

/** R C of the film's plate capacitance and the load, s. */
export function rcTimeS(profile: PhotodiodeProfile, areaCm2: number): number {
  return profile.loadOhm * filmCapacitanceF(areaCm2, profile.thicknessNm, profile.relativePermittivity);
}

/**
 * A measured time constant at another area: its RC part, as the stack's capacitance gives it, follows the area. Where the stack
 * would be slower than what was measured, all of the response counts as RC.
 */
function atArea(tauS: number, profile: PhotodiodeProfile, areaCm2: number): number {
  const measured = tauS * LN_9;
  const rcS = Math.min(rcTimeS(profile, profile.areaCm2), measured / RISE_PER_RC);
  const rcRise = RISE_PER_RC * rcS;
  const driftS = Math.sqrt(measured * measured - rcRise * rcRise);
  const scaledS = (rcS * areaCm2) / profile.areaCm2;
  return photodiodeRiseTimeS({ driftS, rcS: scaledS, diffusionS: 0 }) / LN_9;
}

function materialTauS(profile: DeviceProfile, biasV: number, material: DeviceMaterial): number {
  if (profile.structure === "photoconductor") return profile.carrierLifetimeS;
  if (profile.structure === "phototransistor") return profile.trapLifetimeS;
  const { mobilityCm2PerVs, neutralNm = 0 } = material;
  if (mobilityCm2PerVs === undefined) {
    throw new RangeError(
      `${profile.name}: its response follows from the material ${profile.material}, which has no mobility for process ${profile.process ?? "(none)"}; give an effective mass or a mobility, or a measured response`,
    );
  }
  const driftV = (profile.builtInV ?? DEFAULT_BUILT_IN_V) + Math.abs(Math.min(biasV, 0));
  const driftS = transitTimeS(nmToCm(profile.thicknessNm), mobilityCm2PerVs, driftV);
  const diffusionS = diffusionTimeS(nmToCm(neutralNm), diffusionCm2PerS(mobilityCm2PerVs, THERMAL_V));
  const rcS = rcTimeS(profile, material.areaCm2 ?? profile.areaCm2);
  return photodiodeRiseTimeS({ driftS, rcS, diffusionS }) / LN_9;
}

/** Time constants at a bias over those of the document, linear between its points. */
function relativeTau({ speedPoints = [] }: PhotodiodeProfile, biasV: number): number {
  const above = speedPoints.findIndex((point) => point.biasV >= biasV);
  if (above < 0) return speedPoints.at(-1)?.relativeTau ?? 1;
  const high = speedPoints[above]!;
  const low = speedPoints[above - 1] ?? high;
  if (low.biasV === high.biasV) return high.relativeTau;
  const share = (biasV - low.biasV) / (high.biasV - low.biasV);
  return low.relativeTau + share * (high.relativeTau - low.relativeTau);
}

/** A diode's poles from its document: at the bias, and at another area where they follow it. */
function diodePoles(profile: PhotodiodeProfile, biasV: number, areaCm2?: number): readonly ResponsePole[] {
  const factor = relativeTau(profile, biasV);
  const scaled = profile.responseModel === "area-scaled" && areaCm2 !== undefined;
  if (factor === 1 && !scaled) return profile.response;
  const tau = (tauS: number) => factor * (scaled ? atArea(tauS, profile, areaCm2) : tauS);
  return profile.response.map(({ share, riseTauS, fallTauS }) => ({
    share,
    riseTauS: tau(riseTauS),
    fallTauS: tau(fallTauS),
  }));
}

/** The poles that act at a bias. @throws RangeError if a response is to follow from a material without mobility. */
export function responsePoles(
  profile: DeviceProfile,
  biasV: number,
  material: DeviceMaterial = {},
): readonly ResponsePole[] {
  if (profile.responseModel === "material") {
    const tauS = materialTauS(profile, biasV, material);
    return [{ share: 1, riseTauS: tauS, fallTauS: tauS }];
  }
  return profile.structure === "photodiode" ? diodePoles(profile, biasV, material.areaCm2) : profile.response;
}
