/**
 * What the speed of a device follows from.
 *   rise time: t^2 = t_drift^2 + (2.2 tau_RC)^2 + t_diff^2;  f_3dB = 0.45 / t (drift) or 0.35 / t (RC)   [meng2024, section 4]
 *   t_drift = d^2 / (mobility (V_i + |V|)),  tau_RC = R eps0 eps_r A / d,  t_diff = d_n^2 / (2 mobility k T / q)
 * Documents with a measured response keep it ("measured"), let its RC part follow the area ("area-scaled"), or have it
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
  /** Built-in voltage of the junction. Default 0.3 V: assumed, a third to a quarter of the gaps at hand. */
  readonly builtInV?: number;
  /** Thickness of film without field, which carriers cross by diffusion. Default 0: fully depleted. */
  readonly neutralNm?: number;
  readonly areaCm2?: number;
}

const DEFAULT_BUILT_IN_V = 0.3;
/** k T / q at room temperature, V. */
const THERMAL_V = 0.02585;

/** R C of the film's plate capacitance and the load, s. */
export function rcTimeS(profile: PhotodiodeProfile, areaCm2: number): number {
  return profile.loadOhm * filmCapacitanceF(areaCm2, profile.thicknessNm, profile.relativePermittivity);
}

/** A measured time constant at another area: its RC part, as the stack's capacitance gives it, follows the area. */
function atArea(tauS: number, profile: PhotodiodeProfile, areaCm2: number): number {
  const measured = tauS * LN_9;
  const rcS = rcTimeS(profile, profile.areaCm2);
  const rcPart = Math.min(measured, photodiodeRiseTimeS({ driftS: 0, rcS, diffusionS: 0 }));
  const driftS = Math.sqrt(measured * measured - rcPart * rcPart);
  return photodiodeRiseTimeS({ driftS, rcS: rcTimeS(profile, areaCm2), diffusionS: 0 }) / LN_9;
}

function materialTauS(profile: DeviceProfile, biasV: number, material: DeviceMaterial): number {
  if (profile.structure === "photoconductor") return profile.carrierLifetimeS;
  if (profile.structure === "phototransistor") return profile.trapLifetimeS;
  const { mobilityCm2PerVs, builtInV = DEFAULT_BUILT_IN_V, neutralNm = 0 } = material;
  if (mobilityCm2PerVs === undefined) {
    throw new RangeError(
      `${profile.name}: its response follows from the material ${profile.material}, which has no mobility for process ${profile.process ?? "(none)"}; give an effective mass or a mobility, or a measured response`,
    );
  }
  const driftV = builtInV + Math.abs(Math.min(biasV, 0));
  const driftS = transitTimeS(nmToCm(profile.thicknessNm), mobilityCm2PerVs, driftV);
  const diffusionS = diffusionTimeS(nmToCm(neutralNm), diffusionCm2PerS(mobilityCm2PerVs, THERMAL_V));
  const rcS = rcTimeS(profile, material.areaCm2 ?? profile.areaCm2);
  return photodiodeRiseTimeS({ driftS, rcS, diffusionS }) / LN_9;
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
  const { areaCm2 } = material;
  if (profile.responseModel === "measured" || profile.structure !== "photodiode" || areaCm2 === undefined) {
    return profile.response;
  }
  return profile.response.map(({ share, riseTauS, fallTauS }) => ({
    share,
    riseTauS: atArea(riseTauS, profile, areaCm2),
    fallTauS: atArea(fallTauS, profile, areaCm2),
  }));
}
