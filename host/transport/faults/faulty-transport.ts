import type { Transport } from "../transport.ts";
import { TransportError } from "../transport-error.ts";
import { damaged } from "./damage.ts";
import type { ChosenFault, FaultInjector } from "./fault-injector.ts";
import type { FaultPipe } from "./fault-spec.ts";
import { InputLine } from "./input-line.ts";
import { OutputLine } from "./output-line.ts";
import { Pauses } from "./pauses.ts";

/** A transport and the faults of its link. Use withFaults(). */
export class FaultyTransport implements Transport {
  readonly name: string;
  /** What was done so far, and to how many packets. */
  readonly injector: FaultInjector;
  readonly #inner: Transport;
  readonly #pauses = new Pauses();
  readonly #reports: ((report: Uint8Array) => void)[] = [];
  readonly #closed: ((reason: Error | undefined) => void)[] = [];
  readonly #input: InputLine;
  readonly #output: OutputLine;
  readonly #requests: OutputLine;
  /** Of replies; settles when they are over. */
  #stalls = Promise.resolve();
  #lastReply = new Uint8Array(0);
  #gone: Error | undefined;

  constructor(inner: Transport, injector: FaultInjector) {
    this.name = inner.name;
    this.injector = injector;
    this.#inner = inner;
    const { random } = injector;
    this.#input = new InputLine((report) => this.#deliver(report), this.#pauses, random);
    this.#output = new OutputLine((report) => inner.sendReport(report), this.#pauses, random);
    this.#requests = new OutputLine((report) => inner.sendFeatureReport(report), this.#pauses, random);
    inner.onReport((report) => this.#arrive(report));
    inner.onClosed((reason) => this.#end(reason));
  }

  get reportsInFlight(): number | undefined {
    return this.#inner.reportsInFlight;
  }

  onReport(listener: (report: Uint8Array) => void): void {
    this.#reports.push(listener);
  }

  onClosed(listener: (reason: Error | undefined) => void): void {
    this.#closed.push(listener);
  }

  async sendReport(report: Uint8Array): Promise<void> {
    await this.#output.take(report, this.#next("out"));
  }

  async sendFeatureReport(report: Uint8Array): Promise<void> {
    await this.#requests.take(report, this.#next("set"));
  }

  async getFeatureReport(reportId: number, length: number): Promise<Uint8Array> {
    const rule = this.#next("get")?.rule;
    if (rule?.kind === "stale") return this.#lastReply.slice();
    if (rule?.kind === "drop") await this.#pauses.wait(undefined);
    if (rule?.kind === "stall") this.#stalls = this.#pauses.waitAfter(this.#stalls, rule.value);
    await this.#stalls;
    if (rule?.kind === "delay") await this.#pauses.wait(rule.value);
    this.#requireLink();
    const reply = await this.#inner.getFeatureReport(reportId, length);
    this.#lastReply = reply.slice();
    return damaged(reply, rule, this.injector.random);
  }

  async close(): Promise<void> {
    this.#end(undefined);
    await this.#inner.close();
  }

  #arrive(report: Uint8Array): void {
    if (this.#gone !== undefined) return;
    const fault = this.injector.next("in");
    if (fault?.rule.kind === "unplug") this.#unplug(fault);
    else this.#input.take(report, fault);
  }

  #deliver(report: Uint8Array): void {
    if (this.#gone !== undefined) return;
    for (const listener of this.#reports) listener(report);
  }

  /** The fault of a packet that the host sends or asks for. @throws TransportError where it fails or finds no device. */
  #next(pipe: FaultPipe): ChosenFault | undefined {
    this.#requireLink();
    const fault = this.injector.next(pipe);
    if (fault?.rule.kind === "unplug") throw this.#unplug(fault);
    if (fault?.rule.kind === "fail")
      throw new TransportError("stalled", `${this.name}: the transfer failed (${told(fault)})`);
    return fault;
  }

  #unplug(fault: ChosenFault): Error {
    const error = new TransportError("unplugged", `${this.name} was unplugged (${told(fault)})`);
    this.#end(error);
    // The host has lost the device whatever becomes of what is behind it.
    this.#inner.close().catch(() => undefined);
    return error;
  }

  #end(reason: Error | undefined): void {
    if (this.#gone !== undefined) return;
    this.#gone =
      reason ??
      new TransportError(
        "unplugged",
        `${this.name} is closed: found a request, expected none; open it again`,
      );
    this.#pauses.close(this.#gone);
    for (const listener of this.#closed) listener(reason);
  }

  #requireLink(): void {
    if (this.#gone !== undefined) throw this.#gone;
  }
}

/** Which fault it was: faults that are done on purpose say so. */
function told({ index, rule }: ChosenFault): string {
  return `fault ${rule.text} at packet ${index} of ${rule.pipe}`;
}
