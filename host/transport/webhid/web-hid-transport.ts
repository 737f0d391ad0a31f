import type { Transport } from "../transport.ts";
import { TransportError } from "../transport-error.ts";
import type { WebHid, WebHidConnection, WebHidDevice, WebHidReport } from "./web-hid.ts";

/** A device on WebHID, open. Its reports go without their id there; the seam has it in front. */
export class WebHidTransport implements Transport {
  readonly name: string;
  readonly #hid: WebHid;
  readonly #device: WebHidDevice;
  readonly #reports: ((report: Uint8Array) => void)[] = [];
  readonly #closed: ((reason: Error | undefined) => void)[] = [];
  #isClosed = false;

  constructor(hid: WebHid, device: WebHidDevice) {
    this.name = `usb:${device.productName}`;
    this.#hid = hid;
    this.#device = device;
    device.addEventListener("inputreport", this.#take);
    hid.addEventListener("disconnect", this.#disconnected);
  }

  onReport(listener: (report: Uint8Array) => void): void {
    this.#reports.push(listener);
  }

  onClosed(listener: (reason: Error | undefined) => void): void {
    this.#closed.push(listener);
  }

  async sendReport(report: Uint8Array): Promise<void> {
    await this.#transfer(this.#device.sendReport(report[0] ?? 0, report.slice(1)));
  }

  async sendFeatureReport(report: Uint8Array): Promise<void> {
    await this.#transfer(this.#device.sendFeatureReport(report[0] ?? 0, report.slice(1)));
  }

  /** @throws TransportError "truncated" for a report of less than `length` bytes, its id included. */
  async getFeatureReport(reportId: number, length: number): Promise<Uint8Array> {
    const data = await this.#transfer(this.#device.receiveFeatureReport(reportId));
    const report = wholeReport(reportId, data, length);
    if (report !== undefined) return report;
    const message = `${this.name}: found ${data.byteLength} bytes in a feature report, expected ${length}; plug the board in anew`;
    throw new TransportError("truncated", message);
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#end(undefined);
    await this.#device.close();
  }

  readonly #take = ({ data, reportId }: WebHidReport): void => {
    const report = withId(reportId, data);
    for (const listener of this.#reports) listener(report);
  };

  readonly #disconnected = ({ device }: WebHidConnection): void => {
    if (device !== this.#device) return;
    this.#end(new TransportError("unplugged", `${this.name} was unplugged; plug it in again`));
  };

  #end(reason: Error | undefined): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#device.removeEventListener("inputreport", this.#take);
    this.#hid.removeEventListener("disconnect", this.#disconnected);
    for (const listener of this.#closed) listener(reason);
  }

  /** WebHID has one error for whatever a transfer fails with. */
  #transfer<T>(pending: Promise<T>): Promise<T> {
    return pending.catch((cause: unknown) => {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new TransportError("stalled", `${this.name}: ${why}; plug the board in anew`, { cause });
    });
  }
}

function withId(reportId: number, data: DataView): Uint8Array {
  const report = new Uint8Array(data.byteLength + 1);
  report[0] = reportId;
  report.set(bytesOf(data), 1);
  return report;
}

/** Chromium gives a feature report with its id, as the system does; the specification also allows it without. */
function wholeReport(reportId: number, data: DataView, length: number): Uint8Array | undefined {
  const hasId = data.byteLength > 0 && data.getUint8(0) === reportId;
  const report = hasId ? bytesOf(data) : withId(reportId, data);
  return report.length < length ? undefined : report.subarray(0, length);
}

function bytesOf(data: DataView): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
