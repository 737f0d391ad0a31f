import { BOLTZMANN_EV_PER_K } from "../../hw-profiles/derive/constants.ts";
import type { LidarProfile } from "../../hw-profiles/sensor-profile.ts";
import type { ResponseSpec } from "../detector/response.ts";
import { exp } from "../math/elementary.ts";
import type { ChipDeviation } from "./chip-deviation.ts";
import { delayError } from "./gate-errors.ts";

const CELSIUS_ZERO_K = 273.15;

/** The response of the deviating chip, from what the profile and the commanded gates say. */
export function chipResponse(
  profile: LidarProfile,
  deviation: ChipDeviation,
  temperatureK: number,
  commanded: ResponseSpec,
): ResponseSpec {
  const lateNs = delayError(profile, deviation);
  return {
    ...commanded,
    pulseWidthNs: commanded.pulseWidthNs + deviation.pulseNs,
    tauNs: commanded.tauNs * deviation.tauFactor * thermalFactor(profile, deviation, temperatureK),
    slowFraction: deviation.tailFraction,
    tauSlowNs: deviation.tailTauNs,
    delaysNs: commanded.delaysNs.map((delayNs) => delayNs + lateNs(delayNs)),
    widthsNs: commanded.widthsNs.map((widthNs) => widthNs + deviation.gateWidthNs),
  };
}

/** Drift-limited response: tau ~ 1 / mobility, relative to the temperature of the profile's environment. */
function thermalFactor(
  { environment }: LidarProfile,
  { mobilityActivationEv }: ChipDeviation,
  temperatureK: number,
): number {
  if (mobilityActivationEv === 0) return 1;
  const profiledK = environment.temperatureC + CELSIUS_ZERO_K;
  return exp((mobilityActivationEv / BOLTZMANN_EV_PER_K) * (1 / temperatureK - 1 / profiledK));
}
