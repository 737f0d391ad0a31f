import { quantumEfficiency } from "../../hw-profiles/explain/derive-optics.ts";
import type { GateProfile, LidarProfile } from "../../hw-profiles/sensor-profile.ts";
import { type LimitName, type RangeLimits, rangeLimits } from "./limits.ts";
import { applySettings, type DesignInput } from "./overrides/apply-settings.ts";
import { combineSettings, labelsOf, type Setting } from "./overrides/settings.ts";
import { type PowerAssumptions, type PowerBudget, powerBudget } from "./power.ts";
import { type Prediction, Predictor } from "./predict.ts";

export type { LimitName, RangeLimits };

/** What to predict. */
export interface DesignRequest {
  /** Name or path of a LiDAR sensor. */
  readonly sensor: string;
  /** "KEY=VALUE" or "KEY=VALUE,VALUE". */
  readonly set: readonly string[];
  readonly rangesM: readonly number[];
  readonly reflectances: readonly number[];
  readonly ambientSuns: readonly number[];
  /** Largest standard deviation of the range that will do, for the maximum range. */
  readonly sigmaLimitM: number;
  /** Go beyond what papers measured. */
  readonly extrapolate: boolean;
}

/** The part of the hardware that decides, as plain numbers. */
export interface DesignFacts {
  readonly detector: string;
  readonly emitter: string;
  readonly wavelengthNm: number;
  readonly eqe: number;
  readonly fallTimeNs: number;
  readonly biasV: number;
  readonly gating: GateProfile["gating"];
  readonly gates: number;
  readonly pulsesPerGate: number;
}

/** One combination of settings with its figures. */
export interface DesignResult {
  readonly label: string;
  readonly settings: readonly Setting[];
  readonly notes: readonly string[];
  readonly facts: DesignFacts;
  readonly frameRateHz: number;
  readonly power: PowerBudget;
  /** What the budget took for granted. */
  readonly powerAssumptions: PowerAssumptions;
  /** Every reflectance with every ambient. */
  readonly limits: readonly RangeLimits[];
  /** Reflectances, then ambients, then ranges. */
  readonly points: readonly Prediction[];
}

/** A combination of settings with its profile, before anything is predicted. */
export interface PlannedDesign extends DesignInput {
  readonly label: string;
  readonly settings: readonly Setting[];
}

/** Every combination of settings, checked. @throws DesignError, ProfileError */
export function planDesigns({ sensor, set, extrapolate }: DesignRequest): PlannedDesign[] {
  const combinations = combineSettings(set);
  const labels = labelsOf(combinations, sensor);
  return combinations.map((settings, i) => ({
    label: labels[i]!,
    settings,
    ...applySettings(sensor, settings, extrapolate),
  }));
}

/** Limits and points of one combination. */
export function predictDesign(design: PlannedDesign, request: DesignRequest): DesignResult {
  const { label, settings, notes, profile, power } = design;
  const predictor = new Predictor(profile);
  const surfaces = request.reflectances.flatMap((reflectance) =>
    request.ambientSuns.map((ambientSun) => ({ reflectance, ambientSun })),
  );
  return {
    label,
    settings,
    notes,
    facts: factsOf(profile),
    frameRateHz: predictor.times.frameRateHz,
    power: powerBudget(profile, predictor.times, power),
    powerAssumptions: power,
    limits: surfaces.map((surface) => rangeLimits(profile, predictor, surface, request.sigmaLimitM)),
    points: surfaces.flatMap((surface) =>
      request.rangesM.map((rangeM) => predictor.predict({ ...surface, rangeM })),
    ),
  };
}

function factsOf(profile: LidarProfile): DesignFacts {
  const { detector, emitter, gates } = profile;
  return {
    detector: detector.name,
    emitter: emitter.name,
    wavelengthNm: emitter.wavelengthNm,
    eqe: quantumEfficiency(profile).value,
    fallTimeNs: detector.fallTimeNs,
    biasV: detector.operatingBiasV,
    gating: gates.gating,
    gates: gates.delaysNs.length,
    pulsesPerGate: gates.pulsesPerGate,
  };
}
