import type { Outcome } from "./torn.ts";

/** Thrown out of a flash operation: the power is gone, and with it all but the flash. */
export class PowerCut extends Error {
  override readonly name = "PowerCut";
  readonly outcome: Outcome;

  constructor(outcome: Outcome) {
    super(`power cut: ${outcome}`);
    this.outcome = outcome;
  }
}
