import type { RegisterEntry } from "../../hw-profiles/interface/register-table.ts";
import { REGISTERS } from "../../hw-profiles/interface/register-table.ts";
import { REG_LAST_REFUSAL, STRING_BYTES_REFUSAL } from "../../hw-profiles/interface/registers.ts";
import {
  REGISTER_DATA_MAX,
  REGISTER_REPORT_BYTES,
  REPORT_ID_REGISTER,
} from "../../hw-profiles/interface/reports.ts";
import {
  STATUS_BUSY,
  STATUS_OK,
  STATUS_OUT_OF_RANGE,
  STATUS_READ_ONLY,
} from "../../hw-profiles/interface/status.ts";
import {
  buildRegisterRead,
  buildRegisterWrite,
  parseRegisterReply,
  parseRegisterReport,
} from "../packet/register-report.ts";
import { inTime } from "../transport/in-time.ts";
import type { Transport } from "../transport/transport.ts";
import { CameraError } from "./camera-error.ts";
import { decodeRegister, encodeRegister, findRegister, type RegisterValue } from "./register-codec.ts";
import { statusText } from "./status-text.ts";

/** No transport takes longer, tries of its own included. */
const ANSWER_MS = 10_000;

/** Registers of a device by their SFNC or vendor names. Requests are answered one after the other. */
export class RegisterPort {
  readonly #transport: Transport;
  readonly #answerMs: number;
  #last: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  /** @param waitMs wall time that a transfer may take beyond what a transport takes that has its device. */
  constructor(transport: Transport, waitMs = 0) {
    this.#transport = transport;
    this.#answerMs = ANSWER_MS + waitMs;
  }

  /** The camera was closed: what is under way and what is asked from now on ends with CameraError "closed". */
  close(): void {
    this.#isClosed = true;
  }

  /** Every register of the contract; `simulated` ones exist on simulated boards only. */
  list(): readonly RegisterEntry[] {
    return REGISTERS;
  }

  /**
   * Value in the register's own unit; an array when the register has several elements.
   * @throws CameraError for an unknown name (with the nearest one) or when the device refuses.
   */
  async read(name: string): Promise<RegisterValue> {
    const entry = findRegister(name);
    if (entry.access === "wo") throw new CameraError("register", `${name} is write-only`);
    const bytes = new Uint8Array(entry.bytes * entry.count);
    for (let at = 0; at < bytes.length; at += REGISTER_DATA_MAX) {
      const length = Math.min(REGISTER_DATA_MAX, bytes.length - at);
      const data = await this.#exchange(name, buildRegisterRead(entry.address + at, length));
      if (data.length !== length)
        throw new CameraError(
          "device",
          `${name}: found ${data.length} bytes in the reply, expected ${length}`,
        );
      bytes.set(data, at);
    }
    return decodeRegister(entry, bytes);
  }

  async readNumber(name: string): Promise<number> {
    const value = await this.read(name);
    if (typeof value === "number") return value;
    throw new CameraError("register", `${name} does not hold a single number`);
  }

  async readText(name: string): Promise<string> {
    return String(await this.read(name));
  }

  /** @throws CameraError for an unknown name, a value out of range, or when the device refuses. */
  async write(name: string, value: RegisterValue): Promise<void> {
    const entry = findRegister(name);
    const bytes = encodeRegister(entry, value);
    for (let at = 0; at < bytes.length; at += REGISTER_DATA_MAX)
      await this.#exchange(
        name,
        buildRegisterWrite(entry.address + at, bytes.slice(at, at + REGISTER_DATA_MAX)),
      );
  }

  /** Bytes of the registers that lie behind each other from this one on. @throws CameraError when the device refuses. */
  readBlock(first: string, length: number): Promise<Uint8Array> {
    return this.#exchange(first, buildRegisterRead(findRegister(first).address, length));
  }

  /** Write registers that lie behind each other from this one on, in one request. @throws CameraError when the device refuses. */
  async writeBlock(first: string, bytes: Uint8Array): Promise<void> {
    await this.#exchange(first, buildRegisterWrite(findRegister(first).address, bytes));
  }

  /**
   * As writeBlock(), without asking for the reply: half the transfers, and no word of whether it arrived. For what is checked
   * afterwards.
   */
  post(first: string, bytes: Uint8Array): Promise<void> {
    const request = buildRegisterWrite(findRegister(first).address, bytes);
    const { name } = this.#transport;
    return this.#inTurn(() => inTime(this.#transport.sendFeatureReport(request), name, this.#answerMs));
  }

  #exchange(name: string, request: Uint8Array): Promise<Uint8Array> {
    return this.#inTurn(async () => {
      const reply = await this.#ask(request);
      if (reply.status !== STATUS_OK) throw refused(name, reply.status, await this.#reason(reply.status));
      return reply.data;
    });
  }

  #inTurn<T>(transfer: () => Promise<T>): Promise<T> {
    const done = this.#last.then(() => this.#whileOpen(transfer));
    this.#last = done.catch(() => undefined);
    return done;
  }

  /** What a transport says of a transfer that its closing cut is as different as transports are. */
  async #whileOpen<T>(transfer: () => Promise<T>): Promise<T> {
    if (this.#isClosed) throw new CameraError("closed", "the camera was closed; open it again");
    try {
      return await transfer();
    } catch (error) {
      if (!this.#isClosed) throw error;
      const why = error instanceof Error ? error.message : String(error);
      throw new CameraError("closed", `the camera was closed: ${why}`, { cause: error });
    }
  }

  async #ask(request: Uint8Array) {
    const { name } = this.#transport;
    await inTime(this.#transport.sendFeatureReport(request), name, this.#answerMs);
    const fetching = this.#transport.getFeatureReport(REPORT_ID_REGISTER, REGISTER_REPORT_BYTES);
    const report = await inTime(fetching, name, this.#answerMs);
    return parseRegisterReply(report, parseRegisterReport(request));
  }

  /** The device's own words for a refused write; "" when it has none. */
  async #reason(status: number): Promise<string> {
    if (!REASONED.has(status)) return "";
    let text = "";
    for (let at = 0; at < STRING_BYTES_REFUSAL; at += REGISTER_DATA_MAX) {
      const length = Math.min(REGISTER_DATA_MAX, STRING_BYTES_REFUSAL - at);
      const reply = await this.#ask(buildRegisterRead(REG_LAST_REFUSAL + at, length));
      if (reply.status !== STATUS_OK) return "";
      text += new TextDecoder().decode(reply.data);
    }
    return text.replace(/\0.*$/s, "");
  }
}

/** Refusals that the device explains in LastRefusal. */
const REASONED: ReadonlySet<number> = new Set([STATUS_BUSY, STATUS_OUT_OF_RANGE, STATUS_READ_ONLY]);

function refused(name: string, status: number, reason: string): CameraError {
  const why = reason === "" ? "" : ` ${reason}.`;
  return new CameraError("status", `the device answered ${name} with ${statusText(status)}${why}`);
}
