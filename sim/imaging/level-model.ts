// What the converter does to a charge on average: for the factory's calibration and for truth. f64, no memory needed.

import type { ImagingProfile } from "../../hw-profiles/sensor-profile.ts";
import {
  type FollowerNoise,
  followerCovariance,
  followerNoise,
  followerVariance,
} from "../pixel/follower-noise.ts";
import { columnSteps, type RtsPixel } from "../pixel/imaging-patterns.ts";
import { type NodeTransfer, nodeTransfer, transferOf } from "../pixel/node-transfer.ts";
import { fullWellE, gainEPerDn, maxCode } from "../pixel/noise-budget.ts";
import { IDEAL_START_DN, inlAt } from "../roic/adc/single-slope.ts";
import type { ImagingConditions } from "./seams.ts";

/** Rounds of n = (V - start - INL(n)) / step; INL changes by less than half a DN a clock. */
const CROSSING_ROUNDS = 40;

export class LevelModel {
  readonly #transfer: NodeTransfer;
  readonly #noise: FollowerNoise;
  readonly #steps: Float64Array;
  readonly #inlDn: readonly number[];
  /** Counts between two points of the nonlinearity. */
  readonly #inlSpacing: number;
  readonly #fullWellE: number;
  readonly #dnPerE: number;
  readonly #maxCode: number;
  readonly #rampVarianceDn2: number;
  #slopeAtZero: number | undefined;

  /** For the whole array; columns count over the array. */
  constructor(
    profile: ImagingProfile,
    { effects, analogGain }: Pick<ImagingConditions, "effects" | "analogGain">,
  ) {
    const { inl, rampNoise } = effects;
    this.#transfer = nodeTransfer(profile.pixel, effects);
    this.#noise = followerNoise(profile.pixel, effects);
    this.#steps = columnSteps(profile, effects);
    this.#inlDn = inl.on ? inl.pointsDn : [];
    this.#inlSpacing = 2 ** profile.adc.bits / (this.#inlDn.length - 1);
    this.#fullWellE = fullWellE(profile);
    this.#dnPerE = analogGain / gainEPerDn(profile);
    this.#maxCode = maxCode(profile);
    this.#rampVarianceDn2 = rampNoise.on ? rampNoise.rmsDn * rampNoise.rmsDn : 0;
  }

  /** Mean level above the pixel's offset, DN: gain T(Q). */
  signalDn(chargeE: number): number {
    return this.#dnPerE * this.#fullWellE * transferOf(this.#transfer, chargeE / this.#fullWellE);
  }

  /** Slope of signalDn, DN per electron. */
  slopeDnPerE(chargeE: number): number {
    const stepE = 1e-4 * this.#fullWellE;
    return (this.signalDn(chargeE + stepE) - this.signalDn(chargeE - stepE)) / (2 * stepE);
  }

  /** slopeDnPerE(0). */
  get slopeAtZeroDnPerE(): number {
    this.#slopeAtZero ??= this.slopeDnPerE(0);
    return this.#slopeAtZero;
  }

  /**
   * Mean code of a mean level (offset included) under noise of at least half a DN: the ramp's continuous crossing + 1/2.
   * Where a share of the noise is cut off at the ends of the code range, the mean is not this.
   */
  meanCode(levelDn: number, column: number): number {
    const step = this.#steps[column]!;
    const last = this.#maxCode;
    let count = 0;
    for (let round = 0; round < CROSSING_ROUNDS; round++) {
      const inlDn = inlAt(this.#inlDn, this.#inlSpacing, Math.min(Math.max(count, 0), last));
      const next = (levelDn - IDEAL_START_DN - inlDn) / step;
      if (next === count) break;
      count = next;
    }
    return Math.min(Math.max(count + 0.5, 0), last);
  }

  /** Variance of one read's level, DN^2: follower and ramp, without telegraph noise, quantisation (1/12), and shot noise. */
  readVarianceDn2(): number {
    return followerVariance(this.#noise) * this.#dnPerE * this.#dnPerE + this.#rampVarianceDn2;
  }

  /** Covariance of the levels of two reads of a frame, `lagS` > 0 apart, DN^2, without telegraph noise. */
  readCovarianceDn2(lagS: number): number {
    return followerCovariance(this.#noise, lagS) * this.#dnPerE * this.#dnPerE;
  }

  /** Variance that telegraph noise adds in such a pixel, DN^2: A^2 p (1 - p). */
  rtsVarianceDn2({ amplitudeE, risePerS, fallPerS }: RtsPixel): number {
    const share = risePerS / (risePerS + fallPerS);
    const amplitudeDn = amplitudeE * this.#dnPerE;
    return amplitudeDn * amplitudeDn * share * (1 - share);
  }
}
