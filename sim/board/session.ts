import { REG_SESSION_TAKEOVER, REG_SESSION_TOKEN } from "../../hw-profiles/interface/registers.ts";

/**
 * Which program may change the board. Several may open one device node, and the bus does not tell them apart: their token
 * does. Without a holder, a sender without a token may change everything.
 */
export class Session {
  #holder = 0;
  #activity = 0;

  /** Token of the holder, 0 = none. */
  get holder(): number {
    return this.#holder;
  }

  /** Requests and commands of the holder, modulo 2^32. */
  get activity(): number {
    return this.#activity;
  }

  /** A request or command came in. */
  heard(token: number): void {
    if (token !== 0 && token === this.#holder) this.#activity = (this.#activity + 1) >>> 0;
  }

  /** Whether the sender may grant credit. */
  admits(token: number): boolean {
    return token === this.#holder;
  }

  /** Whether the sender may write to `address`: a free board can be claimed, and any board taken over. */
  admitsWrite(token: number, address: number): boolean {
    if (address === REG_SESSION_TAKEOVER) return true;
    return this.admits(token) || (this.#holder === 0 && address === REG_SESSION_TOKEN);
  }

  /** @param token of the new holder, 0 = none. */
  begin(token: number): void {
    this.#holder = token;
  }
}
