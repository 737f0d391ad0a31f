import {
  DATA_HEADER_BYTES,
  DATA_REPORT_ID,
  DATA_SEQUENCE,
  REPORT_ID_DATA,
} from "../../hw-profiles/interface/reports.ts";
import { sendCredit } from "../camera/send-credit.ts";
import { HID_REPORTS_IN_FLIGHT, type Transport } from "../transport/transport.ts";
import { FrameSplitter } from "./frame-splitter.ts";

/** Credit granted when a device that owes reports has been silent: some were lost on the way. */
const REVIVAL_CREDIT = 64;
const SILENCE_MS = 3000;
/** The samples of a probe pixel, which the leader does not announce, may be there or not from one frame to the next. */
const PROBE_REPORTS = 1;

/**
 * Takes one frame at a time from the device by granting exactly the credit that the frame needs, no more at a time than may be
 * on the way, so that a device that nobody watches rests at a frame boundary.
 */
export class FrameIntake {
  private readonly transport: Transport;
  private readonly splitter = new FrameSplitter();
  private readonly finished: (readonly Uint8Array[])[] = [];
  /** Granted, and not come yet. */
  private outstanding = 0;
  /** When so many are outstanding, more must be granted for this frame. */
  private refillAt = 0;
  private nextSequence: number | undefined;
  /** The device is away: what it owed will not come. */
  private isHeld = false;
  /** Of the frame that was last finished: what its leader announced, and how many reports more it took. */
  private announced = 0;
  private extraReports = 0;
  private wake: (() => void) | undefined;
  private closedBy: Error | undefined;

  constructor(transport: Transport) {
    this.transport = transport;
    transport.onReport((report) => this.take(report));
    transport.onClosed((reason) => this.fail(reason ?? new Error("the device was closed")));
  }

  /** The next whole frame. Rejects when the device is gone. */
  async nextFrame(): Promise<readonly Uint8Array[]> {
    for (;;) {
      const frame = this.finished.shift();
      if (frame !== undefined) {
        this.extraReports = Math.max(0, frame.length - this.announced);
        return frame;
      }
      if (this.closedBy !== undefined) throw this.closedBy;
      if (this.isDue) await this.grantSome();
      await this.nextReport();
    }
  }

  fail(reason: Error): void {
    this.closedBy ??= reason;
    this.wake?.();
  }

  /** The device is away: nothing is granted until release(); the frame that was cut is forgotten. */
  hold(): void {
    this.isHeld = true;
    this.splitter.take();
    this.nextSequence = undefined;
  }

  /** The device is back, in another session: it has no credit. */
  release(): void {
    this.isHeld = false;
    this.outstanding = 0;
    this.refillAt = 0;
    this.wake?.();
  }

  private get isDue(): boolean {
    return !this.isHeld && this.outstanding <= this.refillAt;
  }

  private async grantSome(): Promise<void> {
    const needed = this.reportsNeeded();
    const window = this.transport.reportsInFlight ?? HID_REPORTS_IN_FLIGHT;
    const target = Math.min(needed, window);
    this.refillAt = needed > target ? window >> 1 : 0;
    if (target > this.outstanding) await this.grant(target - this.outstanding);
  }

  /** Reports that this frame still needs, as far as that is certain; 1 at least. */
  private reportsNeeded(): number {
    const { expectedReports, hasFixedLength, length } = this.splitter;
    if (expectedReports === 0) return 1;
    // The leader tells what the frame needs at least; partly filled reports add some, as last time where frames are all
    // as long. What is not certain is granted one by one: the device must not begin the next frame.
    if (expectedReports !== this.announced || !hasFixedLength) this.extraReports = 0;
    this.announced = expectedReports;
    const certain = expectedReports + Math.max(0, this.extraReports - PROBE_REPORTS);
    return Math.max(1, certain - length);
  }

  private async grant(reports: number): Promise<void> {
    this.outstanding += reports;
    await sendCredit(this.transport, reports);
  }

  private take(report: Uint8Array): void {
    this.outstanding -= 1 + this.lostBefore(report);
    // The transport may reuse its buffer; frames here outlive the call.
    const frame = this.splitter.push(report.slice());
    if (frame !== undefined) this.finished.push(frame);
    if (frame !== undefined || this.isDue) this.wake?.();
  }

  /** Reports that the device sent and that never came: their credit is spent. A damaged number may say anything. */
  private lostBefore(report: Uint8Array): number {
    if (report.length < DATA_HEADER_BYTES || report[DATA_REPORT_ID] !== REPORT_ID_DATA) return 0;
    const sequence = new DataView(report.buffer, report.byteOffset).getUint32(DATA_SEQUENCE, true);
    const lost = this.nextSequence === undefined ? 0 : (sequence - this.nextSequence) >>> 0;
    this.nextSequence = (sequence + 1) >>> 0;
    return lost < this.outstanding ? lost : 0;
  }

  private async nextReport(): Promise<void> {
    if (this.finished.length > 0 || this.isDue || this.closedBy !== undefined) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const silent = await new Promise<boolean>((resolve) => {
      this.wake = () => resolve(false);
      timer = setTimeout(() => resolve(true), SILENCE_MS);
    });
    clearTimeout(timer);
    this.wake = undefined;
    if (silent && !this.isHeld) await this.grant(REVIVAL_CREDIT);
  }
}
