import { RANGE_M_PER_NS } from "../../hw-profiles/derive/constants.ts";
import { PIXEL_INVALID, PIXEL_SATURATED } from "../../hw-profiles/interface/pixel-flags.ts";
import type { DepthFrame } from "../camera/frame.ts";
import type { FrameTruth } from "../transport/transport.ts";
import type { CalibratedProfile, GateTimes } from "./gate-correction.ts";
import { GateModel } from "./gate-model.ts";
import { median } from "./median.ts";
import { sampleNoiseVarianceE2 } from "./noise-model.ts";
import { RangeBound } from "./range-bound.ts";

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
  readonly #profile: CalibratedProfile;
  #model: GateModel;
  readonly #errors = new ErrorSums();
  #mixedPixels = 0;

  /** `times`: the gates as the board's registers report them. */
  constructor(profile: CalibratedProfile, times: GateTimes) {
    this.#profile = profile;
    this.#model = new GateModel(profile, times);
  }

  /** Gates of the frames to come, of a device whose gates change. */
  useGates(times: GateTimes): void {
    this.#model = new GateModel(this.#profile, times);
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
      const boundM = bound.sigmaM({
        t0Ns: trueM / RANGE_M_PER_NS + timeOffsetNs,
        signalE: truth.signalE[i]!,
        backgroundE: truth.ambientE[i]! + truth.darkE[i]!,
      });
      this.#errors.add(frame.rangeM[i]! - trueM, sigmaM, boundM);
    }
  }

  summary(): TruthSummary {
    return this.#errors.summary();
  }
}

/** Medians are taken over this many pixels at most, the first ones: a run without end must not eat the memory. */
const MEDIAN_PIXELS = 4_000_000;

/** Sums over pixels; all lengths in m. */
class ErrorSums {
  #n = 0;
  #error = 0;
  #errorSquared = 0;
  #boundSquared = 0;
  #z = 0;
  #zSquared = 0;
  #covered = 0;
  readonly #absErrors: number[] = [];
  readonly #bounds: number[] = [];

  add(error: number, sigma: number, bound: number): void {
    const z = error / sigma;
    this.#n++;
    this.#error += error;
    this.#errorSquared += error * error;
    this.#boundSquared += bound * bound;
    this.#z += z;
    this.#zSquared += z * z;
    if (Math.abs(z) <= Z_95) this.#covered++;
    if (this.#bounds.length === MEDIAN_PIXELS) return;
    this.#absErrors.push(Math.abs(error));
    this.#bounds.push(bound);
  }

  summary(): TruthSummary {
    const n = this.#n;
    if (n === 0) return NOTHING;
    return {
      n,
      biasMm: (1000 * this.#error) / n,
      rmseMm: 1000 * Math.sqrt(this.#errorSquared / n),
      rmseOverCrlb: Math.sqrt(this.#errorSquared / this.#boundSquared),
      zStd: Math.sqrt(this.#zSquared / n - (this.#z / n) ** 2),
      coverage95: this.#covered / n,
      medianAbsErrorMm: 1000 * median(this.#absErrors),
      medianCrlbMm: 1000 * median(this.#bounds),
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
