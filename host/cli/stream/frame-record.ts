import { PIXEL_FLAG_TABLE } from "../../../hw-profiles/interface/flag-table.ts";
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
  const sum = valid.reduce((total, value) => total + value, 0);
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
  return image.filter((_, i) => (flags[i]! & PIXEL_INVALID) === 0);
}

function recordBase(frame: CameraFrame): RecordBase {
  const { integrity } = frame;
  return {
    frame: frame.frameNumber,
    cycle: Number(frame.startCycle),
    timeNs: frame.timeNs,
    width: frame.width,
    height: frame.height,
    validPixels: frame.flags.reduce((count, flags) => count + ((flags & PIXEL_INVALID) === 0 ? 1 : 0), 0),
    flagCounts: countByFlag(frame.flags),
    lostReports: integrity.lostReports,
    corruptedReports: integrity.corruptedReports,
    duplicatedReports: integrity.duplicatedReports,
    reorderedReports: integrity.reorderedReports,
    droppedFrames: integrity.droppedFrames,
    complete: integrity.complete,
  };
}

function countByFlag(flags: Uint8Array): Record<string, number> {
  const counts = new Uint32Array(256);
  for (const value of flags) counts[value]!++;
  const carrying = (mask: number) =>
    counts.reduce((sum, pixels, value) => (value & mask ? sum + pixels : sum), 0);
  return Object.fromEntries(PIXEL_FLAG_TABLE.map(({ key, mask }) => [key, carrying(mask)]));
}
