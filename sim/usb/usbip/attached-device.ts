import type { TransferResult, UsbDevice } from "../usb-device.ts";
import { Pacer } from "./pacer.ts";
import * as P from "./protocol.ts";

const NOTHING = new Uint8Array(0);
/** IN endpoint addresses have this bit. */
const IN = 0x80;
/** Transfers that a host may leave pending; vhci keeps a few an endpoint. */
const PENDING_MAX = 4096;

/**
 * One attached host: transfers in, answers out, in the order of each endpoint. An IN transfer without data stays pending,
 * which is the NAK.
 */
export class AttachedDevice {
  readonly #device: UsbDevice;
  readonly #send: (bytes: Buffer) => void;
  readonly #pacer: Pacer;
  #pending: P.Submit[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(device: UsbDevice, packetsPerMs: number, send: (bytes: Buffer) => void) {
    this.#device = device;
    this.#send = send;
    this.#pacer = new Pacer(packetsPerMs, performance.now());
    device.onWaiting = () => this.#serve();
  }

  /** @returns false when the host breaks the rules: the connection must end. */
  submit(submit: P.Submit, data: Buffer): boolean {
    if (submit.endpoint === 0) {
      this.#answer(submit, this.#device.control(submit.setup, data));
      return true;
    }
    if (submit.direction === P.DIRECTION_OUT) {
      this.#answer(submit, this.#device.write(submit.endpoint, data));
      return true;
    }
    if (this.#pending.length >= PENDING_MAX) return false;
    this.#pending.push(submit);
    this.#serve();
    return true;
  }

  unlink(unlink: P.Unlink): void {
    const before = this.#pending.length;
    this.#pending = this.#pending.filter(({ sequence }) => sequence !== unlink.victim);
    const wasPending = this.#pending.length < before;
    this.#send(P.unlinkReply(unlink, wasPending ? P.STATUS_UNLINKED : P.STATUS_DONE));
  }

  /** The host is gone. */
  end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#pending = [];
    this.#device.onWaiting = undefined;
    this.#device.reset();
  }

  /** Answers pending IN transfers, oldest first, as fast as the bus allows. */
  #serve(): void {
    if (this.#timer !== undefined) return;
    while (this.#pending.length > 0 && this.#hasAnswer()) {
      const waitMs = this.#pacer.ask(performance.now());
      if (waitMs > 0) {
        this.#timer = setTimeout(() => {
          this.#timer = undefined;
          this.#serve();
        }, waitMs);
        return;
      }
      this.#answerNext();
    }
  }

  #hasAnswer(): boolean {
    return this.#pending.some(({ endpoint }) => this.#device.answers(endpoint | IN));
  }

  #answerNext(): void {
    const at = this.#pending.findIndex(({ endpoint }) => this.#device.answers(endpoint | IN));
    const [submit] = this.#pending.splice(at, 1);
    if (submit !== undefined) this.#answer(submit, this.#device.poll(submit.endpoint | IN, submit.length));
  }

  #answer(submit: P.Submit, result: TransferResult): void {
    const isDone = result.kind === "done";
    this.#send(
      P.submitReply(submit, isDone ? P.STATUS_DONE : P.STATUS_STALL, isDone ? result.data : NOTHING),
    );
  }
}
