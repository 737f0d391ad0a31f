import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FirmwareUpdater } from "../../../host/flash/firmware-updater.ts";
import type { FlashProgress } from "../../../host/flash/progress.ts";
import { generateKey } from "../../../host/image/node/keys.ts";
import { FlashBench, FREE_SLOT } from "./support/flash-bench.ts";
import { heavyModule, imageOf } from "./support/images.ts";

const NO_FAULTS = "seed=1";
const image = imageOf(heavyModule(4800, 1), { patch: 1 });
const SECTORS = 3;

describe("an installation over a good link", () => {
  let bench: FlashBench;

  beforeAll(async () => {
    bench = await FlashBench.open();
  });

  afterAll(() => bench.close());

  function use<T>(work: (updater: FirmwareUpdater) => Promise<T>): Promise<T> {
    let result: T | undefined;
    return bench
      .with(NO_FAULTS, async (updater) => {
        result = await work(updater);
        return undefined;
      })
      .then(({ end }) => {
        expect(end).toBe("done");
        return result as T;
      });
  }

  it("brings the image into the free slot, byte by byte, and every byte is read back", async () => {
    const heard: FlashProgress[] = [];
    const sent = await use((updater) => updater.install(image, { onProgress: (step) => heard.push(step) }));
    expect(sent).toEqual({
      slot: FREE_SLOT,
      totalBytes: image.length,
      sentBytes: image.length - 256,
      totalSectors: SECTORS,
      skippedSectors: 0,
      resumedAtByte: 0,
    });
    expect(bench.slotBytes(FREE_SLOT, image.length)).toEqual(image);
    expect(heard.at(-1)).toMatchObject({ phase: "verify", bytes: image.length });
    const acknowledged = heard.filter(({ phase }) => phase === "send").map(({ bytes }) => bytes);
    expect(acknowledged).toEqual([...acknowledged].sort((a, b) => a - b));
    expect(acknowledged.at(-1)).toBe(image.length);
  });

  it("an image that stands there is read back, not sent again", async () => {
    const sent = await use((updater) => updater.install(image));
    expect(sent).toMatchObject({ slot: FREE_SLOT, sentBytes: 0, totalSectors: 0 });
  });

  it("says what the slots hold, what runs and what came before", async () => {
    const status = await use((updater) => updater.status());
    expect(status).toMatchObject({ result: "confirmed", running: 0, active: 0, securityFloor: 0 });
    expect(status.slots.map(({ state, image: held }) => [state, held?.version])).toEqual([
      ["confirmed", "0.1.0"],
      ["pending", "2.0.1"],
    ]);
    expect(status.slots[1]?.image?.isDevelopmentKey).toBe(true);
    expect(status.history[0]).toMatchObject({ result: "confirmed", running: 0, reason: undefined });
    expect(status.isLocked).toBe(false);
  });

  it("restart runs it on trial, confirm keeps it, revert goes back to the other one", async () => {
    const restart = await use((updater) => updater.restart(FREE_SLOT));
    expect(restart).toMatchObject({ running: FREE_SLOT, isTrial: true });
    expect(restart.cycles).toBeGreaterThan(0);
    await use((updater) => updater.confirm());
    expect((await use((updater) => updater.status())).slots[FREE_SLOT]?.state).toBe("confirmed");
    const back = await use((updater) => updater.revert());
    expect(back).toMatchObject({ running: 0, isTrial: true });
    await use((updater) => updater.confirm());
    expect((await use((updater) => updater.status())).active).toBe(0);
  });

  it("an image that is not confirmed before a restart is rejected, and the reason stands", async () => {
    await use((updater) => updater.erase(FREE_SLOT));
    await use((updater) => updater.install(image));
    expect(await use((updater) => updater.restart(FREE_SLOT))).toMatchObject({ isTrial: true });
    expect(await use((updater) => updater.restart())).toMatchObject({ running: 0, isTrial: false });
    const status = await use((updater) => updater.status());
    expect(status.slots[FREE_SLOT]).toMatchObject({ state: "rejected", reason: { name: "NOT_CONFIRMED" } });
    expect(status.history[0]).toMatchObject({ running: 0, reason: { name: "NOT_CONFIRMED" }, reasonSlot: 1 });
  });

  it("sectors that the slot holds already are skipped, but for the first", async () => {
    const sent = await use((updater) => updater.install(image));
    expect(sent).toMatchObject({ totalSectors: SECTORS, skippedSectors: SECTORS - 1 });
    expect(sent.sentBytes).toBe(2048 - 256);
    expect(bench.slotBytes(FREE_SLOT, image.length)).toEqual(image);
  });

  it("what a board would refuse is refused before anything is sent", async () => {
    const before = bench.state;
    const { end } = await bench.attempt(imageOf(heavyModule(900, 3), { key: generateKey().key }), NO_FAULTS);
    expect(end).toBe("FlashError refused");
    expect(bench.state).toBe(before);
    const damaged = image.slice();
    damaged[300]! ^= 1;
    expect((await bench.attempt(damaged, NO_FAULTS)).end).toBe("FlashError refused");
    expect(bench.state).toBe(before);
  });

  it("an installation that is stopped goes on where it stopped", async () => {
    const other = imageOf(heavyModule(9000, 7), { patch: 2 });
    const controller = new AbortController();
    const onProgress = ({ sectors }: FlashProgress) => sectors === 2 && controller.abort();
    const { end } = await bench.with(NO_FAULTS, (updater) =>
      updater.install(other, { signal: controller.signal, onProgress }),
    );
    expect(end).toBe("FlashError interrupted");
    expect(await use((updater) => updater.restart())).toMatchObject({ running: 0, isTrial: false });
    const sent = await use((updater) => updater.install(other));
    expect(sent.resumedAtByte).toBeGreaterThanOrEqual(2 * 2048);
    expect(sent.sentBytes).toBeLessThanOrEqual(other.length - 2 * 2048);
    expect(bench.slotBytes(FREE_SLOT, other.length)).toEqual(other);
  });

  it("an installation that another image left open is not taken for its own", async () => {
    await use((updater) => updater.erase(FREE_SLOT));
    const controller = new AbortController();
    const onProgress = ({ sectors }: FlashProgress) => sectors === 1 && controller.abort();
    const other = imageOf(heavyModule(4800, 11), { patch: 3 });
    const { end } = await bench.with(NO_FAULTS, (updater) =>
      updater.install(other, { signal: controller.signal, onProgress }),
    );
    expect(end).toBe("FlashError interrupted");
    expect((await use((updater) => updater.status())).installation).toMatchObject({ sectors: 1 });
    const sent = await use((updater) => updater.install(image));
    expect(sent).toMatchObject({ resumedAtByte: 0, totalSectors: SECTORS });
    expect(bench.slotBytes(FREE_SLOT, image.length)).toEqual(image);
  });

  it("tells why not: nothing to confirm, a slot that runs, bytes that are not there", async () => {
    expect((await bench.with(NO_FAULTS, (updater) => updater.erase(0).then(() => undefined))).end).toBe(
      "FlashError state",
    );
    expect((await bench.with(NO_FAULTS, (updater) => updater.confirm().then(() => undefined))).end).toBe(
      "FlashError state",
    );
    const readBack = bench.with(NO_FAULTS, (updater) =>
      updater.readBack(0, 0, 1 << 18).then(() => undefined),
    );
    expect((await readBack).end).toBe("FlashError state");
  });
});
