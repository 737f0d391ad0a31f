import { REG_SESSION_TOKEN } from "../../../hw-profiles/interface/registers.ts";
import {
  COMMAND_SESSION,
  REGISTER_REPORT_BYTES,
  REGISTER_SESSION,
  REGISTER_STATUS,
  REGISTER_TAG,
} from "../../../hw-profiles/interface/reports.ts";
import { STATUS_BAD_CHECK, STATUS_SESSION } from "../../../hw-profiles/interface/status.ts";
import { buildCreditCommand } from "../../packet/command-report.ts";
import {
  isWholeCommand,
  isWholeRegisterReport,
  sealCommand,
  sealRegisterReport,
} from "../../packet/report-check.ts";
import { inTime, TRANSFER_MS } from "../in-time.ts";
import type { Transport } from "../transport.ts";
import { TransportError, type TransportErrorCode } from "../transport-error.ts";
import { writeWord } from "./word-exchange.ts";

/** Replies to other programs that are passed over for one of our own. */
const MAX_FOREIGN_REPLIES = 16;
/** Times that a request is tried when its transfers fail: on a link that damages every third packet, one in 200 000 ends so. */
const MAX_TRIES = 12;
/** Transfers that end with a time-out are tried for so long. */
const PATIENCE_MS = 5 * TRANSFER_MS;
const FINAL: ReadonlySet<TransportErrorCode> = new Set(["session", "unplugged", "absent", "permission"]);
const MAX_TAG = 0xffff;

/**
 * A transport whose requests carry a session's token and a number: the device tells two programs on one device node
 * apart, and serves a request once however often it is sent. So a transfer that fails, is cut short, damaged or does not
 * end is tried again, and a reply that is not ours is asked for again. Like every transport, it takes one feature
 * request at a time.
 */
export class SessionTransport implements Transport {
  readonly name: string;
  readonly #inner: Transport;
  readonly token: number;
  #request = new Uint8Array(0);
  #isSent = false;
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

  /** A request that fails goes again when its reply is fetched. */
  async sendFeatureReport(report: Uint8Array): Promise<void> {
    this.#isQuiet = false;
    this.#request = this.#stampRequest(report);
    this.#isSent = false;
    await this.#sendRequest().catch(requirePassing);
  }

  /**
   * @throws TransportError "busy" when others' replies leave none for us, "session" when the session is no longer ours;
   * "stalled", "truncated", "damaged" and "timeout" for what the last try ended with.
   */
  async getFeatureReport(reportId: number, length: number): Promise<Uint8Array> {
    const endMs = performance.now() + PATIENCE_MS;
    let failures = 0;
    for (let foreign = 0; foreign < MAX_FOREIGN_REPLIES; this.#isSent = false) {
      try {
        if (!this.#isSent) await this.#sendRequest();
        const reply = this.#whole(await inTime(this.#inner.getFeatureReport(reportId, length), this.name));
        if (this.#isOwn(reply)) return this.#checked(reply);
        foreign++;
      } catch (error) {
        requirePassing(error);
        if (++failures === MAX_TRIES || performance.now() >= endMs) throw error;
      }
    }
    throw new TransportError(
      "busy",
      `${this.name}: found ${MAX_FOREIGN_REPLIES} replies to another program, expected one to this program; close the other one`,
    );
  }

  /** The session is ours: whenever it has been silent for `periodMs`, tell the device that this program lives. */
  hold(periodMs: number): void {
    const timer = setInterval(() => this.#saySomething(), periodMs);
    unref(timer);
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

  async #sendRequest(): Promise<void> {
    await inTime(this.#inner.sendFeatureReport(this.#request), this.name);
    this.#isSent = true;
  }

  #whole(reply: Uint8Array): Uint8Array {
    if (isWholeRegisterReport(reply)) return reply;
    const { length } = reply;
    if (length < REGISTER_REPORT_BYTES)
      throw this.#broken("truncated", `${length} bytes in a reply, expected ${REGISTER_REPORT_BYTES}`);
    // A request that arrived damaged is sent back.
    const what = reply[REGISTER_STATUS] === STATUS_BAD_CHECK ? "request" : "reply";
    throw this.#broken("damaged", `a ${what} that was damaged on the way (wrong CRC-32C), expected it whole`);
  }

  #broken(code: TransportErrorCode, found: string): TransportError {
    const advice =
      "try another cable or port; if it stays, host and device are of different versions: update both";
    return new TransportError(code, `${this.name}: found ${found}; ${advice}`);
  }

  #saySomething(): void {
    const wasQuiet = this.#isQuiet;
    this.#isQuiet = true;
    // A device that is gone says so by onClosed.
    if (wasQuiet) this.#inner.sendReport(buildCreditCommand(0, this.token)).catch(() => undefined);
  }

  #stampCommand(report: Uint8Array): Uint8Array {
    if (!isWholeCommand(report)) return report;
    const stamped = report.slice();
    new DataView(stamped.buffer).setUint32(COMMAND_SESSION, this.token, true);
    sealCommand(stamped);
    return stamped;
  }

  /** What is damaged already is left so: a new check would hide it. */
  #stampRequest(report: Uint8Array): Uint8Array<ArrayBuffer> {
    const stamped = report.slice();
    if (!isWholeRegisterReport(stamped)) return stamped;
    this.#tag = this.#tag === MAX_TAG ? 1 : this.#tag + 1;
    const view = new DataView(stamped.buffer);
    view.setUint32(REGISTER_SESSION, this.token, true);
    view.setUint16(REGISTER_TAG, this.#tag, true);
    sealRegisterReport(stamped);
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
    if (reply[REGISTER_STATUS] !== STATUS_SESSION) return reply;
    throw new TransportError(
      "session",
      `${this.name}: the device refuses this session; another program took it over or it was restarted: open it anew`,
    );
  }
}

/** @throws what a second try cannot mend. */
function requirePassing(error: unknown): void {
  if (error instanceof TransportError && FINAL.has(error.code)) throw error;
}

/** A timer of Node keeps its process alive; a browser's is a number. */
function unref(timer: unknown): void {
  const isNode = typeof timer === "object" && timer !== null && "unref" in timer;
  if (isNode && typeof timer.unref === "function") timer.unref();
}

function viewOf(report: Uint8Array): DataView {
  return new DataView(report.buffer, report.byteOffset, report.byteLength);
}
