// Charge that does not reach the code, so that twice the exposure in half the light gives not quite the same: charge
// traps, and dark charge that takes bias from the film.

import {
  BOLTZMANN_EV_PER_K,
  ELEMENTARY_CHARGE_C,
  ZERO_CELSIUS_K,
} from "../../../hw-profiles/derive/constants.ts";
import type { ImagingProfile } from "../../../hw-profiles/sensor-profile.ts";
import { fullWellE } from "../../analysis/noise-model.ts";

export interface ExposureConditions {
  readonly exposureS: number;
  /** From one exposure's start to the next one's. */
  readonly periodS: number;
  readonly temperatureC: number;
  /** Charge of the light on the node at the last read. */
  readonly signalE: number;
}

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
 * Dark charge d fills the node besides the light's H. Both rates fall with the charge, by eqeFall and darkFall from the
 * reset level to full well F: light loses H eqeFall d / 2F, the dark current d darkFall H / 2F. And what is taken off as
 * dark signal was measured on an empty node, where the gain is higher than at H: d (1 - gain(H)).
 */
function darkLoss(profile: ImagingProfile, conditions: ExposureConditions): number {
  const { detector, effects, film, pixel } = profile;
  const { operatingBiasV } = detector;
  if (!effects.darkCurrent.on) return 0;
  const darkE = darkEPerS(profile, conditions.temperatureC) * conditions.exposureS;
  const fullE = fullWellE(profile);
  const gain = relativeGain(profile, conditions.signalE / fullE);
  const readout = (darkE / conditions.signalE) * (1 - gain);
  if (!effects.biasDependence.on || operatingBiasV >= 0) return readout;
  const darkFall = (-film.shuntShare * pixel.swingV) / operatingBiasV;
  const eqeFall = 1 - eqeAt(profile, operatingBiasV + pixel.swingV) / eqeAt(profile, operatingBiasV);
  return readout + (darkE * (eqeFall + darkFall)) / (2 * fullE);
}

function darkEPerS({ array, detector }: ImagingProfile, temperatureC: number): number {
  const areaCm2 = (array.pitchUm * 1e-4) ** 2 * array.fillFactor;
  const inverseK = 1 / (temperatureC + ZERO_CELSIUS_K) - 1 / detector.darkReferenceK;
  const factor = Math.exp((-detector.darkActivationEv / BOLTZMANN_EV_PER_K) * inverseK);
  return ((detector.darkCurrentDensityAPerCm2 * areaCm2) / ELEMENTARY_CHARGE_C) * factor;
}

/** Small-signal gain of node and follower at a share of the full well over that at reset: a graded junction fills up. */
function relativeGain({ effects, pixel }: ImagingProfile, fill: number): number {
  const { followerNonlinearity, nodeCapacitance } = effects;
  const follower = followerNonlinearity.on ? 1 - followerNonlinearity.gainFall * fill : 1;
  if (!nodeCapacitance.on) return follower;
  const { builtInV, grading, junctionShare } = nodeCapacitance;
  const resetV = builtInV + pixel.swingV;
  const junction = (resetV / (resetV - pixel.swingV * fill)) ** grading;
  return follower / (1 - junctionShare + junctionShare * junction);
}

/** On the line between the points of the profile; beyond them the nearest one holds. */
function eqeAt({ detector }: ImagingProfile, biasV: number): number {
  const points = detector.eqePoints;
  const above = points.findIndex((point) => point.biasV >= biasV);
  if (above <= 0) return points.at(above)!.eqe;
  const [low, high] = [points[above - 1]!, points[above]!];
  return low.eqe + ((high.eqe - low.eqe) * (biasV - low.biasV)) / (high.biasV - low.biasV);
}
