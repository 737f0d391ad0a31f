import { damaged } from "./damage.ts";
import type { ChosenFault } from "./fault-injector.ts";
import type { Pauses } from "./pauses.ts";
import type { Random } from "./random.ts";

/** Input reports on their way to the host. Without a pause they arrive at once. */
export class InputLine {
  readonly #deliver: (report: Uint8Array) => void;
  readonly #pauses: Pauses;
  readonly #random: Random;
  /** Changes places with the next report. */
  #held: Uint8Array | undefined;
  /** Reports behind a stall; they are as many as the device has credit for. */
  #queue: Uint8Array[] = [];
  #stalls = 0;

  constructor(deliver: (report: Uint8Array) => void, pauses: Pauses, random: Random) {
    this.#deliver = deliver;
    this.#pauses = pauses;
    this.#random = random;
  }

  take(report: Uint8Array, fault: ChosenFault | undefined): void {
    const rule = fault?.rule;
    const held = this.#held;
    this.#held = rule?.kind === "reorder" ? report.slice() : undefined;
    if (rule?.kind === "stall") this.#stall(rule.value);
    if (rule?.kind === "delay") this.#deliverLater(report.slice(), rule.value);
    else if (rule?.kind !== "drop" && rule?.kind !== "reorder") {
      this.#pass(damaged(report, rule, this.#random));
      if (rule?.kind === "duplicate") this.#pass(report.slice());
    }
    if (held !== undefined) this.#pass(held);
  }

  #pass(report: Uint8Array): void {
    // A queue that is being delivered grows while the host grants credit from within.
    if (this.#stalls > 0 || this.#queue.length > 0) this.#queue.push(report.slice());
    else this.#deliver(report);
  }

  #deliverLater(report: Uint8Array, ms: number | undefined): void {
    this.#pauses.wait(ms).then(
      () => this.#pass(report),
      () => undefined,
    );
  }

  #stall(ms: number | undefined): void {
    this.#stalls++;
    this.#pauses.wait(ms).then(
      () => this.#flow(),
      () => undefined,
    );
  }

  #flow(): void {
    this.#stalls--;
    while (this.#stalls === 0 && this.#queue.length > 0) {
      this.#deliver(this.#queue[0]!);
      this.#queue.shift();
    }
  }
}
