import { KIND_EVENT, KIND_LEADER, KIND_PROBE, KIND_TRAILER } from "../../hw-profiles/interface/reports.ts";
import type { CameraFrame } from "../camera/frame.ts";
import { type DataReport, parseDataReport } from "./data-report.ts";
import { type DeviceEvent, parseEvent } from "./event.ts";
import { type FrameSpan, finishFrame } from "./finish-frame.ts";
import { FrameBuilder } from "./frame-builder.ts";
import type { FramePlanes } from "./frame-planes.ts";
import { type Leader, parseLeader } from "./leader.ts";
import { PacketError } from "./packet-error.ts";
import { parseProbe } from "./probe.ts";
import { SequenceTracker } from "./sequence-tracker.ts";
import { parseTrailer } from "./trailer.ts";

/** Reports of the next frame that may arrive before a frame with holes is given up. */
const REORDER_WINDOW = 16;

/** What happened to the reports of a session. */
export interface ReportStatistics {
  /** Reports with a correct CRC. */
  readonly reports: number;
  readonly lostReports: number;
  /** Wrong id, length, CRC, or a content that contradicts the frame. */
  readonly corruptedReports: number;
  readonly duplicatedReports: number;
  /** Arrived after reports with a higher number, and still found their place. */
  readonly reorderedReports: number;
  /** Arrived after their frame had been handed out. */
  readonly lateReports: number;
  readonly events: number;
  /** Frames of which too little arrived to decode them. */
  readonly undecodableFrames: number;
}

/**
 * Puts reports together to frames. Holes are never filled: their pixels carry PIXEL_MISSING.
 * At most two frames are open at a time; each takes no more memory than the ABI's limits allow.
 * A frame whose leader was lost is read with the layout of the frame before: it cannot change within a session.
 */
export class FrameAssembler {
  /** Lends memory to depth frames; without it they get arrays of their own. */
  planes: FramePlanes | undefined;
  #tracker = new SequenceTracker();
  /** In the order of arrival, at most two. */
  #open: FrameBuilder[] = [];
  /** Reports that arrived before any leader: kept until the layout is known. */
  #early: DataReport[] = [];
  #lastLeader: Leader | undefined;
  /** Line buffer of the frame before: a fresh one costs the machine its pages. */
  #spareLines: Uint8Array | undefined;
  #lastDuration = 0n;
  #lastFinished: number | undefined;
  /** Corrupted reports that no gap in the sequence numbers has accounted for yet. */
  #unplacedCorrupted = 0;
  #explained = 0;
  #counts = newCounts();
  /** Number of the frame that was opened last, in any session. */
  #newestFrame: number | undefined;
  readonly #onEvent: (event: DeviceEvent) => void;

  /** `onEvent` hears what the device says outside of frames. */
  constructor(onEvent: (event: DeviceEvent) => void = () => undefined) {
    this.#onEvent = onEvent;
  }

  /** Forget the session: called when the acquisition starts anew. Statistics are kept. */
  reset(): void {
    this.planes?.giveBackAll();
    this.restart();
  }

  /** As reset(), while frames that were handed out go on being used. */
  restart(): void {
    this.#counts.lostReports = this.statistics().lostReports;
    this.#tracker = new SequenceTracker();
    this.#open = [];
    this.#early = [];
    this.#lastLeader = undefined;
    this.#spareLines = undefined;
    // Reports that are left of the session before are late, not a frame of this one.
    this.#lastFinished = this.#newestFrame;
    this.#unplacedCorrupted = 0;
    this.#explained = 0;
  }

  statistics(): ReportStatistics {
    const lost = Math.max(0, this.#tracker.missing - this.#explained);
    return { ...this.#counts, lostReports: this.#counts.lostReports + lost };
  }

  /** Reports that the device has sent in this session as far as the sequence numbers tell, lost ones included. */
  get reportsSeen(): number {
    return this.#tracker.seen;
  }

  /** Take one input report; its bytes are copied. Returns the frames that it finishes, mostly none. */
  push(bytes: Uint8Array): CameraFrame[] {
    let report: DataReport;
    try {
      report = parseDataReport(bytes);
    } catch (error) {
      if (!(error instanceof PacketError)) throw error;
      this.#corrupted();
      return [];
    }
    return this.#accept(report);
  }

  /**
   * Hand out what is open, however incomplete: no more reports will come.
   * `sent`: reports of this session as the device counts them, if it was asked; those that never came are lost.
   */
  flush(sent = 0): CameraFrame[] {
    const last = this.#open.at(-1);
    const gone = this.#tracker.settle(sent);
    this.#explained += Math.min(gone, this.#unplacedCorrupted);
    if (last) {
      last.skipped += gone;
      last.corrupted += this.#unplacedCorrupted;
      this.#unplacedCorrupted = 0;
    }
    const frames = this.#open.flatMap((builder) => this.#finish(builder));
    this.#open = [];
    return frames;
  }

  #corrupted(): void {
    this.#counts.corruptedReports++;
    this.#unplacedCorrupted++;
  }

  #accept(report: DataReport): CameraFrame[] {
    this.#counts.reports++;
    const { order, gap } = this.#tracker.accept(report.sequence);
    const current = this.#open.at(-1);
    if (order === "duplicate") {
      this.#counts.duplicatedReports++;
      const owner = this.#find(report.frameNumber) ?? current;
      if (owner) owner.duplicated++;
      return [];
    }
    if (report.kind === KIND_EVENT) {
      this.#takeEvent(report.payload);
      return [];
    }
    const builder = this.#builderFor(report, order === "in-order");
    if (!builder) {
      this.#counts.lateReports++;
      return [];
    }
    this.#account(builder, current, report, gap);
    if (order === "late") {
      this.#counts.reorderedReports++;
      builder.reordered++;
      builder.skipped = Math.max(0, builder.skipped - 1);
    }
    this.#place(builder, report);
    return this.#finishReady();
  }

