// What one exposure's conditions make of a device: rates of each pixel at the operating bias, reset noise, tables' model.

import type { EffectsProfile, ImagingProfile } from "../../hw-profiles/sensor-profile.ts";
import { biasDependence, NO_BIAS_DEPENDENCE } from "../detector/bias-dependence.ts";
import { eqeAtBias } from "../light/eqe.ts";
import { type ChargePatterns, chargePatterns } from "../pixel/charge-patterns.ts";
import { darkTemperatureFactor, referenceDarkRateEPerS } from "../pixel/dark-current.ts";
import { fullWellE, resetNoiseE } from "../pixel/noise-budget.ts";
import type { ChargeModel } from "./charge-tables.ts";
import type { ImagingConditions, SensorRows } from "./seams.ts";

/** Electrons per photon on the whole pixel at the operating bias: EQE and fill factor. */
export function electronsPerPhoton({ array, detector }: ImagingProfile): number {
  return eqeAtBias(detector.eqePoints, detector.operatingBiasV) * array.fillFactor;
}

/** Mean dark electrons per second of a pixel at the operating bias; 0 if switched off. */
export function darkRateEPerS(profile: ImagingProfile, conditions: ImagingConditions): number {
  if (!conditions.effects.darkCurrent.on) return 0;
  return referenceDarkRateEPerS(profile) * darkTemperatureFactor(profile, conditions.temperatureK);
}

/** Reset noise of the conditions, electrons rms; 0 if switched off. */
export function conditionsResetNoiseE(profile: ImagingProfile, conditions: ImagingConditions): number {
  return conditions.effects.resetNoise.on ? resetNoiseE(profile, conditions.temperatureK) : 0;
}

export function chargeModel(profile: ImagingProfile, conditions: ImagingConditions): ChargeModel {
  const { effects, temperatureK } = conditions;
  return {
    effects,
    fullWellE: fullWellE(profile),
    bias: effects.biasDependence.on ? biasDependence(profile, temperatureK) : NO_BIAS_DEPENDENCE,
  };
}

/** The patterns of a band, drawn again only when their effects change. */
export class PatternCache {
  readonly #profile: ImagingProfile;
  readonly #band: SensorRows;
  #key = "";
  #patterns: ChargePatterns | undefined;

  constructor(profile: ImagingProfile, band: SensorRows) {
    this.#profile = profile;
    this.#band = band;
  }

  of({ darkPattern, defects, responsePattern }: EffectsProfile): ChargePatterns {
    const effects = { darkPattern, defects, responsePattern };
    const key = JSON.stringify(effects);
    if (this.#patterns === undefined || key !== this.#key) {
      this.#patterns = chargePatterns(this.#profile, effects, this.#band);
      this.#key = key;
    }
    return this.#patterns;
  }
}
