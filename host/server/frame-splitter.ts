import {
  DATA_FRAME,
  DATA_HEADER_BYTES,
  DATA_PAYLOAD_KIND,
  DATA_PAYLOAD_MAX,
  DATA_REPORT_ID,
  KIND_LEADER,
  KIND_TRAILER,
  LEADER_BYTES,
  LEADER_LINES_BYTES,
  LEADER_RAW_BYTES,
  LEADER_RAW_FORMAT,
  PIXEL_FORMAT_LOSSLESS,
  REPORT_ID_DATA,
} from "../../hw-profiles/interface/reports.ts";

/** Reports kept for one frame at most; a stream without any frame boundary is cut here. */
const MAX_REPORTS_PER_FRAME = 1 << 18;

/**
 * Cuts a stream of reports at frame boundaries, by looking, not by checking: a damaged report is passed on as it
 * is, since the page's camera must see and count it.
 */
export class FrameSplitter {
  private reports: Uint8Array[] = [];
  private frameNumber: number | undefined;
  private leastReports = 0;
  private fixed = true;

  /** Reports that this frame needs at least, from its leader; 0 before that. */
  get expectedReports(): number {
    return this.leastReports;
  }

  /** Frames of this kind are all as long; false where samples are compressed without loss. */
  get hasFixedLength(): boolean {
    return this.fixed;
  }

  get length(): number {
    return this.reports.length;
  }

  /** The finished frame's reports when `report` ends it (trailer, or the first report of the next frame). */
  push(report: Uint8Array): readonly Uint8Array[] | undefined {
    const isData = report.length >= DATA_HEADER_BYTES && report[DATA_REPORT_ID] === REPORT_ID_DATA;
    if (!isData) return this.append(report);
    const view = new DataView(report.buffer, report.byteOffset, report.byteLength);
    const kind = view.getUint8(DATA_PAYLOAD_KIND);
    const lostBoundary = kind === KIND_LEADER && this.hasOtherFrame(view.getUint32(DATA_FRAME, true));
    const before = lostBoundary ? this.take() : undefined;
    if (kind === KIND_LEADER) this.startFrame(view);
    const overflow = this.append(report);
    if (kind === KIND_TRAILER) return this.take();
    return before ?? overflow;
  }

  /** What has been collected, as a frame of its own; used when a frame is given up. */
  take(): readonly Uint8Array[] {
    const frame = this.reports;
    this.reports = [];
    this.frameNumber = undefined;
    this.leastReports = 0;
    return frame;
  }

  private append(report: Uint8Array): readonly Uint8Array[] | undefined {
    this.reports.push(report);
    return this.reports.length >= MAX_REPORTS_PER_FRAME ? this.take() : undefined;
  }

  private hasOtherFrame(frameNumber: number): boolean {
    return this.frameNumber !== undefined && this.frameNumber !== frameNumber;
  }

  private startFrame(view: DataView): void {
    this.frameNumber = view.getUint32(DATA_FRAME, true);
    if (view.byteLength < DATA_HEADER_BYTES + LEADER_BYTES) return;
    const linesBytes = view.getUint32(DATA_HEADER_BYTES + LEADER_LINES_BYTES, true);
    // Of a lossless stream the leader tells the largest length only.
    this.fixed = view.getUint16(DATA_HEADER_BYTES + LEADER_RAW_FORMAT, true) !== PIXEL_FORMAT_LOSSLESS;
    const rawBytes = this.fixed ? view.getUint32(DATA_HEADER_BYTES + LEADER_RAW_BYTES, true) : 0;
    const least = Math.ceil(linesBytes / DATA_PAYLOAD_MAX) + Math.ceil(rawBytes / DATA_PAYLOAD_MAX) + 2;
    this.leastReports = Math.min(least, MAX_REPORTS_PER_FRAME);
  }
}

/** Number of the frame that these reports make, as its first data report says it. */
export function frameNumberOf(reports: readonly Uint8Array[]): number | undefined {
  const report = reports.find((r) => r.length >= DATA_HEADER_BYTES && r[DATA_REPORT_ID] === REPORT_ID_DATA);
  return report && new DataView(report.buffer, report.byteOffset).getUint32(DATA_FRAME, true);
}
