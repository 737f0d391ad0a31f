import type { CalibratedProfile } from "../analysis/gate-correction.ts";
import { GateModel } from "../analysis/gate-model.ts";
import { gainEPerDn, sampleNoiseVarianceE2 } from "../analysis/noise-model.ts";
import { collectionTimes, frameTimes } from "../design/frame-times.ts";
import { darkRateEPerS } from "../design/light-budget.ts";
import type { DepthClass } from "./depth-classes.ts";

/** Terms of the Fisher information that a gate adds: AA, Ab, bb, At, bt, tt. */
export const TERMS = 6;

/** Gates with a mean beyond this share of the saturation level are taken for lost. */
const USABLE_SHARE = 0.95;

/**
 * What is known of a pixel at worst, as shares of its own values: keeps the information of few gates invertible, and is
 * far below what any useful set of gates adds.
 */
const PRIOR_AMPLITUDE = 100;
const PRIOR_TIME_NS = 1000;

/** How bright a pixel's gates are, with so many pulses and such a width. */
export interface GateLight {
  readonly pulsesPerGate: number;
  readonly widthNs: number;
}

/** What gates tell of one class of pixels [docs/physics.md: bound of the range]. */
export interface ClassTerms {
  readonly pixels: number;
  /** TERMS a candidate. */
  readonly terms: Float64Array;
  readonly prior: Float64Array;
  /** Largest mean sample over the candidates, as a share of the saturation level. */
  readonly peakShare: number;
}

/** Terms of the information for classes seen under `seen`, with gates of `light` at each candidate's delay. */
export class TermMaker {
  readonly #profile: CalibratedProfile;
  readonly #temperatureC: number;
  readonly #seen: GateLight;
  readonly #limitE: number;

  constructor(profile: CalibratedProfile, temperatureC: number, seen: GateLight) {
    const { adc } = profile;
    this.#profile = profile;
    this.#temperatureC = temperatureC;
    this.#seen = seen;
    this.#limitE = (adc.saturationDn - adc.pedestalDn) * gainEPerDn(profile);
  }

  termsOf(classes: readonly DepthClass[], light: GateLight, delaysNs: readonly number[]): ClassTerms[] {
    const widths = delaysNs.map(() => light.widthNs);
    const model = new GateModel(this.#profile, { gateDelaysNs: delaysNs, gateWidthsNs: widths });
    const seen = this.#steady(this.#seen);
    const steady = this.#steady(light);
    const more = light.pulsesPerGate / this.#seen.pulsesPerGate;
    return classes.map(({ ambientE, amplitudeE, pixels, t0Ns }) =>
      this.#classTerms(model, t0Ns, {
        pixels,
        amplitudeE: amplitudeE * more,
        backgroundE: (ambientE * steady.ambientS) / seen.ambientS + steady.darkE,
      }),
    );
  }

  /** Steady light and dark electrons of a gate, for a row in the middle. */
  #steady({ pulsesPerGate, widthNs }: GateLight): { ambientS: number; darkE: number } {
    const { environment, gates } = this.#profile;
    const profile = {
      ...this.#profile,
      environment: { ...environment, temperatureC: this.#temperatureC },
      gates: { ...gates, pulsesPerGate, widthsNs: gates.widthsNs.map(() => widthNs) },
    };
    const times = frameTimes(profile);
    const { ambientS, darkS } = collectionTimes(profile, times, (times.rowGroups - 1) / 2);
    return { ambientS, darkE: darkRateEPerS(profile) * darkS };
  }

  #classTerms(
    model: GateModel,
    t0Ns: number,
    { amplitudeE, backgroundE, pixels }: { amplitudeE: number; backgroundE: number; pixels: number },
  ): ClassTerms {
    const shares = new Float64Array(model.gates);
    const slopes = new Float64Array(model.gates);
    model.evaluate(t0Ns, shares, slopes);
    const noiseE2 = sampleNoiseVarianceE2(this.#profile, this.#temperatureC);
    const terms = new Float64Array(TERMS * model.gates);
    let peakE = 0;
    for (let k = 0; k < model.gates; k++) {
      const f = shares[k]!;
      const g = amplitudeE * slopes[k]!;
      const meanE = amplitudeE * f + backgroundE;
      peakE = Math.max(peakE, meanE);
      const w = meanE > USABLE_SHARE * this.#limitE ? 0 : 1 / (meanE + noiseE2);
      terms.set([w * f * f, w * f, w, w * f * g, w * g, w * g * g], TERMS * k);
    }
    const knownE = PRIOR_AMPLITUDE * (amplitudeE + backgroundE + Math.sqrt(noiseE2));
    const prior = Float64Array.of(1 / knownE ** 2, 0, 1 / knownE ** 2, 0, 0, 1 / PRIOR_TIME_NS ** 2);
    return { pixels, terms, prior, peakShare: peakE / this.#limitE };
  }
}

/** Variance bound of the return time, ns^2, from sums of terms: [FIM^-1] of t0 with amplitude and background unknown. */
export function timeVarianceNs2(sums: Float64Array): number {
  const [aa, ab, bb] = [sums[0]!, sums[1]!, sums[2]!];
  const [at, bt, tt] = [sums[3]!, sums[4]!, sums[5]!];
  const information = tt - (at * (at * bb - bt * ab) + bt * (bt * aa - at * ab)) / (aa * bb - ab * ab);
  return information > 0 ? 1 / information : PRIOR_TIME_NS ** 2;
}
