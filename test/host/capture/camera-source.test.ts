import { expect, test } from "vitest";
import { CameraSource } from "../../../host/capture/emva/camera-source.ts";
import { FakeCamera, ROW_NS } from "./fake-camera.ts";

async function open(camera = new FakeCamera()) {
  const lights: boolean[] = [];
  const source = await CameraSource.open(camera, async (isOn) => void lights.push(isOn), 12);
  return { camera, lights, source };
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

test("the camera is set to single reads, a rolling shutter, no trigger and raw codes alone", async () => {
  const { camera, source } = await open();
  expect(camera.written).toEqual([
    "ReadMode 0",
    "SensorShutterMode 0",
    "TriggerMode 0",
    "ComponentEnable 32",
  ]);
  expect(source).toMatchObject({ width: 2, height: 2, bits: 12, saturationDn: 3680, minExposureNs: ROW_NS });
});

test("exposures may be set in any order: the frame is made long enough first", async () => {
  const { source } = await open();
  for (const wantedNs of [12, 5_000_003, 300_000_000, 40_000, 20_000_000, 10_000]) {
    const exposureNs = await source.setExposure(wantedNs);
    expect(Math.abs(exposureNs - Math.max(wantedNs, ROW_NS))).toBeLessThanOrEqual(ROW_NS / 2);
  }
});

test("frames with losses are taken again; too many end the capture", async () => {
  const { camera, source } = await open();
  camera.damaged.add(1).add(4);
  const images = await all(source.take(4));
  expect(images.map((codes) => codes[0])).toEqual([0, 2, 3, 5]);
  for (let frame = 6; frame < 20; frame++) camera.damaged.add(frame);
  await expect(all(source.take(4))).rejects.toThrow("found 0 whole frames and 8 with losses, expected 4");
});

test("a camera that ends early, or whose frames are exposed otherwise, is said", async () => {
  const { camera, source } = await open();
  camera.endsAfter = 0;
  await expect(all(source.take(2))).rejects.toThrow("found 0 whole frames and 0 with losses, expected 2");
  camera.endsAfter = 9;
  camera.extraNs = 1;
  await expect(all(source.take(2))).rejects.toThrow("found a frame of 5000001 ns, expected 5000000 ns");
});

test("a camera that sends ranges is refused", async () => {
  const camera = new FakeCamera();
  camera.mode = "lidar";
  await expect(open(camera)).rejects.toThrow("fake:1 sends ranges, expected a camera that sends pictures");
});

test("the lamp is the caller's", async () => {
  const { lights, source } = await open();
  await source.setLight(true);
  await source.setLight(false);
  expect(lights).toEqual([true, false]);
});
