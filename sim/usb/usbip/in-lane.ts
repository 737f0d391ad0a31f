import type { TransferResult, UsbDevice } from "../usb-device.ts";
import { type Bandwidth, bandwidth } from "./bandwidth.ts";
import { Pacer } from "./pacer.ts";
import type { Submit } from "./protocol.ts";

/** Transfers that a host may leave pending; vhci keeps a few an endpoint. */
const PENDING_MAX = 4096;
/** What a host controller may have fetched ahead before pacing is felt. */
const BURST_PACKETS = 64;

/** The pending transfers of one IN endpoint, answered oldest first as fast as the bus allows. No data: NAK, they stay. */
export class InLane {
  readonly #device: UsbDevice;
  readonly #endpoint: number;
  readonly #bandwidth: Bandwidth;
  readonly #pacer: Pacer;
  readonly #answer: (submit: Submit, result: TransferResult) => void;
  #pending: Submit[] = [];
  #timer: NodeJS.Timeout | undefined;

  /** @param endpoint address, direction bit included. */
  constructor(device: UsbDevice, endpoint: number, answer: (submit: Submit, result: TransferResult) => void) {
    this.#device = device;
    this.#endpoint = endpoint;
    this.#bandwidth = bandwidth(endpoint, device.speed);
    const { packetBytes, packetsPerMs } = this.#bandwidth;
    this.#pacer = new Pacer(packetBytes * packetsPerMs, packetBytes * BURST_PACKETS, performance.now());
    this.#answer = answer;
  }

  /** @returns false: too many. */
  submit(submit: Submit): boolean {
    if (this.#pending.length >= PENDING_MAX) return false;
    this.#pending.push(submit);
    this.serve();
    return true;
  }

  /** @returns whether that transfer was pending. */
  unlink(sequence: number): boolean {
    const before = this.#pending.length;
    this.#pending = this.#pending.filter((submit) => submit.sequence !== sequence);
    return this.#pending.length < before;
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#pending = [];
  }

  serve(): void {
    while (this.#timer === undefined && this.#pending.length > 0 && this.#device.answers(this.#endpoint)) {
      const waitMs = this.#pacer.waitMs(performance.now());
      if (waitMs > 0) this.#serveIn(waitMs);
      else this.#answerNext();
    }
  }

  #serveIn(waitMs: number): void {
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.serve();
    }, waitMs);
  }

  #answerNext(): void {
    const submit = this.#pending.shift();
    if (submit === undefined) return;
    const result = this.#device.poll(this.#endpoint, submit.length);
    const bytes = result.kind === "done" ? result.data.length : 0;
    const { packetBytes } = this.#bandwidth;
    this.#pacer.spend(Math.max(1, Math.ceil(bytes / packetBytes)) * packetBytes);
    this.#answer(submit, result);
  }
}
