/**
 * Reports that wait for the host to poll. Empty, the endpoint answers NAK; full, it loses the newest report and counts it:
 * the gap in the sequence numbers tells the host.
 */
export class ReportQueue {
  readonly #capacity: number;
  #reports: Uint8Array[] = [];
  #overflows = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get waiting(): number {
    return this.#reports.length;
  }

  /** Reports lost since the device was plugged in. */
  get overflows(): number {
    return this.#overflows;
  }

  push(report: Uint8Array): void {
    if (this.#reports.length < this.#capacity) this.#reports.push(report);
    else this.#overflows++;
  }

  /** The oldest report; undefined: NAK. */
  take(): Uint8Array | undefined {
    return this.#reports.shift();
  }

  clear(): void {
    this.#reports = [];
  }
}
