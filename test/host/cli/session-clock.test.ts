import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { realTimeClock, timeLapseClock } from "../../../host/cli/applications/session-clock.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("the clock of a session", () => {
  test("before a real lamp waits from its first point on", async () => {
    const clock = realTimeClock(1 / 60e9, () => false);
    await clock.waitUntil(0);
    vi.advanceTimersByTime(20_000);
    let isDue = false;
    const wait = clock.waitUntil(1).then(() => {
      isDue = true;
    });
    await vi.advanceTimersByTimeAsync(39_000);
    expect(isDue).toBe(false);
    await vi.advanceTimersByTimeAsync(1500);
    await wait;
    expect(isDue).toBe(true);
  });

  test("ends its wait when the session is given up", async () => {
    let isCancelled = false;
    const clock = realTimeClock(1 / 60e9, () => isCancelled);
    await clock.waitUntil(0);
    const wait = clock.waitUntil(60);
    isCancelled = true;
    await vi.advanceTimersByTimeAsync(1000);
    await wait;
  });

  test("in time-lapse never waits", async () => {
    const clock = timeLapseClock(0.5);
    expect(clock.minutesPerNs).toBe(0.5);
    await clock.waitUntil(1e6);
  });
});
