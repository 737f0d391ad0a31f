import { parseCommand } from "../../../host/packet/command-report.ts";
import { buildDataReport } from "../../../host/packet/data-report.ts";
import { buildEvent, type DeviceEvent } from "../../../host/packet/event.ts";
import { buildRegisterReply, parseRegisterReport } from "../../../host/packet/register-report.ts";
import type { Transport } from "../../../host/transport/transport.ts";
import { ABI_VERSION, DEVICE_MAGIC } from "../../../hw-profiles/interface/abi.ts";
import { REGISTERS } from "../../../hw-profiles/interface/register-table.ts";
import * as Reg from "../../../hw-profiles/interface/registers.ts";
import { KIND_EVENT, OPERATION_WRITE, WIRE_VERSION } from "../../../hw-profiles/interface/reports.ts";
import * as Status from "../../../hw-profiles/interface/status.ts";
import { frameReports, SMALL, type SyntheticOptions } from "./synthetic-frames.ts";

/** A board that sends synthetic frames while it has credit, and keeps a plain register file. */
export class SyntheticBoard implements Transport {
  readonly name = "test:synthetic";
  readonly words = new Map<number, number>();
  /** Highest credit that the host ever left outstanding. */
  mostCredit = 0;
  isOpen = true;
  readonly #options: SyntheticOptions;
  #credit = 0;
  #waiting: Uint8Array[] = [];
  #frame = 0;
  #framesLeft = 0;
  #sequence = 0;
  #reply = new Uint8Array(0);
  #onReport: (report: Uint8Array) => void = () => undefined;
  #onClosed: (reason: Error | undefined) => void = () => undefined;

  constructor(options: SyntheticOptions = SMALL) {
    this.#options = options;
    this.words.set(Reg.REG_DEVICE_MAGIC, DEVICE_MAGIC);
    this.words.set(Reg.REG_ABI_VERSION, ABI_VERSION);
    this.words.set(Reg.REG_WIRE_VERSION, WIRE_VERSION);
    this.words.set(Reg.REG_DEVICE_CLOCK_FREQUENCY, 400_000_000);
    this.words.set(Reg.REG_GATE_COUNT, options.gates);
  }

  onReport(listener: (report: Uint8Array) => void): void {
    this.#onReport = listener;
  }

  onClosed(listener: (reason: Error | undefined) => void): void {
    this.#onClosed = listener;
  }

  async sendReport(report: Uint8Array): Promise<void> {
    this.#credit += parseCommand(report).value;
    this.mostCredit = Math.max(this.mostCredit, this.#credit);
    setImmediate(() => this.#send());
  }

  async sendFeatureReport(report: Uint8Array): Promise<void> {
    const request = parseRegisterReport(report);
    const entry = REGISTERS.find(({ address, bytes, count }) => {
      const offset = request.address - address;
      return offset >= 0 && offset + request.length <= bytes * count;
    });
    const view = new DataView(request.data.buffer, request.data.byteOffset, request.data.byteLength);
    const status = entry && !entry.simulated ? Status.STATUS_OK : Status.STATUS_BAD_ADDRESS;
    for (let at = 0; at + 4 <= request.length; at += 4)
      if (request.operation === OPERATION_WRITE) this.#write(request.address + at, view.getUint32(at, true));
      else view.setUint32(at, this.#read(request.address + at), true);
    this.#reply = Uint8Array.from(buildRegisterReply({ ...request, status }));
  }

  async getFeatureReport(): Promise<Uint8Array> {
    return this.#reply;
  }

  async close(): Promise<void> {
    this.isOpen = false;
    this.unplug(undefined);
  }

  unplug(reason: Error | undefined): void {
    this.#credit = 0;
    this.#onClosed(reason);
  }

  /** The readout logic failed: the acquisition ends with an event. */
  fail(event: DeviceEvent): void {
    this.words.set(Reg.REG_ACQUISITION_STATUS, 0);
    const fields = {
      kind: KIND_EVENT,
      sequence: this.#sequence++,
      frameNumber: event.frameNumber,
      offset: 0,
    };
    this.#onReport(buildDataReport({ ...fields, payload: buildEvent(event) }));
  }

  #read(address: number): number {
    const word = this.words.get(address) ?? 0;
    const isWaiting = address === Reg.REG_ACQUISITION_STATUS && this.#waiting.length > 0;
    return isWaiting ? word | Reg.ACQUISITION_FIFO_WAITING : word;
  }

  #write(address: number, value: number): void {
    this.words.set(address, value);
    if (address === Reg.REG_ACQUISITION_START) {
      this.#framesLeft = this.words.get(Reg.REG_ACQUISITION_FRAME_COUNT) || Infinity;
      this.words.set(Reg.REG_REPORTS_SENT, 0);
      this.words.set(Reg.REG_ACQUISITION_STATUS, Reg.ACQUISITION_ACTIVE);
      setImmediate(() => this.#send());
    }
    if (address === Reg.REG_ACQUISITION_STOP) this.words.set(Reg.REG_ACQUISITION_STATUS, 0);
  }

  #nextFrame(): void {
    const isActive = this.words.get(Reg.REG_ACQUISITION_STATUS) === Reg.ACQUISITION_ACTIVE;
    if (!isActive || this.#framesLeft <= 0) {
      this.words.set(Reg.REG_ACQUISITION_STATUS, 0);
      return;
    }
    this.#framesLeft--;
    this.#waiting = frameReports(this.#frame++, this.#sequence, this.#options);
    this.#sequence += this.#waiting.length;
  }

  #send(): void {
    while (this.#credit > 0) {
      if (this.#waiting.length === 0) this.#nextFrame();
      const report = this.#waiting.shift();
      if (!report) return;
      this.#credit--;
      this.words.set(Reg.REG_REPORTS_SENT, (this.words.get(Reg.REG_REPORTS_SENT) ?? 0) + 1);
      this.#onReport(report);
    }
  }
}
