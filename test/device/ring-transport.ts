import type { Transport } from "../../host/transport/transport.ts";
import type { Stall, StallableTransport } from "./bench.ts";

/** Reports that Linux's hidraw keeps for a reader that does not read. */
const RING_REPORTS = 63;

/** What hidraw does to a reader that stalls, for a transport without the system in between: 63 reports wait, the next are lost. */
export class RingTransport implements StallableTransport {
  readonly name: string;
  readonly #inner: Transport;
  readonly #listeners: ((report: Uint8Array) => void)[] = [];
  #ring: Uint8Array[] = [];
  #isStalled = false;
  #arrivals = 0;
  #awaited: { readonly reports: number; readonly resolve: () => void } | undefined;

  constructor(inner: Transport) {
    this.name = inner.name;
    this.#inner = inner;
    inner.onReport((report) => this.#take(report));
  }

  async stall(): Promise<Stall> {
    this.#isStalled = true;
    this.#arrivals = 0;
    return { arrived: (reports) => this.#arrived(reports), end: async () => this.#readOn() };
  }

  onReport(listener: (report: Uint8Array) => void): void {
    this.#listeners.push(listener);
  }

  onClosed(listener: (reason: Error | undefined) => void): void {
    this.#inner.onClosed(listener);
  }

  sendReport(report: Uint8Array): Promise<void> {
    return this.#inner.sendReport(report);
  }

  sendFeatureReport(report: Uint8Array): Promise<void> {
    return this.#inner.sendFeatureReport(report);
  }

  getFeatureReport(reportId: number, length: number): Promise<Uint8Array> {
    return this.#inner.getFeatureReport(reportId, length);
  }

  close(): Promise<void> {
    return this.#inner.close();
  }

  #arrived(reports: number): Promise<void> {
    return new Promise((resolve) => {
      this.#awaited = { reports, resolve };
      this.#tell();
    });
  }

  #readOn(): void {
    this.#isStalled = false;
    const waiting = this.#ring;
    this.#ring = [];
    for (const report of waiting) this.#deliver(report);
  }

  #take(report: Uint8Array): void {
    this.#arrivals++;
    this.#tell();
    if (!this.#isStalled) this.#deliver(report);
    else if (this.#ring.length < RING_REPORTS) this.#ring.push(report.slice());
  }

  #tell(): void {
    if (this.#awaited !== undefined && this.#arrivals >= this.#awaited.reports) this.#awaited.resolve();
  }

  #deliver(report: Uint8Array): void {
    for (const listener of this.#listeners) listener(report);
  }
}
