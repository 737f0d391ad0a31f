import { REG_STREAM_INTERFACE, STREAM_BULK, STREAM_HID } from "../../../hw-profiles/interface/registers.ts";
import { REPORT_BYTES } from "../../../hw-profiles/interface/reports.ts";
import { STATUS_OK } from "../../../hw-profiles/interface/status.ts";
import { writeWord } from "../session/word-exchange.ts";
import type { Transport } from "../transport.ts";
import { TransportError } from "../transport-error.ts";
import type { BulkPipe } from "./bulk-pipe.ts";

/** Reports that may be on their way: the system's queue of HID reports, which holds 63, has no part in this. */
const REPORTS_IN_FLIGHT = 256;

/**
 * A device whose registers and credit go over `control` (HID) and whose data reports come over its bulk interface. A pipe that
 * fails ends the whole: opened anew, the device streams over HID again.
 */
export class BulkTransport implements Transport {
  readonly name: string;
  readonly reportsInFlight = REPORTS_IN_FLIGHT;
  readonly #control: Transport;
  readonly #pipe: BulkPipe;
  readonly #reports: ((report: Uint8Array) => void)[] = [];
  readonly #closed: ((reason: Error | undefined) => void)[] = [];
  #isClosed = false;

  private constructor(control: Transport, pipe: BulkPipe) {
    this.name = control.name;
    this.#control = control;
    this.#pipe = pipe;
    // What is left to close may be gone, too.
    control.onClosed((reason) => this.#end(reason).catch(() => undefined));
    pipe.start(
      (bytes) => this.#take(bytes),
      (reason) => this.#fail(reason),
    );
  }

  /**
   * Switch the stream to `pipe`. The device must be idle.
   * @throws TransportError "stalled" when it refuses; the pipe is closed then, and `control` as it was.
   */
  static async open(control: Transport, pipe: BulkPipe): Promise<BulkTransport> {
    const status = await writeWord(control, REG_STREAM_INTERFACE, STREAM_BULK).catch(
      async (error: unknown) => {
        await pipe.close();
        throw error;
      },
    );
    if (status === STATUS_OK) return new BulkTransport(control, pipe);
    await pipe.close();
    throw new TransportError(
      "stalled",
      `${control.name}: found status ${status} as the answer to StreamInterface, expected ${STATUS_OK}; stop its acquisition first`,
    );
  }

  onReport(listener: (report: Uint8Array) => void): void {
    this.#reports.push(listener);
  }

  onClosed(listener: (reason: Error | undefined) => void): void {
    this.#closed.push(listener);
  }

  sendReport(report: Uint8Array): Promise<void> {
    return this.#control.sendReport(report);
  }

  sendFeatureReport(report: Uint8Array): Promise<void> {
    return this.#control.sendFeatureReport(report);
  }

  getFeatureReport(reportId: number, length: number): Promise<Uint8Array> {
    return this.#control.getFeatureReport(reportId, length);
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    // Refused while it acquires, impossible when it is gone; closing the session does it as well.
    await writeWord(this.#control, REG_STREAM_INTERFACE, STREAM_HID).catch(() => undefined);
    await this.#end(undefined);
    await this.#control.close();
  }

  /** What is left over is handed on as the damaged report that it is. */
  #take(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += REPORT_BYTES) {
      const report = bytes.subarray(at, at + REPORT_BYTES);
      for (const listener of this.#reports) listener(report);
    }
  }

  #fail(reason: Error): void {
    this.#end(reason)
      .catch(() => undefined)
      // The session's end stops the acquisition and gives the stream back to HID.
      .then(() => this.#control.close())
      .catch(() => undefined);
  }

  async #end(reason: Error | undefined): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const listener of this.#closed) listener(reason);
    await this.#pipe.close();
  }
}
