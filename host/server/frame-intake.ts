import { buildCreditCommand } from "../packet/command-report.ts";
import type { Transport } from "../transport/transport.ts";
import { FrameSplitter } from "./frame-splitter.ts";

/** Credit granted when a device that owes reports has been silent: some were lost on the way. */
const REVIVAL_CREDIT = 64;
const SILENCE_MS = 3000;
/** The samples of a probe pixel, which the leader does not announce, may be there or not from one frame to the next. */
const PROBE_REPORTS = 1;

/**
 * Takes one frame at a time from the device by granting exactly the credit that the frame needs, so that a device
 * that nobody watches rests at a frame boundary.
 */
export class FrameIntake {
  private readonly transport: Transport;
  private readonly splitter = new FrameSplitter();
  private readonly finished: (readonly Uint8Array[])[] = [];
  private outstanding = 0;
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
      if (this.outstanding <= 0) await this.grant(this.creditNeeded());
      await this.nextReport();
    }
  }

  fail(reason: Error): void {
    this.closedBy ??= reason;
    this.wake?.();
  }

  private creditNeeded(): number {
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
    this.outstanding = reports;
    await this.transport.sendReport(buildCreditCommand(reports));
  }

  private take(report: Uint8Array): void {
    this.outstanding -= 1;
    // The transport may reuse its buffer; frames here outlive the call.
    const frame = this.splitter.push(report.slice());
    if (frame !== undefined) this.finished.push(frame);
    if (frame !== undefined || this.outstanding <= 0) this.wake?.();
  }

  private async nextReport(): Promise<void> {
    if (this.finished.length > 0 || this.outstanding <= 0 || this.closedBy !== undefined) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const silent = await new Promise<boolean>((resolve) => {
      this.wake = () => resolve(false);
      timer = setTimeout(() => resolve(true), SILENCE_MS);
    });
    clearTimeout(timer);
    this.wake = undefined;
    if (silent) await this.grant(this.outstanding + REVIVAL_CREDIT);
  }
}
