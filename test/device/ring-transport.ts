import type { Transport } from "../../host/transport/transport.ts";
import { TransportError } from "../../host/transport/transport-error.ts";
import type { Stall, StallableTransport } from "./bench.ts";

/** Reports that Linux's hidraw keeps for a reader that does not read. */
const RING_REPORTS = 63;

function unplugged(name: string): TransportError {
  return new TransportError("unplugged", `${name}: found it gone, expected it plugged in; plug it in`);
}

/** What hidraw does to a reader that stalls, for a transport without the system in between: 63 reports wait, the next are lost. */
export class RingTransport implements StallableTransport {
  readonly name: string;
  readonly #inner: Transport;
  readonly #listeners: ((report: Uint8Array) => void)[] = [];
  readonly #closedListeners: ((reason: Error | undefined) => void)[] = [];
  #ring: Uint8Array[] = [];
  #isUnplugged = false;
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

  /** The cable is pulled: what is asked of the device fails from now on. */
  async unplug(): Promise<void> {
    this.#isUnplugged = true;
    for (const listener of this.#closedListeners) listener(unplugged(this.name));
    await this.#inner.close();
  }

  onReport(listener: (report: Uint8Array) => void): void {
    this.#listeners.push(listener);
  }

  onClosed(listener: (reason: Error | undefined) => void): void {
    this.#closedListeners.push(listener);
  }

  async sendReport(report: Uint8Array): Promise<void> {
    await this.#plugged().sendReport(report);
  }

  async sendFeatureReport(report: Uint8Array): Promise<void> {
    await this.#plugged().sendFeatureReport(report);
  }

  async getFeatureReport(reportId: number, length: number): Promise<Uint8Array> {
    return await this.#plugged().getFeatureReport(reportId, length);
  }

  close(): Promise<void> {
    return this.#inner.close();
  }

  /** @throws TransportError */
  #plugged(): Transport {
    if (this.#isUnplugged) throw unplugged(this.name);
    return this.#inner;
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
