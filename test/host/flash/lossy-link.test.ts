import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FlashBench, FREE_SLOT, WIDE_FLASH } from "./support/flash-bench.ts";
import { heavyModule, imageOf } from "./support/images.ts";
import { LOSSES, type Loss, lossyInstall, lossySpec } from "./support/lossy-link.ts";

const image = imageOf(heavyModule(17_000, 1), { patch: 1 });
const RATE = 0.2;
/** Installations of each kind; `npm run campaign:flash-link` does more, at more rates. */
const SEEDS = [1, 2, 3];
/** What a sender that knows at once what was lost would send; of the rest, a tenth. */
const MOST_SENT = 1.1 / (1 - RATE);

describe("an installation over a link that never heals", () => {
  let bench: FlashBench;

  beforeAll(async () => {
    bench = await FlashBench.open(WIDE_FLASH);
  });

  afterAll(() => bench.close());

  it.each(Object.keys(LOSSES) as Loss[])("%s of every fifth packet, both ways", async (loss) => {
    for (const seed of SEEDS) {
      const run = await lossyInstall(bench, image, lossySpec(loss, RATE, seed));
      expect(run).toMatchObject({ end: "done", isWhole: true, sectorsSentAgain: 0 });
      expect(run.sentRatio).toBeLessThan(MOST_SENT);
    }
  });

  it.each(["set.drop:1", "get.drop:1", "set.drop:0.9,get.corrupt:0.9", "set.fail:1"])(
    "a link that is dead (%s) ends with an error that has a name, in less than two minutes",
    async (faults) => {
      const startMs = bench.clock.nowMs;
      const { end } = await bench.attempt(image, faults);
      expect(end).toMatch(/^(TransportError (busy|timeout|stalled|damaged)|FlashError link)$/);
      expect(bench.clock.nowMs - startMs).toBeLessThan(120_000);
    },
  );

  it.each(["set.drop@200x100000", "get.drop@30x100000", "set.corrupt@200x100000", "get.fail@30x100000"])(
    "a link that dies on the way (%s) too, and the next attempt goes on",
    async (faults) => {
      await bench.with("seed=1", (updater) => updater.erase(FREE_SLOT).then(() => undefined));
      const startMs = bench.clock.nowMs;
      expect((await bench.attempt(image, faults)).end).toMatch(/^FlashError link$/);
      expect(bench.clock.nowMs - startMs).toBeLessThan(120_000);
      expect((await bench.attempt(image, "seed=1")).end).toBe("done");
    },
  );
});