  #takeEvent(payload: Uint8Array): void {
    try {
      const event = parseEvent(payload);
      this.#counts.events++;
      this.#onEvent(event);
    } catch (error) {
      if (!(error instanceof PacketError)) throw error;
      this.#counts.corruptedReports++;
    }
  }

  #find(frameNumber: number): FrameBuilder | undefined {
    return this.#open.find((builder) => builder.frameNumber === frameNumber);
  }

  /** The open frame of a report, or a new one. Undefined when its frame has been handed out. */
  #builderFor(report: DataReport, inOrder: boolean): FrameBuilder | undefined {
    const found = this.#find(report.frameNumber);
    if (found) return found;
    const last = this.#lastFinished;
    const isOld = last !== undefined && ((report.frameNumber - last) | 0) <= 0;
    if (isOld && !(inOrder && report.kind === KIND_LEADER)) return undefined;
    const builder = new FrameBuilder(report.frameNumber, this.#lastLeader, this.#takeSpare());
    this.#open.push(builder);
    this.#newestFrame = report.frameNumber;
    return builder;
  }

  #takeSpare(): Uint8Array | undefined {
    const spare = this.#spareLines;
    this.#spareLines = undefined;
    return spare;
  }

  /** Say which frame lost the reports of a gap: matters only for a frame without trailer, which cannot tell itself. */
  #account(builder: FrameBuilder, before: FrameBuilder | undefined, report: DataReport, gap: number): void {
    const corrupted = Math.min(gap, this.#unplacedCorrupted);
    const excess = this.#unplacedCorrupted - corrupted;
    this.#explained += corrupted;
    this.#unplacedCorrupted = 0;
    const sameFrame = before === undefined || before === builder;
    const own = sameFrame || before.trailer ? gap : report.kind === KIND_LEADER ? 0 : Math.min(gap, 1);
    builder.skipped += own;
    if (!sameFrame) before.skipped += gap - own;
    const ownCorrupted = Math.min(corrupted, own);
    builder.corrupted += ownCorrupted;
    (sameFrame ? builder : before).corrupted += corrupted - ownCorrupted + excess;
  }

  #place(builder: FrameBuilder, report: DataReport): void {
    try {
      this.#interpret(builder, report);
      builder.reports++;
    } catch (error) {
      if (!(error instanceof PacketError)) throw error;
      this.#counts.corruptedReports++;
      builder.corrupted++;
    }
  }

  #interpret(builder: FrameBuilder, report: DataReport): void {
    if (report.kind === KIND_LEADER) this.#takeLeader(builder, report.payload);
    else if (report.kind === KIND_TRAILER) builder.setTrailer(parseTrailer(report.payload));
    else if (report.kind === KIND_PROBE) builder.probe = parseProbe(report.payload);
    else if (builder.layout) builder.addBytes(report);
    else this.#keepEarly(report);
  }

  #takeLeader(builder: FrameBuilder, payload: Uint8Array): void {
    const leader = parseLeader(payload);
    builder.setLeader(leader);
    this.#lastLeader = leader;
    this.#placeEarly(builder);
  }

  #keepEarly(report: DataReport): void {
    this.#early.push({ ...report, payload: report.payload.slice() });
    if (this.#early.length > REORDER_WINDOW) this.#early.shift();
  }

  #placeEarly(builder: FrameBuilder): void {
    const early = this.#early.filter((report) => report.frameNumber === builder.frameNumber);
    this.#early = [];
    for (const report of early) builder.addBytes(report);
  }

  /** Finish the older frame when it is complete, or when the newer one has come far enough or is itself complete. */
  #finishReady(): CameraFrame[] {
    const frames: CameraFrame[] = [];
    for (let oldest = this.#open[0]; oldest; oldest = this.#open[0]) {
      const newer = this.#open[1];
      const overdue = newer && (newer.reports > REORDER_WINDOW || newer.complete || this.#open.length > 2);
      if (!oldest.complete && !overdue) break;
      this.#open.shift();
      frames.push(...this.#finish(oldest));
    }
    return frames;
  }

  #finish(builder: FrameBuilder): CameraFrame[] {
    this.#lastFinished = builder.frameNumber;
    const { layout } = builder;
    if (!layout) {
      this.#counts.undecodableFrames++;
      return [];
    }
    const span = this.#spanOf(builder, layout);
    if (builder.complete) this.#lastDuration = span.endCycle - span.startCycle;
    const before = builder.corrupted;
    const frame = finishFrame(builder, layout, span, this.planes);
    this.#counts.corruptedReports += builder.corrupted - before;
    this.#spareLines = builder.lines.bytes;
    return [frame];
  }

  /** A lost leader or trailer takes a time stamp with it; the other one and the frame's usual length give it back. */
  #spanOf(builder: FrameBuilder, layout: Leader): FrameSpan {
    const end = builder.trailer?.endCycle;
    if (!builder.leaderIsMissing)
      return { startCycle: layout.startCycle, endCycle: end ?? layout.startCycle + this.#lastDuration };
    const frames = BigInt((builder.frameNumber - layout.frameNumber) >>> 0);
    const endCycle = end ?? layout.startCycle + (frames + 1n) * this.#lastDuration;
    return { startCycle: endCycle - this.#lastDuration, endCycle };
  }
}

function newCounts() {
  return {
    reports: 0,
    lostReports: 0,
    corruptedReports: 0,
    duplicatedReports: 0,
    reorderedReports: 0,
    lateReports: 0,
    events: 0,
    undecodableFrames: 0,
  };
}
