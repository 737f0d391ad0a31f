// Charge that does not reach the code, so that twice the exposure in half the light gives not quite the same: charge
// traps, and dark charge that takes bias from the film.

import type { ImagingProfile } from "../../../hw-profiles/sensor-profile.ts";
import { fullWellE } from "../../analysis/noise-model.ts";

export interface ExposureConditions {
  readonly exposureS: number;
  /** From one exposure's start to the next one's. */
  readonly periodS: number;
  readonly temperatureC: number;
}

const ELEMENTARY_CHARGE_C = 1.602176634e-19;
const BOLTZMANN_EV_PER_K = 8.617333262e-5;
const KELVIN_AT_0_C = 273.15;

/** Share of the signal that is missing, to first order in the traps' shares; below 0.01 for the films we know. */
export function filmLoss(profile: ImagingProfile, conditions: ExposureConditions): number {
  return trapLoss(profile, conditions) + darkLoss(profile, conditions);
}

/**
 * dn/dt = (share Q - n) / tau with Q rising evenly through the exposure and 0 between exposures, in the steady state of
 * equal frames: what is trapped at the end less what was still trapped at the start.
 */
function trapLoss({ effects }: ImagingProfile, { exposureS, periodS }: ExposureConditions): number {
  if (!effects.lag.on) return 0;
  let loss = 0;
  for (const { share, tauMs } of effects.lag.traps) {
    const x = (exposureS * 1000) / tauMs;
    const captured = 1 + Math.expm1(-x) / x;
    const rest = ((periodS - exposureS) * 1000) / tauMs;
    loss += (share * captured * -Math.expm1(-rest)) / -Math.expm1((-periodS * 1000) / tauMs);
  }
  return loss;
}

/**
 * Dark charge d fills the node besides the light's H: both rates fall with the charge, by eqeFall and darkFall from the
 * reset level to full well F, so that light loses H eqeFall d / 2F and the dark current d darkFall H / 2F.
 */
function darkLoss(profile: ImagingProfile, { exposureS, temperatureC }: ExposureConditions): number {
  const { array, detector, effects, film, pixel } = profile;
  const { operatingBiasV } = detector;
  if (!(effects.darkCurrent.on && effects.biasDependence.on) || operatingBiasV >= 0) return 0;
  const areaCm2 = (array.pitchUm * 1e-4) ** 2 * array.fillFactor;
  const inverseK = 1 / (temperatureC + KELVIN_AT_0_C) - 1 / detector.darkReferenceK;
  const factor = Math.exp((-detector.darkActivationEv / BOLTZMANN_EV_PER_K) * inverseK);
  const darkEPerS = ((detector.darkCurrentDensityAPerCm2 * areaCm2) / ELEMENTARY_CHARGE_C) * factor;
  const darkFall = (-film.shuntShare * pixel.swingV) / operatingBiasV;
  const eqeFall = 1 - eqeAt(profile, operatingBiasV + pixel.swingV) / eqeAt(profile, operatingBiasV);
  return (darkEPerS * exposureS * (eqeFall + darkFall)) / (2 * fullWellE(profile));
}

/** On the line between the points of the profile; beyond them the nearest one holds. */
function eqeAt({ detector }: ImagingProfile, biasV: number): number {
  const points = detector.eqePoints;
  const above = points.findIndex((point) => point.biasV >= biasV);
  if (above <= 0) return points.at(above)!.eqe;
  const [low, high] = [points[above - 1]!, points[above]!];
  return low.eqe + ((high.eqe - low.eqe) * (biasV - low.biasV)) / (high.biasV - low.biasV);
}
