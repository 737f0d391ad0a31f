import type { Transport } from "../transport.ts";

/** The part of node-hid's HIDAsync that the adapter uses. */
export interface HidHandle {
  on(event: "data", listener: (report: Uint8Array) => void): unknown;
  on(event: "error", listener: (error: Error) => void): unknown;
  write(report: Buffer): Promise<number>;
  sendFeatureReport(report: Buffer): Promise<number>;
  getFeatureReport(reportId: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** A device on USB HID. Reports carry their id in front, as the seam wants them. */
export class HidTransport implements Transport {
  readonly name: string;
  private readonly handle: HidHandle;
  private readonly closedListeners: ((reason: Error | undefined) => void)[] = [];
  private closed = false;

  constructor(name: string, handle: HidHandle) {
    this.name = name;
    this.handle = handle;
    handle.on("error", (error) => this.end(error));
  }

  onReport(listener: (report: Uint8Array) => void): void {
    this.handle.on("data", listener);
  }

  onClosed(listener: (reason: Error | undefined) => void): void {
    this.closedListeners.push(listener);
  }

  async sendReport(report: Uint8Array): Promise<void> {
    await this.handle.write(Buffer.from(report));
  }

  async sendFeatureReport(report: Uint8Array): Promise<void> {
    await this.handle.sendFeatureReport(Buffer.from(report));
  }

  getFeatureReport(reportId: number, length: number): Promise<Uint8Array> {
    return this.handle.getFeatureReport(reportId, length);
  }

  async close(): Promise<void> {
    if (this.closed) return;
    await this.handle.close();
    this.end(undefined);
  }

  private end(reason: Error | undefined): void {
    if (this.closed) return;
    this.closed = true;
    for (const listener of this.closedListeners) listener(reason);
  }
}
