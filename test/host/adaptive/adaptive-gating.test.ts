import { createHash } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import {
  type AdaptiveFrame,
  type AdaptiveGatingOptions,
  adaptiveGating,
} from "../../../host/adaptive/adaptive-gating.ts";
import { autoExposure } from "../../../host/adaptive/auto-exposure.ts";
import type { Camera } from "../../../host/camera/camera.ts";
import { openCamera } from "../../../host/open-camera.ts";

let camera: Camera | undefined;

afterEach(async () => {
  await camera?.close();
});

async function open(device = "sim:inas-lidar-64x48", scene = "wall:range=4,radial=1"): Promise<Camera> {
  camera = (await openCamera(device, { simulation: { scene, seed: 3, threads: 0 } })).camera;
  return camera;
}

async function take(opened: Camera, options: AdaptiveGatingOptions): Promise<AdaptiveFrame[]> {
  const frames: AdaptiveFrame[] = [];
  for await (const frame of adaptiveGating(opened, options)) frames.push(frame);
  return frames;
}

function medianSigmaM({ frame }: AdaptiveFrame): number {
  const valid = [...frame.sigmaM].filter((sigma) => sigma > 0 && sigma < Infinity).sort((a, b) => a - b);
  return valid[Math.floor(valid.length / 2)]!;
}

test("a scan, then planned gates with the sigma that was expected; at the end all is put back", async () => {
  const opened = await open();
  const before = await opened.info();
  const [scan, ...planned] = await take(opened, { count: 3, lockStep: true });
  expect(scan!.plan.scanGates).toBe(32);
  for (const frame of planned) {
    expect(frame.plan.scanGates).toBe(8);
    expect(medianSigmaM(frame) / frame.plan.medianSigmaM).toBeCloseTo(1, 1);
    expect(medianSigmaM(scan!) / medianSigmaM(frame)).toBeGreaterThan(2);
  }
  const after = await opened.info();
  expect(after).toMatchObject({ gateDelaysNs: before.mode === "lidar" ? before.gateDelaysNs : [] });
  expect(after).toMatchObject({
    pulsesPerGate: 500,
    gateWidthsNs: before.mode === "lidar" ? before.gateWidthsNs : [],
  });
});

test("in a stream, every frame is told with the gates that it was taken with", async () => {
  const frames: AdaptiveFrame[] = [];
  for await (const frame of adaptiveGating(await open(), { count: 10, widthFactors: [1], rescanFrames: 2 })) {
    frames.push(frame);
    // A slow reader: frames with the gates before wait in the queue when the next ones are written.
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  const scans = frames.filter(({ plan }) => plan.scanGates === 32);
  const planned = frames.filter(({ plan }) => plan.scanGates === 8);
  expect(planned.length).toBeGreaterThan(2);
  expect(scans.length).toBeGreaterThan(1);
  for (const frame of planned) expect(medianSigmaM(scans[0]!) / medianSigmaM(frame)).toBeGreaterThan(1.6);
  for (const frame of scans) expect(medianSigmaM(scans[0]!) / medianSigmaM(frame)).toBeCloseTo(1, 1);
});

test("in lock step, two runs give the same bytes", async () => {
  const hashOf = async () => {
    const opened = await open();
    const hash = createHash("sha256");
    opened.onReport((report) => hash.update(report));
    await take(opened, { count: 3, lockStep: true, budget: { targetSigmaM: 0.02 } });
    await opened.close();
    return hash.digest("hex");
  };
  expect(await hashOf()).toBe(await hashOf());
});

test("pulses as few as the median pixel needs for a sigma", async () => {
  const targetSigmaM = 0.012;
  const frames = await take(await open(), { count: 4, lockStep: true, budget: { targetSigmaM } });
  const last = frames.at(-1)!;
  expect(last.plan.pulseLimit).toBe("target sigma");
  expect(last.frame.pulsesPerGate).toBe(last.plan.pulsesPerGate);
  expect(last.plan.pulsesPerGate).toBeLessThan(500);
  expect(medianSigmaM(last) / targetSigmaM).toBeCloseTo(1, 1);
});

test("every so many frames one scans", async () => {
  const frames = await take(await open(), { count: 8, lockStep: true, rescanFrames: 3 });
  expect(frames.map(({ plan }) => plan.scanGates)).toEqual([32, 8, 8, 8, 32, 8, 8, 8]);
});

test("gates of a swept reset are fixed, and an imager has none", async () => {
  await expect(take(await open("sim:inas-lidar-64x48-swept"), { count: 1 })).rejects.toThrow(/swept reset/);
  await expect(
    take(await open("sim:inas-imager-64x48", "uniform:photons=1e6"), { count: 1 }),
  ).rejects.toThrow(/an imager, expected a LiDAR/);
});

test("an imager's exposure and gain follow the light, within the frame rate", async () => {
  const opened = await open("sim:inas-imager-64x48", "uniform:photons=1e6");
  const levels: number[] = [];
  for await (const { next } of autoExposure(opened, { count: 6 })) levels.push(next.level);
  expect(levels[0]).toBeLessThan(0.05);
  expect(levels.at(-1)).toBeGreaterThan(0.7);
  expect(levels.at(-1)).toBeLessThan(0.9);
  expect((await opened.info()).frameRateHz).toBeCloseTo(60, 0);
  await opened.close();
  const lidar = await open();
  await expect(autoExposure(lidar).next()).rejects.toThrow(/a LiDAR, expected an imager/);
});
