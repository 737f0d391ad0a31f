import type { SessionClock } from "../../applications/flat-field/flat-field.ts";

const MS_PER_MIN = 60_000;
const POLL_MS = 500;

/** The lamp ages with the camera's frames: there is nothing to wait for. */
export function timeLapseClock(minutesPerNs: number): SessionClock {
  return { minutesPerNs, waitUntil: () => Promise.resolve() };
}

/** The lamp ages as the clock on the wall goes, from the first wait on. Waits end early when the session is given up. */
export function realTimeClock(minutesPerNs: number, isCancelled: () => boolean): SessionClock {
  let startMs: number | undefined;
  return {
    minutesPerNs,
    async waitUntil(minutes) {
      startMs ??= performance.now();
      const dueMs = startMs + minutes * MS_PER_MIN;
      for (let leftMs = 1; leftMs > 0 && !isCancelled(); ) {
        leftMs = dueMs - performance.now();
        if (leftMs > 0) await new Promise((resolve) => setTimeout(resolve, Math.min(leftMs, POLL_MS)));
      }
    },
  };
}
