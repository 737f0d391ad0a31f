import { REG_SESSION_TOKEN } from "../../../hw-profiles/interface/registers.ts";
import {
  COMMAND_BYTES,
  COMMAND_SESSION,
  REGISTER_REPORT_BYTES,
  REGISTER_SESSION,
  REGISTER_STATUS,
  REGISTER_TAG,
  REPORT_ID_COMMAND,
  REPORT_ID_REGISTER,
} from "../../../hw-profiles/interface/reports.ts";
import { STATUS_SESSION } from "../../../hw-profiles/interface/status.ts";
import { buildCreditCommand } from "../../packet/command-report.ts";
import type { Transport } from "../transport.ts";
import { TransportError } from "../transport-error.ts";
import { writeWord } from "./word-exchange.ts";

/** Replies to other programs that are passed over for one of our own. */
const MAX_FOREIGN_REPLIES = 16;
const MAX_TAG = 0xffff;

/**
 * A transport whose requests carry a session's token and a number: the device tells two programs on one device node
 * apart, and serves a request once however often it is sent. A reply that is not ours is asked for again.
 * Like every transport, it takes one feature request at a time.
 */
export class SessionTransport implements Transport {
  readonly name: string;
  readonly #inner: Transport;
  readonly token: number;
  #request = new Uint8Array(0);
  #tag = 0;
  #isQuiet = true;
  #keepAlive: ReturnType<typeof setInterval> | undefined;

  constructor(inner: Transport, token: number) {
    this.name = inner.name;
    this.#inner = inner;
    this.token = token;
  }

  onReport(listener: (report: Uint8Array) => void): void {
    this.#inner.onReport(listener);
  }

  onClosed(listener: (reason: Error | undefined) => void): void {
    this.#inner.onClosed(listener);
  }

  sendReport(report: Uint8Array): Promise<void> {
    this.#isQuiet = false;
    return this.#inner.sendReport(this.#stampCommand(report));
  }

  sendFeatureReport(report: Uint8Array): Promise<void> {
    this.#isQuiet = false;
    this.#request = this.#stampRequest(report);
    return this.#inner.sendFeatureReport(this.#request);
  }

  /** @throws TransportError "busy" when others' replies leave none for us, "session" when the session is no longer ours. */
  async getFeatureReport(reportId: number, length: number): Promise<Uint8Array> {
    for (let foreign = 0; foreign < MAX_FOREIGN_REPLIES; foreign++) {
      const reply = await this.#inner.getFeatureReport(reportId, length);
      if (reply.length < REGISTER_REPORT_BYTES || this.#isOwn(reply)) return this.#checked(reply);
      await this.#inner.sendFeatureReport(this.#request);
    }
    throw new TransportError(
      "busy",
      `${this.name}: found ${MAX_FOREIGN_REPLIES} replies to another program, expected one to this program; close the other one`,
    );
  }

  /** The session is ours: whenever it has been silent for `periodMs`, tell the device that this program lives. */
  hold(periodMs: number): void {
    const timer = setInterval(() => this.#saySomething(), periodMs);
    if (typeof timer === "object") timer.unref();
    this.#keepAlive = timer;
    this.#inner.onClosed(() => clearInterval(timer));
  }

  /** Lets go of the session, if it is held. */
  async close(): Promise<void> {
    const wasHeld = this.#keepAlive !== undefined;
    clearInterval(this.#keepAlive);
    this.#keepAlive = undefined;
    // A device that is gone or was taken over needs no letting go.
    if (wasHeld) await writeWord(this, REG_SESSION_TOKEN, 0).catch(() => undefined);
    await this.#inner.close();
  }

  #saySomething(): void {
    const wasQuiet = this.#isQuiet;
    this.#isQuiet = true;
    // A device that is gone says so by onClosed.
    if (wasQuiet) this.#inner.sendReport(buildCreditCommand(0, this.token)).catch(() => undefined);
  }

  #stampCommand(report: Uint8Array): Uint8Array {
    if (report[0] !== REPORT_ID_COMMAND || report.length !== COMMAND_BYTES) return report;
    const stamped = report.slice();
    new DataView(stamped.buffer).setUint32(COMMAND_SESSION, this.token, true);
    return stamped;
  }

  #stampRequest(report: Uint8Array): Uint8Array<ArrayBuffer> {
    const stamped = report.slice();
    if (stamped[0] !== REPORT_ID_REGISTER || stamped.length !== REGISTER_REPORT_BYTES) return stamped;
    this.#tag = this.#tag === MAX_TAG ? 1 : this.#tag + 1;
    const view = new DataView(stamped.buffer);
    view.setUint32(REGISTER_SESSION, this.token, true);
    view.setUint16(REGISTER_TAG, this.#tag, true);
    return stamped;
  }

  #isOwn(reply: Uint8Array): boolean {
    const view = viewOf(reply);
    return (
      view.getUint32(REGISTER_SESSION, true) === this.token &&
      view.getUint16(REGISTER_TAG, true) === this.#tag
    );
  }

  #checked(reply: Uint8Array): Uint8Array {
    const isRefused =
      reply.length >= REGISTER_REPORT_BYTES &&
      viewOf(reply).getUint16(REGISTER_STATUS, true) === STATUS_SESSION;
    if (!isRefused) return reply;
    throw new TransportError(
      "session",
      `${this.name}: the device refuses this session; another program took it over or it was restarted: open it anew`,
    );
  }
}

function viewOf(report: Uint8Array): DataView {
  return new DataView(report.buffer, report.byteOffset, report.byteLength);
}
