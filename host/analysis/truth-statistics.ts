import { PIXEL_INVALID, PIXEL_SATURATED } from "../../hw-profiles/interface/pixel-flags.ts";
import type { SensorProfile } from "../../hw-profiles/sensor-profile.ts";
import type { DepthFrame } from "../camera/frame.ts";
import type { FrameTruth } from "../transport/transport.ts";
import { GateModel, type GateTimes } from "./gate-model.ts";
import { median } from "./median.ts";
import { sampleNoiseVarianceE2 } from "./noise-model.ts";
import { RangeBound } from "./range-bound.ts";

const LIGHT_M_PER_NS = 0.299792458;

/** A pixel whose returns differ by less than this share of the signal sees one surface. */
const UNMIXED_SHARE = 1e-6;

/** Two-sided 95 % of a normal distribution. */
const Z_95 = 1.959963984540054;

/** Errors against the truth over unmixed, valid, unsaturated pixels. Undefined figures: no such pixel. */
export interface TruthSummary {
  readonly n: number;
  readonly biasMm: number | undefined;
  readonly rmseMm: number | undefined;
  /** rms error over the rms of each pixel's Cramer-Rao bound. */
  readonly rmseOverCrlb: number | undefined;
  /** Standard deviation of error / sigma. */
  readonly zStd: number | undefined;
  /** Share of pixels whose error is within 1.96 sigma. */
  readonly coverage95: number | undefined;
  readonly medianAbsErrorMm: number | undefined;
  readonly medianCrlbMm: number | undefined;
}

/** Compares frames with the ground truth of a simulated board. */
export class TruthStatistics {
  readonly #profile: SensorProfile;
  readonly #model: GateModel;
  /** Per pixel: error, sigma and bound, m. */
  readonly #errorsM: number[] = [];
  readonly #sigmasM: number[] = [];
  readonly #boundsM: number[] = [];
  #mixedPixels = 0;

  /** `times`: the gates as the board's registers report them. */
  constructor(profile: SensorProfile, times: GateTimes) {
    this.#profile = profile;
    this.#model = new GateModel(profile, times);
  }

  /** Pixels that see more than one surface, over all frames. */
  get mixedPixels(): number {
    return this.#mixedPixels;
  }

  /** @throws Error when frame and truth are not of the same frame or size. */
  add(frame: DepthFrame, truth: FrameTruth): void {
    requireSame(frame, truth);
    const noise = sampleNoiseVarianceE2(this.#profile, frame.temperatureC);
    const bound = new RangeBound(this.#model, noise);
    const { timeOffsetNs } = this.#profile.readout;
    for (let i = 0; i < frame.flags.length; i++) {
      const trueM = truth.rangeM[i]!;
      if (!(trueM > 0)) continue;
      if (truth.secondFraction[i]! >= UNMIXED_SHARE) {
        this.#mixedPixels++;
        continue;
      }
      const sigmaM = frame.sigmaM[i]!;
      const isUsable = (frame.flags[i]! & (PIXEL_INVALID | PIXEL_SATURATED)) === 0 && Number.isFinite(sigmaM);
      if (!isUsable) continue;
      this.#errorsM.push(frame.rangeM[i]! - trueM);
      this.#sigmasM.push(sigmaM);
      this.#boundsM.push(
        bound.sigmaM({
          t0Ns: (2 * trueM) / LIGHT_M_PER_NS + timeOffsetNs,
          signalE: truth.signalE[i]!,
          backgroundE: truth.ambientE[i]! + truth.darkE[i]!,
        }),
      );
    }
  }

  summary(): TruthSummary {
    const n = this.#errorsM.length;
    if (n === 0) return NOTHING;
    const z = this.#errorsM.map((error, i) => error / this.#sigmasM[i]!);
    const zMean = mean(z);
    const rmse = rms(this.#errorsM);
    return {
      n,
      biasMm: 1000 * mean(this.#errorsM),
      rmseMm: 1000 * rmse,
      rmseOverCrlb: rmse / rms(this.#boundsM),
      zStd: rms(z.map((value) => value - zMean)),
      coverage95: z.filter((value) => Math.abs(value) <= Z_95).length / n,
      medianAbsErrorMm: 1000 * median(this.#errorsM.map(Math.abs)),
      medianCrlbMm: 1000 * median(this.#boundsM),
    };
  }
}

const NOTHING: TruthSummary = {
  n: 0,
  biasMm: undefined,
  rmseMm: undefined,
  rmseOverCrlb: undefined,
  zStd: undefined,
  coverage95: undefined,
  medianAbsErrorMm: undefined,
  medianCrlbMm: undefined,
};

function requireSame(frame: DepthFrame, truth: FrameTruth): void {
  const found = `frame ${truth.frameNumber}, ${truth.width} x ${truth.height}`;
  const expected = `frame ${frame.frameNumber}, ${frame.width} x ${frame.height}`;
  if (found !== expected)
    throw new Error(`truth does not belong to the frame: found ${found}, expected ${expected}`);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function rms(values: readonly number[]): number {
  return Math.sqrt(mean(values.map((value) => value * value)));
}
