/**
 * What the speed of a device follows from. Documents with a measured response keep it, at each bias where they give that;
 * "area-scaled" concerns the pixels of sensors and is the measured one here, on the measured area. "material" has it computed:
 * drift through the depleted film and R C (hw-profiles/derive/film-response.ts; meng2024, section 4), carriers' lifetime in a
 * photoconductor, trapped charge's in a phototransistor. A pole of time constant tau rises and falls (10-90 %) in tau ln 9.
 *
 * Not modelled: trapping while drifting, diffusion through film without field, carriers of two mobilities, inductance of wires.
 */
import { diodeResponse } from "../../hw-profiles/derive/film-response.ts";
import { LN_9 } from "../../hw-profiles/derive/response-time.ts";
import type { DeviceProfile, PhotodiodeProfile, ResponsePole } from "../../hw-profiles/device-profile.ts";

/** V, assumed where the document gives none: a third to a quarter of the gaps at hand. */
const DEFAULT_BUILT_IN_V = 0.3;

function diodeTauS(profile: PhotodiodeProfile, biasV: number, mobilityCm2PerVs: number | undefined): number {
  if (mobilityCm2PerVs === undefined) {
    throw new RangeError(
      `${profile.name}: its response follows from the material ${profile.material}, but no mobility was given; expected one above 0`,
    );
  }
  const { builtInV = DEFAULT_BUILT_IN_V } = profile;
  return diodeResponse({ ...profile, mobilityCm2PerVs, builtInV, biasV }).riseTimeS / LN_9;
}

/** One pole from the material. */
function materialTauS(profile: DeviceProfile, biasV: number, mobilityCm2PerVs: number | undefined): number {
  switch (profile.structure) {
    case "photodiode":
      return diodeTauS(profile, biasV, mobilityCm2PerVs);
    case "photoconductor":
      return profile.carrierLifetimeS;
    case "phototransistor":
      return profile.trapLifetimeS;
  }
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

/** A diode's poles from its document. */
function measuredPoles(profile: PhotodiodeProfile, biasV: number): readonly ResponsePole[] {
  const factor = relativeTau(profile, biasV);
  if (factor === 1) return profile.response;
  return profile.response.map(({ share, riseTauS, fallTauS }) => ({
    share,
    riseTauS: factor * riseTauS,
    fallTauS: factor * fallTauS,
  }));
}

/**
 * The poles that act at a bias. `mobilityCm2PerVs`: of the material, for a diode whose response follows from it.
 * @throws RangeError if such a diode gets none.
 */
export function responsePoles(
  profile: DeviceProfile,
  biasV: number,
  mobilityCm2PerVs?: number,
): readonly ResponsePole[] {
  if (profile.responseModel === "material") {
    const tauS = materialTauS(profile, biasV, mobilityCm2PerVs);
    return [{ share: 1, riseTauS: tauS, fallTauS: tauS }];
  }
  return profile.structure === "photodiode" ? measuredPoles(profile, biasV) : profile.response;
}
