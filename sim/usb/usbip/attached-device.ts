import type { TransferResult, UsbDevice } from "../usb-device.ts";
import { InLane } from "./in-lane.ts";
import * as P from "./protocol.ts";

const NOTHING = new Uint8Array(0);
/** IN endpoint addresses have this bit. */
const IN = 0x80;
/** Endpoint numbers have four bits. */
const ENDPOINT_MAX = 15;

/** One attached host: transfers in, answers out, in the order of each endpoint. */
export class AttachedDevice {
  readonly #device: UsbDevice;
  readonly #send: (bytes: Buffer) => void;
  readonly #lanes = new Map<number, InLane>();
  #isAwaited = false;

  constructor(device: UsbDevice, send: (bytes: Buffer) => void) {
    this.#device = device;
    this.#send = send;
    device.onWaiting = () => this.#serveSoon();
  }

  /** @returns false when the host breaks the rules: the connection must end. */
  submit(submit: P.Submit, data: Buffer): boolean {
    if (submit.endpoint === 0) {
      this.#answer(submit, this.#device.control(submit.setup, data));
      // Cleared, halted or configured anew: what was pending may have an answer now.
      this.#serve();
      return true;
    }
    if (submit.direction === P.DIRECTION_OUT) {
      this.#answer(submit, this.#device.write(submit.endpoint, data));
      return true;
    }
    return submit.endpoint <= ENDPOINT_MAX && this.#lane(submit.endpoint | IN).submit(submit);
  }

  unlink(unlink: P.Unlink): void {
    const wasPending = [...this.#lanes.values()].some((lane) => lane.unlink(unlink.victim));
    this.#send(P.unlinkReply(unlink, wasPending ? P.STATUS_UNLINKED : P.STATUS_DONE));
  }

  /** The host is gone. */
  end(): void {
    for (const lane of this.#lanes.values()) lane.end();
    this.#device.onWaiting = undefined;
    this.#device.reset();
  }

  /** After all that the board says at once, so that a bulk transfer takes it whole. */
  #serveSoon(): void {
    if (this.#isAwaited) return;
    this.#isAwaited = true;
    queueMicrotask(() => {
      this.#isAwaited = false;
      this.#serve();
    });
  }

  #serve(): void {
    for (const lane of this.#lanes.values()) lane.serve();
  }

  #lane(endpoint: number): InLane {
    const known = this.#lanes.get(endpoint);
    if (known !== undefined) return known;
    const lane = new InLane(this.#device, endpoint, (submit, result) => this.#answer(submit, result));
    this.#lanes.set(endpoint, lane);
    return lane;
  }

  #answer(submit: P.Submit, result: TransferResult): void {
    if (result.kind !== "done") {
      this.#send(P.submitReply(submit, P.STATUS_STALL, NOTHING));
      return;
    }
    const isShort = submit.direction === P.DIRECTION_IN && result.data.length < submit.length;
    const isRefused = isShort && (submit.flags & P.FLAG_SHORT_NOT_OK) !== 0;
    this.#send(P.submitReply(submit, isRefused ? P.STATUS_SHORT : P.STATUS_DONE, result.data));
  }
}
