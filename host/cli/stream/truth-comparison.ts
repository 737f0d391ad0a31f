import { readCalibratedProfile } from "../../analysis/calibrated-profile.ts";
import type { GateTimes } from "../../analysis/gate-correction.ts";
import { MixedStatistics, type MixedSummary } from "../../analysis/mixed-statistics.ts";
import { PictureStatistics, type PictureTruthSummary } from "../../analysis/picture-statistics.ts";
import { ReturnStatistics, type ReturnSummary } from "../../analysis/return-statistics.ts";
import { TruthStatistics, type TruthSummary } from "../../analysis/truth-statistics.ts";
import type { CameraInfo } from "../../camera/camera-info.ts";
import type { CameraFrame, DepthFrame } from "../../camera/frame.ts";
import type {
  FrameTruth,
  ImagingTruth,
  ImagingTruthSource,
  OpenedCamera,
  TruthSource,
} from "../../open-camera.ts";
import { usageError } from "../command-error.ts";

/** What a run says about its errors. */
export type ComparisonSummary =
  | {
      readonly truth: TruthSummary;
      readonly mixedPixels: number;
      readonly mixedLabels?: MixedSummary;
      readonly furtherReturns?: ReturnSummary;
    }
  | { readonly truth: PictureTruthSummary };

/** Compares the frames of a run with the truth of its simulated board. */
export interface TruthComparison {
  /**
   * Takes a frame and returns its truth; undefined when that is no longer kept.
   * @param gates of this frame, where they change.
   */
  add(frame: CameraFrame, gates?: GateTimes): Promise<FrameTruth | ImagingTruth | undefined>;
  summary(): ComparisonSummary;
}

/** @throws CommandError when the device has no truth. */
export async function openComparison(
  { camera, imagingTruth, truth }: OpenedCamera,
  info: CameraInfo,
): Promise<TruthComparison> {
  const profile = await camera.profile();
  if (info.mode === "lidar" && profile.mode === "lidar" && truth !== undefined) {
    const calibrated = await readCalibratedProfile(profile, camera.registers);
    return new RangeComparison(new TruthStatistics(calibrated, info), truth);
  }
  if (info.mode === "imaging" && imagingTruth !== undefined) return new PictureComparison(imagingTruth);
  throw usageError(`${info.device} has no ground truth: --truth needs a simulated device`);
}

class RangeComparison implements TruthComparison {
  readonly #statistics: TruthStatistics;
  readonly #source: TruthSource;
  #mixed: MixedStatistics | undefined;
  #returns: ReturnStatistics | undefined;

  constructor(statistics: TruthStatistics, source: TruthSource) {
    this.#statistics = statistics;
    this.#source = source;
  }

  async add(frame: CameraFrame, gates?: GateTimes): Promise<FrameTruth | undefined> {
    if (gates !== undefined) this.#statistics.useGates(gates);
    const truth = await this.#source.truth(frame.frameNumber);
    if (truth && frame.kind === "depth") this.#addFrame(frame, truth);
    return truth;
  }

  summary(): ComparisonSummary {
    const { mixedPixels } = this.#statistics;
    const labels = this.#mixed && { mixedLabels: this.#mixed.summary() };
    const returns = this.#returns && { furtherReturns: this.#returns.summary() };
    return { truth: this.#statistics.summary(), mixedPixels, ...labels, ...returns };
  }

  #addFrame(frame: DepthFrame, truth: FrameTruth): void {
    this.#statistics.add(frame, truth);
    if (frame.furtherReturns.length > 0) {
      this.#returns ??= new ReturnStatistics();
      this.#returns.add(frame, truth);
    }
    if (frame.mixed === undefined) return;
    this.#mixed ??= new MixedStatistics();
    this.#mixed.add(frame, frame.mixed, truth);
  }
}

class PictureComparison implements TruthComparison {
  readonly #statistics = new PictureStatistics();
  readonly #source: ImagingTruthSource;

  constructor(source: ImagingTruthSource) {
    this.#source = source;
  }

  async add(frame: CameraFrame): Promise<ImagingTruth | undefined> {
    const truth = await this.#source.imagingTruth(frame.frameNumber);
    if (truth && frame.kind === "image") this.#statistics.add(frame, truth);
    return truth;
  }

  summary(): ComparisonSummary {
    return { truth: this.#statistics.summary() };
  }
}
