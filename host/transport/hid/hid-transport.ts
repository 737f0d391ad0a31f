import type { Transport } from "../transport.ts";
import type { TransportError } from "../transport-error.ts";
import { whenLate } from "../when-late.ts";
import { hidError, transportError } from "./hid-errors.ts";
import type { HidHandle } from "./hid-module.ts";

/** Wall time that the device has to take a report or to answer, ms. Healthy ones need a few. */
const DEFAULT_TIMEOUT_MS = 2000;

/** A device on USB HID. Reports carry their id in front, as the seam wants them. Errors are TransportErrors with the fix. */
export class HidTransport implements Transport {
  readonly name: string;
  readonly #handle: HidHandle;
  readonly #timeoutMs: number;
  readonly #closedListeners: ((reason: Error | undefined) => void)[] = [];
  #isClosed = false;

  constructor(name: string, handle: HidHandle, timeoutMs: number = DEFAULT_TIMEOUT_MS) {
    this.name = name;
    this.#handle = handle;
    this.#timeoutMs = timeoutMs;
    handle.on("error", (error) => this.#fail(hidError(name, error, "read")));
  }

  onReport(listener: (report: Uint8Array) => void): void {
    this.#handle.on("data", (report) => listener(plain(report)));
  }

  onClosed(listener: (reason: Error | undefined) => void): void {
    this.#closedListeners.push(listener);
  }

  async sendReport(report: Uint8Array): Promise<void> {
    const sent = await this.#transfer(this.#handle.write(Buffer.from(report)));
    this.#requireWhole("sent", sent, report.length);
  }

  async sendFeatureReport(report: Uint8Array): Promise<void> {
    const sent = await this.#transfer(this.#handle.sendFeatureReport(Buffer.from(report)));
    this.#requireWhole("sent", sent, report.length);
  }

  /** @throws TransportError "truncated" for a report of less than `length` bytes. */
  async getFeatureReport(reportId: number, length: number): Promise<Uint8Array> {
    const report = await this.#transfer(this.#handle.getFeatureReport(reportId, length));
    this.#requireWhole("received", report.length, length);
    return plain(report);
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#end(undefined);
    await this.#release();
  }

  /** An answer that comes after its time is nobody's: the next request has a promise of its own. */
  async #transfer<T>(pending: Promise<T>): Promise<T> {
    let end: () => void = () => undefined;
    const late = new Promise<never>((_, reject) => {
      end = whenLate(this.#timeoutMs, () => reject(this.#late()));
    });
    const done = pending.catch((error: unknown) => {
      throw this.#known(error);
    });
    try {
      return await Promise.race([done, late]);
    } finally {
      end();
    }
  }

  #late(): TransportError {
    return transportError(this.name, "timeout", `found no answer after ${this.#timeoutMs} ms`);
  }

  #known(error: unknown): TransportError {
    const known = hidError(this.name, error, "transfer");
    if (known.code === "unplugged") this.#fail(known);
    return known;
  }

  #requireWhole(what: string, bytes: number, length: number): void {
    if (bytes >= length) return;
    throw transportError(this.name, "truncated", `found ${bytes} bytes ${what} of a report of ${length}`);
  }

  /** The device is gone. */
  #fail(reason: TransportError): void {
    if (this.#isClosed) return;
    this.#end(reason);
    // What is left to close may be gone, too.
    this.#release().catch(() => undefined);
  }

  /** node-hid closes when the transfers before it have ended; one that hangs must not hang the program. */
  async #release(): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, this.#timeoutMs);
    });
    try {
      await Promise.race([this.#handle.close(), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  #end(reason: Error | undefined): void {
    this.#isClosed = true;
    for (const listener of this.#closedListeners) listener(reason);
  }
}

/** node-hid gives Buffers, whose slice() and toString() are not those of the arrays that the seam promises. */
function plain(report: Uint8Array): Uint8Array {
  return new Uint8Array(report.buffer, report.byteOffset, report.byteLength);
}
