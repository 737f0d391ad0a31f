import type { Pong } from "../../server/messages.ts";

/** Offset of the server's wall clock to this page's: from the exchange with the shortest round trip so far. */
export class ClockOffset {
  private lastId = 0;
  private sentAtMs = 0;
  private bestRoundTripMs = Number.POSITIVE_INFINITY;
  private offsetMs = 0;

  /** Begin an exchange; returns its id. */
  ping(nowMs: number): number {
    this.sentAtMs = nowMs;
    this.lastId += 1;
    return this.lastId;
  }

  pong(pong: Pong, nowMs: number): void {
    if (pong.id !== this.lastId) return;
    const roundTripMs = nowMs - this.sentAtMs;
    if (roundTripMs > this.bestRoundTripMs) return;
    this.bestRoundTripMs = roundTripMs;
    this.offsetMs = pong.serverTimeMs - (this.sentAtMs + nowMs) / 2;
  }

  /** Milliseconds from a server time stamp to `nowMs` of this page. */
  sinceMs(serverTimeMs: number, nowMs: number): number {
    return nowMs + this.offsetMs - serverTimeMs;
  }
}
