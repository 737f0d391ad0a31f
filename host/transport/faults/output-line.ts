import { damaged } from "./damage.ts";
import type { ChosenFault } from "./fault-injector.ts";
import type { Pauses } from "./pauses.ts";
import type { Random } from "./random.ts";

/** Output reports or register requests on their way to the device. */
export class OutputLine {
  readonly #send: (packet: Uint8Array) => Promise<void>;
  readonly #pauses: Pauses;
  readonly #random: Random;
  #held: Uint8Array | undefined;
  /** Settles when the stalls are over. */
  #stalls: Promise<void> | undefined;

  constructor(send: (packet: Uint8Array) => Promise<void>, pauses: Pauses, random: Random) {
    this.#send = send;
    this.#pauses = pauses;
    this.#random = random;
  }

  /** Resolves when the sender believes that the packet has gone. */
  async take(packet: Uint8Array, fault: ChosenFault | undefined): Promise<void> {
    const rule = fault?.rule;
    if (rule?.kind === "stall")
      this.#stalls = this.#pauses.waitAfter(this.#stalls ?? Promise.resolve(), rule.value);
    if (this.#stalls !== undefined) await this.#stalls;
    if (rule?.kind === "delay") await this.#pauses.wait(rule.value);
    const held = this.#held;
    this.#held = rule?.kind === "reorder" ? packet.slice() : undefined;
    if (rule?.kind !== "drop" && rule?.kind !== "reorder") {
      await this.#send(damaged(packet, rule, this.#random));
      if (rule?.kind === "duplicate") await this.#send(packet);
    }
    if (held !== undefined) await this.#send(held);
  }
}
