import { encodeBatch } from "./device-messages.ts";

/** One acquired frame: the reports as they came. */
export interface RelayFrame {
  readonly reports: readonly Uint8Array[];
  readonly completedAtMs: number;
}

export interface PageEvents {
  /** There is room for a frame, or nothing left to send. */
  roomChanged(): void;
  /** The page starts to watch. */
  subscribed(): void;
}

/** Reports in one message at most: keeps a message below 256 KiB. */
const BATCH_REPORTS = 250;

/**
 * Credit that is kept at most. A page's camera tells by the sequence numbers what has left the device, so it grants
 * credit for the reports of skipped frames too, which it never spends.
 */
const MAX_CREDIT = 1024;

/**
 * What one page gets of the stream, by the device's own rule: reports leave only while the page has granted credit,
 * one frame may wait behind the one that is leaving, and a frame that finds that place taken is skipped whole.
 */
export class PagePort {
  private readonly send: (message: Uint8Array) => void;
  private readonly events: PageEvents;
  private credit = 0;
  private current: RelayFrame | undefined;
  private sent = 0;
  private next: RelayFrame | undefined;
  private skippedFrames = 0;
  private skippedReports = 0;
  private passedReports = 0;
  private subscribed = false;

  constructor(send: (message: Uint8Array) => void, events: PageEvents) {
    this.send = send;
    this.events = events;
  }

  get hasRoom(): boolean {
    return this.subscribed && this.next === undefined;
  }

  get isQuiet(): boolean {
    return this.current === undefined && this.next === undefined;
  }

  /** Reports that left the device for this page since it started to watch, skipped ones included. */
  get reportsSent(): number {
    return this.passedReports;
  }

  /** The page can take `reports` more reports. */
  grant(reports: number): void {
    this.credit = Math.min(this.credit + reports, MAX_CREDIT);
    this.pump();
  }

  /** Hand over a frame, or skip it when the page is behind. */
  offer(frame: RelayFrame): void {
    if (!this.subscribed) return;
    if (this.next !== undefined) {
      this.skippedFrames += 1;
      this.skippedReports += frame.reports.length;
      this.passedReports += frame.reports.length;
      return;
    }
    this.next = frame;
    this.pump();
  }

  subscribe(): void {
    this.subscribed = true;
    this.credit = 0;
    this.passedReports = 0;
    this.events.subscribed();
  }

  unsubscribe(): void {
    this.subscribed = false;
    this.current = undefined;
    this.next = undefined;
    this.credit = 0;
    this.events.roomChanged();
  }

  private pump(): void {
    const wasQuiet = this.isQuiet;
    const hadRoom = this.hasRoom;
    for (;;) {
      if (this.current === undefined && !this.promote()) break;
      if (this.credit === 0) break;
      this.sendSome();
    }
    if ((this.hasRoom && !hadRoom) || (this.isQuiet && !wasQuiet)) this.events.roomChanged();
  }

  private promote(): boolean {
    this.current = this.next;
    this.next = undefined;
    this.sent = 0;
    return this.current !== undefined;
  }

  private sendSome(): void {
    const frame = this.current;
    if (frame === undefined) return;
    const count = Math.min(BATCH_REPORTS, this.credit, frame.reports.length - this.sent);
    const reports = frame.reports.slice(this.sent, this.sent + count);
    const { skippedFrames, skippedReports } = this;
    this.sent += count;
    this.credit -= count;
    this.passedReports += count;
    if (this.sent >= frame.reports.length) this.current = undefined;
    this.send(encodeBatch({ completedAtMs: frame.completedAtMs, skippedFrames, skippedReports, reports }));
  }
}
