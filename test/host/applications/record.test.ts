import { describe, expect, test } from "vitest";
import { DEFAULT_BAND, heartRate } from "../../../host/applications/heart-rate/heart-rate.ts";
import { recordLight } from "../../../host/applications/heart-rate/record.ts";
import { FakeImager } from "./fake-imager.ts";

const options = { seconds: 10, band: DEFAULT_BAND };
const pulse = (timeS: number) => 1000 - 8 * Math.sin(2 * Math.PI * 1.5 * timeS);

describe("a record of light", () => {
  test("is the mean of the good pixels of the middle half, 30 times a second", async () => {
    const camera = new FakeImager();
    const record = await recordLight(camera, options);
    expect(record.region).toEqual({ width: 8, height: 4, offsetX: 4, offsetY: 2 });
    expect(record.pixels).toBe(31);
    expect(record.lightDn).toEqual(new Float64Array(300).fill(1000));
    expect([record.frameRateHz, record.frameRateWhy]).toEqual([30, "the usual rate"]);
  });

  test("goes as fast as a slow imager can, and says so", async () => {
    const camera = new FakeImager();
    camera.minFrameS = 0.08;
    const record = await recordLight(camera, options);
    expect(record.frameRateHz).toBeCloseTo(12.5, 6);
    expect(record.frameRateWhy).toBe("the most the imager gives");
    camera.minFrameS = 0.2;
    await expect(recordLight(camera, options)).rejects.toThrow(
      "found 5 frames per second, which sample rates below 150 bpm; expected more than 8 for rates up to 240 bpm: raise the frame rate, shorten the exposure or lower",
    );
  });

  test("keeps its time through damaged and dropped frames", async () => {
    const camera = new FakeImager();
    camera.light = pulse;
    for (const frame of [3, 50, 51, 120]) camera.damaged.add(frame);
    for (const frame of [30, 31, 200]) camera.dropped.add(frame);
    const record = await recordLight(camera, options);
    expect(record.frames).toBe(296);
    expect(record.lostFrames).toBe(7);
    expect(record.lightDn).toHaveLength(303);
    // Between the neighbours of one lost frame: the sine's bend over two frames, 8 (0.314)^2 / 2.
    for (let i = 0; i < 303; i++)
      expect(Math.abs(record.lightDn[i]! - pulse(i / 30))).toBeLessThan(i > 48 && i < 53 ? 1 : 0.9);
    const found = heartRate(record.lightDn, record.frameRateHz);
    expect(Math.abs(found.rateBpm! - 90)).toBeLessThan(0.2);
  });

  test("ends when it is given up", async () => {
    const camera = new FakeImager();
    let frames = 0;
    const record = await recordLight(camera, {
      ...options,
      onFrame: () => frames++,
      isCancelled: () => frames >= 100,
    });
    expect(record.frames).toBe(100);
  });

  test("leaves saturated pixels out, and refuses when they are many", async () => {
    const camera = new FakeImager();
    camera.saturatedPixels = 3;
    expect((await recordLight(camera, options)).pixels).toBe(28);
    camera.saturatedPixels = 4;
    await expect(recordLight(camera, options)).rejects.toThrow("found 13 % of the region saturated");
  });

  test("refuses a LiDAR, the dark, a short record and a link that loses all", async () => {
    const lidar = new FakeImager();
    lidar.mode = "lidar";
    await expect(recordLight(lidar, options)).rejects.toThrow(
      "fake:2 is a LiDAR, expected an imaging sensor",
    );
    const dark = new FakeImager();
    dark.light = () => 3;
    await expect(recordLight(dark, options)).rejects.toThrow("found a mean of 3.00 DN");
    await expect(recordLight(new FakeImager(), { ...options, seconds: 4 })).rejects.toThrow("at least 5 s");
    const broken = new FakeImager();
    for (let frame = 1; frame < 300; frame++) broken.damaged.add(frame);
    await expect(recordLight(broken, options)).rejects.toThrow("gave 1 whole frames of 300; check the link");
  });
});
