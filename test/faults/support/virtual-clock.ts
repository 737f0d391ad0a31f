type Timers = Pick<typeof globalThis, "setTimeout" | "clearTimeout" | "setInterval" | "clearInterval">;

interface Timer {
  readonly run: () => void;
  readonly everyMs: number | undefined;
  dueMs: number;
}

/** Rounds of the event loop without an event after which nothing but a timer can go on. */
const QUIET_ROUNDS = 12;

/**
 * Timers of the host that go off as soon as nothing else happens: time-outs are tried in no time, and one that is too long
 * is seen without waiting for it.
 */
export class VirtualClock {
  readonly #real: Timers;
  readonly #realNow = performance.now.bind(performance);
  readonly #timers = new Map<number, Timer>();
  #last = 0;
  #nowMs = 0;

  /** Takes the place of the timers until restore(). */
  constructor() {
    const { clearInterval, clearTimeout, setInterval, setTimeout } = globalThis;
    this.#real = { clearInterval, clearTimeout, setInterval, setTimeout };
    const start = (run: () => void, ms = 0) => this.#start(run, ms, undefined);
    const repeat = (run: () => void, ms = 0) => this.#start(run, ms, Math.max(1, ms));
    const stop = (timer: { id: number } | undefined) => timer && this.#timers.delete(timer.id);
    Object.assign(globalThis, {
      setTimeout: start,
      setInterval: repeat,
      clearTimeout: stop,
      clearInterval: stop,
    });
    performance.now = () => this.#nowMs;
  }

  get nowMs(): number {
    return this.#nowMs;
  }

  /** Timers that are set. */
  get pending(): number {
    return this.#timers.size;
  }

  restore(): void {
    Object.assign(globalThis, this.#real);
    performance.now = this.#realNow;
  }

  /**
   * Wait for a promise while timers go off.
   * @param activity grows while something happens besides timers.
   * @returns undefined when it settles only after `limitMs` of virtual time, or never.
   */
  async settle<T>(promise: Promise<T>, activity: () => number, limitMs: number): Promise<T | undefined> {
    const untilMs = this.#nowMs + limitMs;
    let isSettled = false;
    const settled = () => {
      isSettled = true;
    };
    promise.then(settled, settled);
    while (!isSettled) {
      await this.#quiet(activity, () => isSettled);
      if (isSettled) break;
      const next = this.#next();
      if (next === undefined || next.dueMs > untilMs) return undefined;
      this.#goOff(next);
    }
    return promise;
  }

  async #quiet(activity: () => number, isSettled: () => boolean): Promise<void> {
    let before = activity();
    for (let quiet = 0; quiet < QUIET_ROUNDS && !isSettled(); quiet++) {
      await new Promise((resolve) => setImmediate(resolve));
      const now = activity();
      if (now !== before) quiet = -1;
      before = now;
    }
  }

  #next(): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.#timers.values())
      if (next === undefined || timer.dueMs < next.dueMs) next = timer;
    return next;
  }

  #goOff(timer: Timer): void {
    this.#nowMs = Math.max(this.#nowMs, timer.dueMs);
    if (timer.everyMs !== undefined) timer.dueMs = this.#nowMs + timer.everyMs;
    else for (const [id, other] of this.#timers) if (other === timer) this.#timers.delete(id);
    timer.run();
  }

  #start(run: () => void, ms: number, everyMs: number | undefined) {
    const id = ++this.#last;
    this.#timers.set(id, { run, everyMs, dueMs: this.#nowMs + Math.max(0, ms) });
    return { id, unref: () => undefined, ref: () => undefined };
  }
}
