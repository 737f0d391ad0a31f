import { buildCreditCommand } from "../packet/command-report.ts";
import type { Transport } from "../transport/transport.ts";

/**
 * Keeps the device's credit topped up: never more than `size` reports are outstanding, and the grant is renewed when
 * half of them have come. Lost reports are told by the sequence numbers, so they do not eat the window.
 */
export class CreditWindow {
  readonly #transport: Transport;
  readonly #size: number;
  #granted = 0;
  #settled = 0;
  #sending = false;

  constructor(transport: Transport, size: number) {
    this.#transport = transport;
    this.#size = size;
  }

  /** The device forgets its credit at AcquisitionStart, so does the host. */
  reset(): void {
    this.#granted = 0;
    this.#settled = 0;
  }

  /** Reports that the device may still send when it has sent `seen` of this session. */
  outstanding(seen: number): number {
    return this.#granted - Math.max(seen, this.#settled);
  }

  /** The device says it has sent `sent` reports of this session; those that the host has not seen are lost. */
  settle(sent: number): void {
    this.#settled = sent;
  }

  /** Grant what is missing, if that is worth a report. `seen` may grow while the grant is on its way. */
  async topUp(seen: () => number, isWanted: () => boolean): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    try {
      while (isWanted() && this.outstanding(seen()) <= this.#size / 2) {
        const more = this.#size - this.outstanding(seen());
        this.#granted += more;
        await this.#transport.sendReport(buildCreditCommand(more));
      }
    } finally {
      this.#sending = false;
    }
  }
}
