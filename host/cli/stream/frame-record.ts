import { pixelFlagsOf } from "../../../hw-profiles/interface/flag-table.ts";
import { PIXEL_INVALID } from "../../../hw-profiles/interface/pixel-flags.ts";
import { median } from "../../analysis/median.ts";
import type { CameraFrame, DepthFrame, ImagingFrame } from "../../camera/frame.ts";

interface RecordBase {
  readonly frame: number;
  /** ROIC clock at the start of the frame. */
  readonly cycle: number;
  readonly timeNs: number;
  readonly width: number;
  readonly height: number;
  readonly validPixels: number;
  /** Pixels that carry each flag, missing ones included. */
  readonly flagCounts: Readonly<Record<string, number>>;
  readonly lostReports: number;
  readonly corruptedReports: number;
  readonly duplicatedReports: number;
  readonly reorderedReports: number;
  readonly droppedFrames: number;
  readonly complete: boolean;
}

export interface DepthRecord extends RecordBase {
  readonly kind: "depth";
  /** Over the valid pixels; null when there is none. */
  readonly medianRangeM: number | null;
}

export interface ImageRecord extends RecordBase {
  readonly kind: "image";
  readonly exposureNs: number;
  readonly reads: number;
  /** Of the intensity over the valid pixels, DN; null when there is none, or no intensity component. */
  readonly medianDn: number | null;
  readonly meanDn: number | null;
}

/** One line of `cqd stream --json`. */
export type FrameRecord = DepthRecord | ImageRecord;

export function frameRecord(frame: CameraFrame): FrameRecord {
  return frame.kind === "depth" ? depthRecord(frame) : imageRecord(frame);
}

function depthRecord(frame: DepthFrame): DepthRecord {
  const valid = validOf(frame, frame.rangeM);
  return {
    kind: "depth",
    ...recordBase(frame),
    medianRangeM: valid.length > 0 ? median(valid) : null,
  };
}

function imageRecord(frame: ImagingFrame): ImageRecord {
  const valid = validOf(frame, frame.intensityDn);
  let sum = 0;
  for (let i = 0; i < valid.length; i++) sum += valid[i]!;
  return {
    kind: "image",
    ...recordBase(frame),
    exposureNs: frame.exposureNs,
    reads: frame.reads,
    medianDn: valid.length > 0 ? median(valid) : null,
    meanDn: valid.length > 0 ? sum / valid.length : null,
  };
}

function validOf({ flags }: CameraFrame, image: Float32Array): Float32Array {
  const valid = new Float32Array(image.length);
  let count = 0;
  for (let i = 0; i < image.length; i++) if ((flags[i]! & PIXEL_INVALID) === 0) valid[count++] = image[i]!;
  return valid.subarray(0, count);
}

function recordBase(frame: CameraFrame): RecordBase {
  const { integrity } = frame;
  const pixelsByFlags = countValues(frame.flags);
  return {
    frame: frame.frameNumber,
    cycle: Number(frame.startCycle),
    timeNs: frame.timeNs,
    width: frame.width,
    height: frame.height,
    validPixels: frame.flags.length - carrying(pixelsByFlags, PIXEL_INVALID),
    flagCounts: Object.fromEntries(
      pixelFlagsOf(frame.kind).map(({ key, mask }) => [key, carrying(pixelsByFlags, mask)]),
    ),
    lostReports: integrity.lostReports,
    corruptedReports: integrity.corruptedReports,
    duplicatedReports: integrity.duplicatedReports,
    reorderedReports: integrity.reorderedReports,
    droppedFrames: integrity.droppedFrames,
    complete: integrity.complete,
  };
}

/** How many of `values` are 0, 1, … 255. */
function countValues(values: Uint8Array): Uint32Array {
  const counts = new Uint32Array(256);
  for (let i = 0; i < values.length; i++) counts[values[i]!]!++;
  return counts;
}

/** Pixels whose flags have a bit of `mask`. */
function carrying(pixelsByFlags: Uint32Array, mask: number): number {
  return pixelsByFlags.reduce((sum, pixels, flags) => (flags & mask ? sum + pixels : sum), 0);
}
