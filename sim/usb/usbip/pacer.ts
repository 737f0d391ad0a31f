/**
 * When the bus lets the next packet through: so many a second on average, and no more than a burst after a pause. Only the
 * speed depends on it, never what is sent.
 */
export class Pacer {
  readonly #packetsPerMs: number;
  readonly #burst: number;
  #allowance: number;
  #lastMs: number;

  constructor(packetsPerMs: number, nowMs: number, burst = 64) {
    this.#packetsPerMs = packetsPerMs;
    this.#burst = burst;
    this.#allowance = burst;
    this.#lastMs = nowMs;
  }

  /** Takes the right to send a packet. @returns 0, or after how many ms to ask again. */
  ask(nowMs: number): number {
    const gained = (nowMs - this.#lastMs) * this.#packetsPerMs;
    this.#lastMs = nowMs;
    this.#allowance = Math.min(this.#burst, this.#allowance + gained);
    if (this.#allowance < 1) return (1 - this.#allowance) / this.#packetsPerMs;
    this.#allowance -= 1;
    return 0;
  }
}
