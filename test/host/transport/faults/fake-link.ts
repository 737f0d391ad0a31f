import type { Transport } from "../../../../host/transport/transport.ts";

/** A transport of the tests: keeps what reaches the device, and says what the test wants. */
export class FakeLink implements Transport {
  readonly name = "test:link";
  /** First bytes of what came in. */
  readonly sent: string[] = [];
  closes = 0;
  #replies = 0;
  #onReport: (report: Uint8Array) => void = () => undefined;
  #onClosed: (reason: Error | undefined) => void = () => undefined;

  onReport(listener: (report: Uint8Array) => void): void {
    this.#onReport = listener;
  }

  onClosed(listener: (reason: Error | undefined) => void): void {
    this.#onClosed = listener;
  }

  async sendReport(report: Uint8Array): Promise<void> {
    this.sent.push(`out ${report.join(" ")}`);
  }

  async sendFeatureReport(report: Uint8Array): Promise<void> {
    this.sent.push(`set ${report.join(" ")}`);
  }

  /** Replies are numbered from 0. */
  async getFeatureReport(_: number, length: number): Promise<Uint8Array> {
    return new Uint8Array(length).fill(this.#replies++);
  }

  async close(): Promise<void> {
    this.closes++;
  }

  /** Input reports of these first bytes, 4 bytes each. */
  send(...firstBytes: number[]): void {
    for (const first of firstBytes) this.#onReport(Uint8Array.of(first, 0, 0, 0));
  }

  unplug(reason: Error): void {
    this.#onClosed(reason);
  }
}
