import { isDeepStrictEqual } from "node:util";
import type { Exposer } from "../pool/exposer.ts";
import { FRAME_SLOTS } from "../pool/frame-store.ts";

interface InFlight<Job> {
  readonly job: Job;
  readonly slot: number;
  readonly done: Promise<void>;
}

/**
 * Lets worker threads expose the next frame while this thread reads the present one. What was exposed ahead is used
 * only if the frame, when its turn comes, is still the same job; so working ahead never shows in the result.
 */
export class ExposurePipeline<Job> {
  private readonly exposer: Exposer<Job>;
  private ahead: InFlight<Job> | undefined;
  private slot = 0;

  constructor(exposer: Exposer<Job>) {
    this.exposer = exposer;
  }

  /** Expose `job`, or take it if it was exposed ahead. @returns the slot of the frame store that holds it. */
  async take(job: Job): Promise<number> {
    const ahead = this.ahead;
    this.ahead = undefined;
    if (ahead !== undefined) {
      await ahead.done;
      if (isDeepStrictEqual(ahead.job, job)) {
        this.slot = ahead.slot;
        return ahead.slot;
      }
    }
    this.slot = (this.slot + 1) % FRAME_SLOTS;
    await this.exposer.expose(job, this.slot);
    return this.slot;
  }

  /** Start on the frame after the one taken last, into the other slot. */
  prepare(job: Job): void {
    if (!this.exposer.concurrent || this.ahead !== undefined) return;
    const slot = (this.slot + 1) % FRAME_SLOTS;
    const done = this.exposer.expose(job, slot);
    // A failure is thrown where the frame is taken; until then it must not count as unhandled.
    done.catch(() => undefined);
    this.ahead = { job, slot, done };
  }

  async close(): Promise<void> {
    await this.exposer.close();
  }
}
