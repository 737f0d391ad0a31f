import { BOLTZMANN_EV_PER_K, ELEMENTARY_CHARGE_C } from "../../../hw-profiles/derive/constants.ts";
import { type LinearFit, linearFit } from "../analysis/linear-fit.ts";
import { linearSpace, logSpace } from "../analysis/sampling.ts";
import type { DeviceBench } from "../laboratory.ts";

const THERMAL_V = BOLTZMANN_EV_PER_K * 300;
/** Both signs, down to where no field helps the leakage. */
const VOLTAGES = logSpace(1e-5, 0.1, 33).flatMap((v) => [v, -v]);
/** Ideality factors that are tried. */
const IDEALITIES = linearSpace(0.9, 5, 206);

/** Conductance at 0 V, and how the field helps it: a series in the root of the voltage. */
const SHUNT = [0, 0.5, 1, 1.5].map((power) => VOLTAGES.map((v) => v * Math.abs(v) ** power));

/** Below this a source meter resolves nothing. */
const SMALLEST_A = 1e-16;

export interface ShotLimit {
  readonly amplitudeAPerRtHz: number;
  /** Whose shot noise it is, A. */
  readonly equivalentA: number;
}

/**
 * Shot-noise limit of a junction at 0 V, where no net current flows: both opposite currents I0 of the junction make noise, and
 * the shunt G its thermal noise, 2 q (2 I0 + 2 k T G / q) [van der Ziel]. I0 and G come from
 * I = I0 [exp(q V / n k T) - 1] + G V (1 + a sqrt|V| + b |V| + ...) within 0.1 V around 0, with the n that fits best.
 */
export function shotLimitAtZero(device: DeviceBench): ShotLimit {
  const currents = VOLTAGES.map((biasV) => device.current({ biasV }));
  // Four decades of current: every point counts by its relative deviation.
  const weights = currents.map((current) => Math.max(Math.abs(current), SMALLEST_A) ** -2);
  let best: LinearFit | undefined;
  for (const ideality of IDEALITIES) {
    const junction = VOLTAGES.map((v) => Math.expm1(v / (ideality * THERMAL_V)));
    const fit = linearFit([junction, ...SHUNT], currents, weights);
    if (!best || fit.residualRms < best.residualRms) best = fit;
  }
  const [saturationA = Number.NaN, conductance = Number.NaN] = best?.parameters ?? [];
  const equivalentA = 2 * saturationA + 2 * THERMAL_V * conductance;
  return { amplitudeAPerRtHz: Math.sqrt(2 * ELEMENTARY_CHARGE_C * equivalentA), equivalentA };
}
