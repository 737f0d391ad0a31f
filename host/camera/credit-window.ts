import type { Transport } from "../transport/transport.ts";
import { sendCredit } from "./send-credit.ts";

/**
 * Keeps the device's credit topped up: never more than `size` reports are outstanding, and the grant is renewed when
 * half of them have come. Credit outlives an acquisition. Lost reports are told by the sequence numbers, so they do
 * not eat the window.
 */
export class CreditWindow {
  readonly #transport: Transport;
  #size: number;
  #granted = 0;
  /** Credit that reports outside of the present acquisition have used. */
  #usedBefore = 0;
  /** Reports of this acquisition as the device counts them; 0 until it was asked. */
  #sent = 0;
  #isSending = false;

  constructor(transport: Transport, size: number) {
    this.#transport = transport;
    this.#size = size;
  }

  /** Reports that the device may still send when the host has seen `seen` of this acquisition, lost ones included. */
  outstanding(seen: number): number {
    return this.#granted - this.#usedBefore - Math.max(seen, this.#sent);
  }

  /** A report arrived while no acquisition runs. */
  countStray(): void {
    this.#usedBefore++;
  }

  endAcquisition(seen: number): void {
    this.#usedBefore += Math.max(seen, this.#sent);
    this.#sent = 0;
  }

  /** The device says that it has sent `sent` reports of this acquisition: those that the host has not seen are lost. */
  settle(sent: number): void {
    this.#sent = sent;
  }

  /** The device says that reports wait for credit: it has none, whatever the host believes. */
  forgetOutstanding(seen: number): void {
    this.#granted -= this.outstanding(seen);
  }

  /** The device is another session's now: it has no credit. */
  restart(size: number): void {
    this.#size = size;
    this.#granted = 0;
    this.#usedBefore = 0;
    this.#sent = 0;
  }

  /** Whether topUp would grant: asked for every report, so that most need no promise. */
  isDue(seen: number): boolean {
    return !this.#isSending && this.outstanding(seen) <= this.#size / 2;
  }

  /** Grant what is missing, if that is worth a report. `seen` may grow while the grant is on its way. */
  async topUp(seen: () => number, isWanted: () => boolean): Promise<void> {
    if (this.#isSending) return;
    this.#isSending = true;
    try {
      while (isWanted() && this.outstanding(seen()) <= this.#size / 2) {
        this.#takeOver(seen());
        const more = this.#size - this.outstanding(seen());
        this.#granted += more;
        await sendCredit(this.#transport, more);
      }
    } finally {
      this.#isSending = false;
    }
  }

  /** More has come than was granted: a grant arrived twice. What it gave is used up, and is not given once more. */
  #takeOver(seen: number): void {
    this.#granted += Math.max(0, -this.outstanding(seen));
  }
}
