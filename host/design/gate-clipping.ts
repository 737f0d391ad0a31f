import type { LidarProfile } from "../../hw-profiles/sensor-profile.ts";
import { normalShareBelow } from "./normal.ts";

/**
 * Of a gate that reaches the saturation level the fit knows only that it does. A sample far beyond the limit tells nothing more by
 * that, one near it little: the bound is taken over the gates below it.
 */
export interface Clipping {
  /** By gate: share of pixels in which it is not saturated. */
  readonly usable: Float64Array;
  /** Gates that are usable in at least half of the pixels. */
  readonly usableGates: number;
  /** Share of pixels with at least one saturated gate. */
  readonly saturatedShare: number;
  readonly peakShare: number;
}

/** Gauss-Hermite nodes and weights for a standard normal variable: the pixels' spread in response. */
const NODES: readonly (readonly [z: number, weight: number])[] = [
  [-2.856970013872806, 0.01125741132772069],
  [-1.355626179974266, 0.2220759220056126],
  [0, 0.5333333333333333],
  [1.355626179974266, 0.2220759220056126],
  [2.856970013872806, 0.01125741132772069],
];

/** How many gates of how many pixels saturate. */
export class GateClipping {
  readonly #limitE: number;
  readonly #noiseVarianceE2: number;
  readonly #offsetVarianceE2: number;
  readonly #responseSpread: number;
  readonly #darkSpread: number;

  constructor({ adc, detector, pixel }: LidarProfile, gainEPerDn: number, noiseVarianceE2: number) {
    // Codes are rounded: the level half a code below the limit already makes it.
    this.#limitE = (adc.saturationDn - 0.5 - adc.pedestalDn) * gainEPerDn;
    this.#noiseVarianceE2 = noiseVarianceE2;
    this.#offsetVarianceE2 =
      (pixel.offsetSpreadDn ** 2 + pixel.columnOffsetSpreadDn ** 2) * gainEPerDn * gainEPerDn;
    this.#responseSpread = detector.responseSpread;
    this.#darkSpread = detector.darkSpread;
  }

  /** @param shares f_k of the amplitude. */
  of(shares: Float64Array, amplitudeE: number, ambientE: number, darkE: number): Clipping {
    const usable = new Float64Array(shares.length);
    let saturatedShare = 0;
    for (const [z, weight] of NODES) {
      const response = Math.max(0, 1 + this.#responseSpread * z);
      let allUsable = 1;
      for (let k = 0; k < shares.length; k++) {
        const below = this.#below(response * (amplitudeE * shares[k]! + ambientE), darkE);
        usable[k]! += weight * below;
        allUsable *= below;
      }
      saturatedShare += weight * (1 - allUsable);
    }
    const peakE = amplitudeE * Math.max(...shares) + ambientE + darkE;
    const usableGates = usable.reduce((count, share) => count + (share >= 0.5 ? 1 : 0), 0);
    return {
      usable,
      usableGates,
      saturatedShare: Math.min(1, saturatedShare),
      peakShare: peakE / this.#limitE,
    };
  }

  /** Share of samples of this mean light below the limit. */
  #below(lightE: number, darkE: number): number {
    const patternE2 = this.#offsetVarianceE2 + (this.#darkSpread * darkE) ** 2;
    const sigmaE = Math.sqrt(lightE + darkE + this.#noiseVarianceE2 + patternE2);
    return normalShareBelow((this.#limitE - lightE - darkE) / sigmaE);
  }
}
