import { PIXEL_FLAG_TABLE } from "../../../hw-profiles/interface/flag-table.ts";
import { PIXEL_INVALID } from "../../../hw-profiles/interface/pixel-flags.ts";
import { median } from "../../analysis/median.ts";
import type { DepthFrame } from "../../camera/frame.ts";

/** One line of `cqd stream --json`. */
export interface FrameRecord {
  readonly frame: number;
  /** ROIC clock at the start of the frame. */
  readonly cycle: number;
  readonly timeNs: number;
  readonly width: number;
  readonly height: number;
  readonly validPixels: number;
  /** Pixels that carry each flag, missing ones included. */
  readonly flagCounts: Readonly<Record<string, number>>;
  /** Over the valid pixels; null when there is none. */
  readonly medianRangeM: number | null;
  readonly lostReports: number;
  readonly corruptedReports: number;
  readonly duplicatedReports: number;
  readonly reorderedReports: number;
  readonly droppedFrames: number;
  readonly complete: boolean;
}

export function frameRecord(frame: DepthFrame): FrameRecord {
  const valid = frame.rangeM.filter((_, i) => (frame.flags[i]! & PIXEL_INVALID) === 0);
  return {
    frame: frame.frameNumber,
    cycle: Number(frame.startCycle),
    timeNs: frame.timeNs,
    width: frame.width,
    height: frame.height,
    validPixels: valid.length,
    flagCounts: countByFlag(frame.flags),
    medianRangeM: valid.length > 0 ? median(valid) : null,
    lostReports: frame.integrity.lostReports,
    corruptedReports: frame.integrity.corruptedReports,
    duplicatedReports: frame.integrity.duplicatedReports,
    reorderedReports: frame.integrity.reorderedReports,
    droppedFrames: frame.integrity.droppedFrames,
    complete: frame.integrity.complete,
  };
}

function countByFlag(flags: Uint8Array): Record<string, number> {
  const counts = new Uint32Array(256);
  for (const value of flags) counts[value]!++;
  const carrying = (mask: number) =>
    counts.reduce((sum, pixels, value) => (value & mask ? sum + pixels : sum), 0);
  return Object.fromEntries(PIXEL_FLAG_TABLE.map(({ key, mask }) => [key, carrying(mask)]));
}
