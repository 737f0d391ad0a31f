import { afterEach, expect, test } from "vitest";
import { loadLidarProfile } from "../../../hw-profiles/load/load-profile.ts";
import { lidarBands } from "../../../sim/pool/band.ts";
import type { Exposer } from "../../../sim/pool/exposer.ts";
import type { ExposureJob } from "../../../sim/pool/exposure-job.ts";
import { createFrameStore, FRAME_SLOTS } from "../../../sim/pool/frame-store.ts";
import { openExposer } from "../../../sim/pool/open-exposer.ts";

const profile = loadLidarProfile("inas-lidar-64x48");
const setup = { profile, scene: "wall:range=2", seed: 1n, raysPerSide: 2 };
const bands = lidarBands(setup);
const CODES = 32 * 48 * 64;
const job = {
  frame: 0,
  startNs: 0,
  settings: { pulsesPerGate: 500, ambientSun: 0.02, temperatureMk: 308_150 },
};

let exposer: Exposer<ExposureJob> | undefined;

afterEach(async () => {
  await exposer?.close();
  exposer = undefined;
});

test("workers fill the slot that they are told, and only that one", async () => {
  const store = createFrameStore(CODES);
  exposer = await openExposer(bands, store, 3);
  expect(exposer.concurrent).toBe(true);
  await exposer.expose(job, 1);
  expect(store.slots.length).toBe(FRAME_SLOTS);
  expect(store.slots[0]!.every((code) => code === 0)).toBe(true);
  expect(store.slots[1]!.filter((code) => code === 0).length).toBeLessThan(100);
});

test.each([0, 2])(
  "with %s threads a failure in a band is thrown, and the next frame works",
  async (threads) => {
    const store = createFrameStore(CODES);
    exposer = await openExposer(bands, store, threads);
    await expect(exposer.expose(job, FRAME_SLOTS)).rejects.toThrow();
    await exposer.expose(job, 0);
    expect(store.slots[0]!.some((code) => code > 0)).toBe(true);
  },
);

test("more threads than rows still cover every row once", async () => {
  const tiny = { ...profile, array: { ...profile.array, heightPx: 2 } };
  const store = createFrameStore(32 * 2 * 64);
  exposer = await openExposer(lidarBands({ ...setup, profile: tiny }), store, 5);
  await exposer.expose(job, 0);
  expect(store.slots[0]!.length).toBe(32 * 2 * 64);
  expect(store.slots[0]!.filter((code) => code === 0).length).toBeLessThan(10);
});

test.each([-1, 65, 0.5, Number.NaN])("%s threads are refused", async (threads) => {
  await expect(openExposer(bands, createFrameStore(CODES), threads)).rejects.toThrow(
    /an integer from 0 to 64/,
  );
});
