interface Pause {
  readonly stop: (error: Error) => void;
}

/** Pauses of a link: all of them end when it is closed. */
export class Pauses {
  readonly #open = new Set<Pause>();

  /** Resolves after `ms`, undefined: never. Rejects once the link is closed. */
  wait(ms: number | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = ms === undefined ? undefined : setTimeout(() => end(resolve), ms);
      const pause: Pause = { stop: (error) => end(() => reject(error)) };
      const end = (settle: () => void) => {
        clearTimeout(timer);
        this.#open.delete(pause);
        settle();
      };
      this.#open.add(pause);
    });
  }

  /** As wait(), and not before `earlier`. */
  async waitAfter(earlier: Promise<void>, ms: number | undefined): Promise<void> {
    await Promise.all([earlier, this.wait(ms)]);
  }

  close(error: Error): void {
    for (const pause of this.#open) pause.stop(error);
  }
}
