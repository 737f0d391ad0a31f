/**
 * The device's output FIFO, deep enough for one frame. Reports leave it in order, one for each credit that the host
 * has granted.
 */
export class ReportFifo {
  private reports: Uint8Array[] = [];
  private next = 0;
  private creditCount = 0;
  private sentCount = 0;
  private draining = false;
  private readonly deliver: (report: Uint8Array) => void;

  constructor(deliver: (report: Uint8Array) => void) {
    this.deliver = deliver;
  }

  get waiting(): number {
    return this.reports.length - this.next;
  }

  get credits(): number {
    return this.creditCount;
  }

  /** Reports delivered since resetSent(). */
  get sent(): number {
    return this.sentCount;
  }

  resetSent(): void {
    this.sentCount = 0;
  }

  /** Forget reports and credits. */
  clear(): void {
    this.creditCount = 0;
    this.reports = [];
    this.next = 0;
  }

  push(report: Uint8Array): void {
    this.reports.push(report);
  }

  /** Credits add up to at most 2^32 - 1. */
  grant(credits: number): void {
    this.creditCount = Math.min(0xffffffff, this.creditCount + credits);
    this.drain();
  }

  /** Deliver while there is credit. A listener that grants more credit from within is served by the same loop. */
  drain(): void {
    if (this.draining) return;
    this.draining = true;
    try {
      while (this.creditCount > 0 && this.waiting > 0) {
        this.creditCount--;
        this.sentCount++;
        this.deliver(this.reports[this.next++]!);
      }
    } finally {
      this.draining = false;
    }
    if (this.waiting > 0) return;
    this.reports = [];
    this.next = 0;
  }
}
