/** Wall time, injected so that tests need not wait. */
export interface WallClock {
  /** Milliseconds since the epoch. */
  nowMs(): number;
  sleep(ms: number): Promise<void>;
}

export const systemClock: WallClock = {
  nowMs: () => Date.now(),
  sleep: (ms) =>
    new Promise((resolve) => {
      // A page that has nothing to wait for must not keep the process alive.
      setTimeout(resolve, ms).unref();
    }),
};
