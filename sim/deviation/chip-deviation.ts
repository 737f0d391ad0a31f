/**
 * How a chip differs from its profile. The board goes on telling the readout logic what the profile says: that difference
 * is the model error which limits depth, and what calibration is for [physics.md 7].
 *
 * Not modelled: widths that differ between gates, a pulse that is not rectangular, time constants that differ between pixels.
 */
import type { LidarProfile } from "../../hw-profiles/sensor-profile.ts";

/** A plain object: it goes to worker threads as it is. Times in ns. */
export interface ChipDeviation {
  /** Time constant of the film's response over the profile's. */
  readonly tauFactor: number;
  /** Laser pulse longer than the profile's by so much, at the same peak power. */
  readonly pulseNs: number;
  /** Trigger: all gates open late by so much. */
  readonly offsetNs: number;
  /** Integral nonlinearity of the delay generator: largest error over the profile's delays, smooth along the delay. */
  readonly gateInlNs: number;
  /** Error of each step of the delay generator on its own, rms. */
  readonly gateStepNs: number;
  /** Gates wider by so much. */
  readonly gateWidthNs: number;
  /** Share of the charge that comes late. */
  readonly tailFraction: number;
  readonly tailTauNs: number;
  /** Chip warmer than the profile's environment by so much. */
  readonly temperatureK: number;
  /** Activation energy of the mobility: warmer film is faster, tau ~ exp(Ea / kT). The material documents know none. */
  readonly mobilityActivationEv: number;
  /** Film-bias line along the columns, driven at row 0: delay of the last row behind the first. */
  readonly biasLineNs: number;
  /** Delay of each pixel on its own, rms. */
  readonly pixelNs: number;
}

interface Limits {
  readonly min: number;
  readonly max: number;
  readonly unit: string;
}

const NS = (max: number): Limits => ({ min: -max, max, unit: "ns" });

const LIMITS: { readonly [Key in keyof ChipDeviation]: Limits } = {
  tauFactor: { min: 0.2, max: 5, unit: "times the profile's" },
  pulseNs: NS(100),
  offsetNs: NS(50),
  gateInlNs: NS(5),
  gateStepNs: { min: 0, max: 2, unit: "ns" },
  gateWidthNs: NS(50),
  tailFraction: { min: 0, max: 0.5, unit: "of the charge" },
  tailTauNs: { min: 1, max: 10_000, unit: "ns" },
  temperatureK: { min: -100, max: 100, unit: "K" },
  mobilityActivationEv: { min: 0, max: 0.5, unit: "eV" },
  biasLineNs: NS(5),
  pixelNs: { min: 0, max: 2, unit: "ns" },
};

/** What the profile says: nothing deviates. */
function asProfiled({ detector }: LidarProfile): ChipDeviation {
  return {
    tauFactor: 1,
    pulseNs: 0,
    offsetNs: 0,
    gateInlNs: 0,
    gateStepNs: 0,
    gateWidthNs: 0,
    tailFraction: detector.slowTailFraction,
    tailTauNs: detector.slowTailTauNs,
    temperatureK: 0,
    mobilityActivationEv: 0,
    biasLineNs: 0,
    pixelNs: 0,
  };
}

/**
 * Fill in what is not said to deviate.
 * @throws RangeError for a value out of its limits, or a pulse or gate that the deviation leaves without length.
 */
export function chipDeviation(profile: LidarProfile, changes: Partial<ChipDeviation>): ChipDeviation {
  const deviation = { ...asProfiled(profile), ...changes };
  for (const key of Object.keys(LIMITS) as (keyof ChipDeviation)[]) {
    const { max, min, unit } = LIMITS[key];
    const value = deviation[key];
    if (value >= min && value <= max) continue;
    throw new RangeError(`deviation ${key}: found ${value}, expected ${min} to ${max} ${unit}`);
  }
  requireLength("pulseNs", profile.emitter.pulseWidthNs + deviation.pulseNs);
  if (profile.gates.gating === "film-bias")
    requireLength("gateWidthNs", Math.min(...profile.gates.widthsNs) + deviation.gateWidthNs);
  return deviation;
}

const SHORTEST_NS = 0.5;

function requireLength(key: keyof ChipDeviation, leftNs: number): void {
  if (leftNs >= SHORTEST_NS) return;
  throw new RangeError(
    `deviation ${key}: found a length of ${leftNs} ns with it, expected at least ${SHORTEST_NS} ns; deviate less`,
  );
}
