import { expect, test } from "vitest";
import { smallLidar } from "./support/configuration.ts";
import { ALL_FAULTS, LongRun } from "./support/long-run.ts";
import { liveBytes } from "./support/memory.ts";
import { VirtualClock } from "./support/virtual-clock.ts";

const REPORTS = 20_000;
/** Nobody waits for it: virtual time. */
const LIMIT_MS = 3_600_000;
/** Live memory rises and falls with the frames that are under way, by 2 MB. The reports between the two looks have 15 MB. */
const GROWTH_BYTES = 5e6;

test(`${REPORTS} reports over a link with every fault at one in a thousand: no frame is wrong, memory stays`, async () => {
  const clock = new VirtualClock();
  try {
    const run = await LongRun.open(smallLidar(), `${ALL_FAULTS},seed=5`);
    const until = (reports: number) =>
      clock.settle(
        run.run(() => run.reports >= reports).then(() => true),
        () => run.activity,
        LIMIT_MS,
      );
    expect(await until(REPORTS / 4), "the host hangs").toBe(true);
    const before = liveBytes();
    expect(await until(REPORTS), "the host hangs").toBe(true);
    expect(liveBytes() - before).toBeLessThan(GROWTH_BYTES);
    const figures = run.figures();
    expect(figures.problems).toEqual([]);
    expect(figures.complete).toBeGreaterThan(0.8 * (REPORTS / 14));
    expect(figures.incomplete).toBeGreaterThan(0);
    expect(figures.faultTotal).toBeGreaterThan(0.005 * REPORTS);
    await run.close();
  } finally {
    clock.restore();
  }
});
