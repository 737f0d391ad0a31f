import { afterAll, beforeAll, expect, test } from "vitest";
import { CameraError } from "../../../host/camera/camera-error.ts";
import { type OpenedCamera, openCamera } from "../../../host/open-camera.ts";
import { loadImagingProfile } from "../../../hw-profiles/load/load-profile.ts";

const PROFILE = "inas-imager-64x48";
const TOO_LONG_NS = 30_000_000;

let opened: OpenedCamera;
beforeAll(async () => {
  opened = await openCamera(`sim:${PROFILE}`, { simulation: { scene: "dark" } });
});
afterAll(() => opened.camera.close());

async function refusal(name: string, value: number): Promise<CameraError> {
  const error = await opened.camera.registers.write(name, value).catch((reason: unknown) => reason);
  if (!(error instanceof CameraError)) throw new Error(`${name} = ${value} was not refused`);
  return error;
}

test("a refused write carries the device's own words, whole, as LastRefusal has them", async () => {
  const { registers } = opened.camera;
  const { code, message } = await refusal("ExposureTime", TOO_LONG_NS);
  const words = await registers.readText("LastRefusal");
  expect(code).toBe("status");
  expect(words).toMatch(
    /^ExposureTime: found an exposure longer than the frame allows: .*expected at most \d+ ns/,
  );
  expect(message).toContain("OUT_OF_RANGE");
  expect(message).toContain(words);
});

test("nothing of a refused write is kept, and the limit that is told is right", async () => {
  const { registers } = opened.camera;
  const before = await registers.readNumber("ExposureTime");
  const { message } = await refusal("ExposureTime", TOO_LONG_NS);
  expect(await registers.readNumber("ExposureTime")).toBe(before);
  const limitNs = Number(/expected at most (\d+) ns/.exec(message)?.[1]);
  const step = await registers.readNumber("RowTime");
  await registers.write("ExposureTime", limitNs);
  expect(await registers.readNumber("ExposureTime")).toBeLessThanOrEqual(limitNs + step);
  await registers.write("ExposureTime", before);
});

test("refusals at the same time keep their own words", async () => {
  const errors = await Promise.all([refusal("OffsetX", 10), refusal("Gain", 9), refusal("TriggerMode", 1)]);
  const words = [/OffsetX 10 \+ Width 64/, /Gain: found 9/, /SimTriggerPeriod above 0/];
  for (const [i, { message }] of errors.entries()) expect(message).toMatch(words[i]!);
});

test.each([
  ["shotnoise", /found "shotnoise", expected one of .*did you mean shotNoise/],
  ["everything", /found "everything", expected one of /],
])("openCamera refuses the effect %s", async (name, message) => {
  const effects = { [name]: false };
  await expect(openCamera(`sim:${PROFILE}`, { simulation: { effects } })).rejects.toThrow(message);
});

test("openCamera takes single effects over what all says; a profile that is given is not changed", async () => {
  const profile = loadImagingProfile(PROFILE);
  const simulation = { profile, scene: "dark", effects: { all: false, offsetPattern: true } };
  const { camera } = await openCamera("sim", { simulation });
  const pictures: number[][] = [];
  for await (const { intensityDn } of camera.imageFrames({ count: 2 })) pictures.push([...intensityDn]);
  await camera.close();
  // Without noise two pictures are the same; cds takes the offsets away, but for the steps of the dark map.
  expect(pictures[1]).toEqual(pictures[0]);
  expect(pictures[0]!.every((valueDn) => Math.abs(valueDn) <= 1 / 16)).toBe(true);
  expect(profile.effects.shotNoise.on).toBe(true);
});
