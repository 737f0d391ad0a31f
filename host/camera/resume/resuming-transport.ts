import type { Transport } from "../../transport/transport.ts";
import { TransportError } from "../../transport/transport-error.ts";
import { RegisterJournal } from "./register-journal.ts";
import type { LinkEvent, ResumeOptions } from "./resume-options.ts";

/** What the camera has to do with a device that is back. */
export interface LinkKeeper {
  /** The device has its settings again; nobody else talks to it yet. */
  readonly restart: (bus: Transport) => Promise<void>;
  readonly onLink: (event: LinkEvent) => void;
}

const DEFAULT_LOOK_MS = 250;

/**
 * A transport that outlives the device's cable. When the device is unplugged, register requests wait, credit is void, and the
 * device is looked for; when it is back it is told its settings again and the requests that waited go to it. Like every
 * transport, it takes one feature request at a time.
 */
export class ResumingTransport implements Transport {
  readonly name: string;
  readonly #options: Required<ResumeOptions>;
  readonly #keeper: LinkKeeper;
  readonly #journal = new RegisterJournal();
  readonly #reports: ((report: Uint8Array) => void)[] = [];
  readonly #closed: ((reason: Error | undefined) => void)[] = [];
  #bus: Transport;
  /** Settles when the device is back; rejects when it is given up. */
  #gap: Promise<void> | undefined;
  #resumes = 0;
  #isClosed = false;
  #request = new Uint8Array(0);
  /** The bus that has the present request. */
  #asked: Transport | undefined;
  #stopWaiting: () => void = () => undefined;

  constructor(
    bus: Transport,
    options: ResumeOptions & { readonly reopen: () => Promise<Transport> },
    keeper: LinkKeeper,
  ) {
    this.name = bus.name;
    this.#options = { nextLook: lookAgain, release: async () => undefined, ...options };
    this.#keeper = keeper;
    this.#bus = bus;
    this.#listen(bus);
  }

  get reportsInFlight(): number | undefined {
    return this.#bus.reportsInFlight;
  }

  /** The device is being waited for. */
  get isAway(): boolean {
    return this.#gap !== undefined;
  }

  /** Times that the device came back. */
  get resumes(): number {
    return this.#resumes;
  }

  onReport(listener: (report: Uint8Array) => void): void {
    this.#reports.push(listener);
  }

  onClosed(listener: (reason: Error | undefined) => void): void {
    this.#closed.push(listener);
  }

  /** Credit belongs to a session: what is granted while the device is away is void. */
  async sendReport(report: Uint8Array): Promise<void> {
    const bus = this.#bus;
    if (this.isAway) return;
    await bus.sendReport(report).catch((error: unknown) => {
      if (!this.#isLost(bus)) throw error;
    });
  }

  async sendFeatureReport(report: Uint8Array): Promise<void> {
    this.#request = report.slice();
    this.#asked = undefined;
    await this.#across((bus) => this.#ask(bus));
  }

  async getFeatureReport(reportId: number, length: number): Promise<Uint8Array> {
    const reply = await this.#across(async (bus) => {
      if (this.#asked !== bus) await this.#ask(bus);
      return bus.getFeatureReport(reportId, length);
    });
    this.#journal.note(this.#request, reply);
    return reply;
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#end(undefined);
    try {
      await this.#bus.close();
    } finally {
      await this.#options.release();
    }
  }

  async #ask(bus: Transport): Promise<void> {
    await bus.sendFeatureReport(this.#request);
    this.#asked = bus;
  }

  /** A transfer that the device's going away cuts is done again when the device is back. */
  async #across<T>(transfer: (bus: Transport) => Promise<T>): Promise<T> {
    for (;;) {
      await this.#gap;
      const bus = this.#bus;
      try {
        return await transfer(bus);
      } catch (error) {
        if (!this.#isLost(bus)) throw error;
      }
    }
  }

  #isLost(bus: Transport): boolean {
    return this.isAway || bus !== this.#bus;
  }

  #listen(bus: Transport): void {
    bus.onReport((report) => {
      if (bus !== this.#bus) return;
      for (const listener of this.#reports) listener(report);
    });
    bus.onClosed((reason) => this.#lost(bus, reason));
  }

  #lost(bus: Transport, reason: Error | undefined): void {
    if (bus !== this.#bus || this.isAway || this.#isClosed) return;
    if (!(reason instanceof TransportError && reason.code === "unplugged")) {
      this.#end(reason);
      return;
    }
    this.#gap = this.#bridge(reason);
    // Who waits for it hears it; nobody may.
    this.#gap.catch(() => undefined);
    this.#keeper.onLink({ state: "away", reason });
  }

  async #bridge(reason: Error): Promise<void> {
    const startMs = performance.now();
    let last = reason;
    // Not all of it may know yet that the device is gone.
    await this.#bus.close().catch(() => undefined);
    // One look at least, however long the closing took.
    do {
      await this.#nextLook();
      this.#requireOpen();
      try {
        await this.#attempt(startMs);
        return;
      } catch (error) {
        this.#requireOpen();
        if (!(error instanceof TransportError)) throw this.#end(error);
        last = error;
      }
    } while (performance.now() - startMs < this.#options.timeoutMs);
    throw this.#end(this.#gaveUp(last));
  }

  /** @throws TransportError when the device is not there, or goes away again. */
  async #attempt(awaySinceMs: number): Promise<void> {
    const bus = await this.#options.reopen();
    let isThere = true;
    bus.onClosed(() => {
      isThere = false;
    });
    this.#bus = bus;
    this.#listen(bus);
    try {
      this.#requireOpen();
      await this.#journal.replay(bus);
      await this.#keeper.restart(bus);
      if (!isThere) throw new TransportError("unplugged", `${this.name} went away again`);
    } catch (error) {
      await bus.close().catch(() => undefined);
      throw error;
    }
    this.#back(performance.now() - awaySinceMs);
  }

  /** In the turn in which the device was seen to be there: what goes away from now on is another gap. */
  #back(gapMs: number): void {
    this.#gap = undefined;
    this.#resumes++;
    this.#keeper.onLink({ state: "back", gapMs, resumes: this.#resumes });
  }

  /** The default wait ends early when the transport is closed. */
  async #nextLook(): Promise<void> {
    const stopped = new Promise<void>((resolve) => {
      this.#stopWaiting = resolve;
    });
    await Promise.race([this.#options.nextLook(), stopped]).catch((error: unknown) => {
      throw this.#end(error);
    });
  }

  #requireOpen(): void {
    if (this.#isClosed) throw new TransportError("unplugged", `${this.name} was closed while it was away`);
  }

  #gaveUp(last: Error): TransportError {
    const waited = `${(this.#options.timeoutMs / 1000).toFixed(1)} s`;
    return new TransportError(
      "unplugged",
      `${this.name} was unplugged and did not come back within ${waited} (${last.message}); plug it in and start again`,
      { cause: last },
    );
  }

  #end(error: unknown): Error {
    const reason = error instanceof Error ? error : new Error(String(error));
    if (this.#isClosed) return reason;
    this.#isClosed = true;
    this.#stopWaiting();
    for (const listener of this.#closed) listener(error === undefined ? undefined : reason);
    return reason;
  }
}

function lookAgain(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, DEFAULT_LOOK_MS));
}
