/**
 * Reports that wait for the host to poll. Empty, the endpoint answers NAK; full, it loses the newest report: the gap in
 * the sequence numbers tells the host.
 */
export class ReportQueue {
  readonly #capacity: number;
  #reports: Uint8Array[] = [];

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get waiting(): number {
    return this.#reports.length;
  }

  /** @returns whether there was room. */
  push(report: Uint8Array): boolean {
    const hasRoom = this.#reports.length < this.#capacity;
    if (hasRoom) this.#reports.push(report);
    return hasRoom;
  }

  /** The oldest report; undefined: NAK. */
  take(): Uint8Array | undefined {
    return this.#reports.shift();
  }

  /** The oldest reports, at most `count`. */
  takeSome(count: number): Uint8Array[] {
    return this.#reports.splice(0, count);
  }

  clear(): void {
    this.#reports = [];
  }
}
