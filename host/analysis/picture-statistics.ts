import {
  PIXEL_BAD,
  PIXEL_MISSING,
  PIXEL_REPLACED,
  PIXEL_SATURATED,
} from "../../hw-profiles/interface/pixel-flags.ts";
import type { ImagingFrame } from "../camera/frame.ts";
import type { ImagingTruth } from "../transport/transport.ts";

const NOT_MEASURED = PIXEL_BAD | PIXEL_MISSING | PIXEL_REPLACED | PIXEL_SATURATED;

/** Two-sided 95 % of a normal distribution. */
const Z_95 = 1.959963984540054;

/**
 * Errors of a picture against the mean charge that the light left in each pixel, over pixels that were measured: not
 * saturated, no defect, nothing lost. Undefined figures: no such pixel, or too few frames.
 */
export interface PictureTruthSummary {
  /** Pixels that count, over all frames. */
  readonly n: number;
  readonly biasDn: number | undefined;
  readonly rmseDn: number | undefined;
  /** rms error, electrons. */
  readonly rmseE: number | undefined;
  /** rms of the true signal, DN. */
  readonly signalRmsDn: number | undefined;
  /** rms of the sigma that the device states, DN. */
  readonly sigmaRmsDn: number | undefined;
  /** rms error over the rms of the stated sigma: 1 when nothing but the noise in sigma is wrong. */
  readonly rmseOverSigma: number | undefined;
  /** Share of pixels whose error is within 1.96 sigma. */
  readonly coverage95: number | undefined;
  /** rms of the part of the error that changes from frame to frame, DN; two frames or more. */
  readonly temporalRmsDn: number | undefined;
  /** The same over the rms of the stated sigma of the same pixels. */
  readonly temporalOverSigma: number | undefined;
}

/** Compares pictures with the ground truth of a simulated board. */
export class PictureStatistics {
  #n = 0;
  #error = 0;
  #errorSquared = 0;
  #errorESquared = 0;
  #signalSquared = 0;
  #sigmaSquared = 0;
  #covered = 0;
  #pixels: PixelSums | undefined;

  /** @throws Error when frame and truth are not of the same frame or size. */
  add(frame: ImagingFrame, truth: ImagingTruth): void {
    requireSame(frame, truth);
    this.#pixels ??= new PixelSums(frame.flags.length);
    for (let i = 0; i < frame.flags.length; i++) {
      const sigma = frame.sigmaDn[i] ?? Number.NaN;
      const signal = (truth.meanChargeE[i]! - truth.darkE[i]!) / frame.gainEPerDn;
      const error = (frame.intensityDn[i] ?? Number.NaN) - signal;
      const isMeasured =
        (frame.flags[i]! & NOT_MEASURED) === 0 && Number.isFinite(sigma + error) && sigma > 0;
      if (isMeasured) this.#take(i, { error, sigma, signal, gainEPerDn: frame.gainEPerDn });
    }
  }

  summary(): PictureTruthSummary {
    const n = this.#n;
    if (n === 0) return NOTHING;
    return {
      n,
      biasDn: this.#error / n,
      rmseDn: Math.sqrt(this.#errorSquared / n),
      rmseE: Math.sqrt(this.#errorESquared / n),
      signalRmsDn: Math.sqrt(this.#signalSquared / n),
      sigmaRmsDn: Math.sqrt(this.#sigmaSquared / n),
      rmseOverSigma: Math.sqrt(this.#errorSquared / this.#sigmaSquared),
      coverage95: this.#covered / n,
      ...(this.#pixels?.temporal() ?? NOT_TEMPORAL),
    };
  }

  #take(pixel: number, { error, gainEPerDn, sigma, signal }: Measured): void {
    this.#n++;
    this.#error += error;
    this.#errorSquared += error * error;
    this.#errorESquared += (error * gainEPerDn) ** 2;
    this.#signalSquared += signal * signal;
    this.#sigmaSquared += sigma * sigma;
    if (Math.abs(error) <= Z_95 * sigma) this.#covered++;
    this.#pixels?.add(pixel, error, sigma);
  }
}

/** All in DN but the gain. */
interface Measured {
  readonly error: number;
  readonly sigma: number;
  readonly signal: number;
  readonly gainEPerDn: number;
}

/** Running mean and spread of every pixel's error over the frames (Welford). */
class PixelSums {
  readonly #frames: Uint32Array;
  readonly #mean: Float64Array;
  readonly #squares: Float64Array;
  readonly #sigmaSquared: Float64Array;

  constructor(pixels: number) {
    this.#frames = new Uint32Array(pixels);
    this.#mean = new Float64Array(pixels);
    this.#squares = new Float64Array(pixels);
    this.#sigmaSquared = new Float64Array(pixels);
  }

  add(pixel: number, error: number, sigma: number): void {
    const frames = ++this.#frames[pixel]!;
    const step = error - this.#mean[pixel]!;
    this.#mean[pixel]! += step / frames;
    this.#squares[pixel]! += step * (error - this.#mean[pixel]!);
    this.#sigmaSquared[pixel]! += sigma * sigma;
  }

  temporal(): Pick<PictureTruthSummary, "temporalRmsDn" | "temporalOverSigma"> {
    let pixels = 0;
    let variance = 0;
    let stated = 0;
    this.#frames.forEach((frames, pixel) => {
      if (frames < 2) return;
      pixels++;
      variance += this.#squares[pixel]! / (frames - 1);
      stated += this.#sigmaSquared[pixel]! / frames;
    });
    if (pixels === 0) return NOT_TEMPORAL;
    return {
      temporalRmsDn: Math.sqrt(variance / pixels),
      temporalOverSigma: Math.sqrt(variance / stated),
    };
  }
}

const NOT_TEMPORAL = { temporalRmsDn: undefined, temporalOverSigma: undefined };

const NOTHING: PictureTruthSummary = {
  n: 0,
  biasDn: undefined,
  rmseDn: undefined,
  rmseE: undefined,
  signalRmsDn: undefined,
  sigmaRmsDn: undefined,
  rmseOverSigma: undefined,
  coverage95: undefined,
  ...NOT_TEMPORAL,
};

function requireSame(frame: ImagingFrame, truth: ImagingTruth): void {
  const found = `frame ${truth.frameNumber}, ${truth.width} x ${truth.height}`;
  const expected = `frame ${frame.frameNumber}, ${frame.width} x ${frame.height}`;
  if (found !== expected)
    throw new Error(`truth does not belong to the frame: found ${found}, expected ${expected}`);
}
