/**
 * When the bus lets the next packet through: so many bytes a second on average, and no more than a burst after a pause. Only
 * the speed depends on it, never what is sent.
 */
export class Pacer {
  readonly #bytesPerMs: number;
  readonly #burstBytes: number;
  /** Below zero after a transfer that took more than there was: it is waited for afterwards. */
  #allowance: number;
  #lastMs: number;

  constructor(bytesPerMs: number, burstBytes: number, nowMs: number) {
    this.#bytesPerMs = bytesPerMs;
    this.#burstBytes = burstBytes;
    this.#allowance = burstBytes;
    this.#lastMs = nowMs;
  }

  /** @returns 0: the bus is free; else after how many ms to ask again. */
  waitMs(nowMs: number): number {
    const gained = (nowMs - this.#lastMs) * this.#bytesPerMs;
    this.#lastMs = nowMs;
    this.#allowance = Math.min(this.#burstBytes, this.#allowance + gained);
    return this.#allowance > 0 ? 0 : (1 - this.#allowance) / this.#bytesPerMs;
  }

  spend(bytes: number): void {
    this.#allowance -= bytes;
  }
}
