import { PIXEL_INVALID, PIXEL_SATURATED } from "../../../hw-profiles/interface/pixel-flags.ts";
import { COMPONENT_FLAGS, COMPONENT_INTENSITY } from "../../../hw-profiles/interface/reports.ts";
import type { Camera } from "../../camera/camera.ts";
import type { ImagingInfo } from "../../camera/camera-info.ts";
import type { ImagingFrame } from "../../camera/frame.ts";
import type { RegisterPort } from "../../camera/register-port.ts";
import { ApplicationError } from "../application-error.ts";
import type { HeartBand } from "./heart-rate.ts";

/** What a recording uses of a camera. */
export type RecordingCamera = Pick<Camera, "name" | "info" | "imageFrames"> & {
  readonly registers: Pick<RegisterPort, "readNumber" | "write">;
};

export interface Region {
  readonly width: number;
  readonly height: number;
  readonly offsetX: number;
  readonly offsetY: number;
}

export interface RecordOptions {
  readonly seconds: number;
  readonly band: HeartBand;
  /** Frames per second; default: 30, or the most the imager gives. */
  readonly frameRateHz?: number | undefined;
  /** Output pixels; default: the middle half of the picture, at most 128 pixels a side. */
  readonly region?: Region | undefined;
  readonly onFrame?: (done: number, total: number) => void;
  readonly isCancelled?: () => boolean;
}

/** Mean light of the region against time. */
export interface LightRecord {
  /** Equal steps of time from the first frame on. */
  readonly lightDn: Float64Array;
  readonly frameRateHz: number;
  /** Why it is that rate. */
  readonly frameRateWhy: string;
  readonly exposureNs: number;
  readonly region: Region;
  /** Pixels of the region that count: not bad and not saturated. */
  readonly pixels: number;
  /** Whole frames, and those that were lost or incomplete and stand between their neighbours. */
  readonly frames: number;
  readonly lostFrames: number;
}

const USUAL_RATE_HZ = 30;
export const MIN_SECONDS = 5;
const LARGEST_SIDE_PX = 128;
const LARGEST_SATURATED_SHARE = 0.1;
const LEAST_LIGHT_DN = 20;
const MHZ_PER_HZ = 1000;
const NS_PER_S = 1e9;

interface Sample {
  readonly timeNs: number;
  readonly lightDn: number;
}

/**
 * Record the mean light of a region of an imaging camera. The exposure stays as it is set.
 * @throws ApplicationError when camera or options cannot give a pulse, CameraError when the camera refuses.
 */
export async function recordLight(camera: RecordingCamera, options: RecordOptions): Promise<LightRecord> {
  const info = await camera.info();
  if (info.mode !== "imaging")
    throw new ApplicationError(`${camera.name} is a LiDAR, expected an imaging sensor; cqd list shows them`);
  if (options.seconds < MIN_SECONDS)
    throw new ApplicationError(
      `found a record of ${options.seconds} s, expected at least ${MIN_SECONDS} s: some beats of the slowest heart`,
    );
  const region = options.region ?? middleOf(info);
  await setUp(camera, region);
  const { frameRateHz, why } = await setRate(camera, options);
  const count = Math.ceil(options.seconds * frameRateHz);
  const taken = await takeSamples(camera, count, options);
  const { samples } = taken;
  if (samples.length < 2)
    throw new ApplicationError(
      `${camera.name} gave ${samples.length} whole frames of ${count}; check the link`,
    );
  const lightDn = atEqualSteps(samples, frameRateHz);
  checkLight(lightDn);
  const lostFrames = lightDn.length - samples.length;
  const { exposureNs, pixels } = taken;
  return {
    lightDn,
    frameRateHz,
    frameRateWhy: why,
    exposureNs,
    region,
    pixels,
    frames: samples.length,
    lostFrames,
  };
}

function checkLight(lightDn: Float64Array): void {
  const mean = lightDn.reduce((sum, value) => sum + value, 0) / lightDn.length;
  if (mean >= LEAST_LIGHT_DN) return;
  throw new ApplicationError(
    `found a mean of ${mean.toFixed(2)} DN, expected at least ${LEAST_LIGHT_DN} DN of light: light the finger or raise ` +
      "ExposureTime",
  );
}

function middleOf({ heightPx, offsetX, offsetY, widthPx }: ImagingInfo): Region {
  const width = Math.min(LARGEST_SIDE_PX, Math.max(1, Math.floor(widthPx / 2)));
  const height = Math.min(LARGEST_SIDE_PX, Math.max(1, Math.floor(heightPx / 2)));
  return {
    width,
    height,
    offsetX: offsetX + Math.floor((widthPx - width) / 2),
    offsetY: offsetY + Math.floor((heightPx - height) / 2),
  };
}

async function setUp({ registers }: RecordingCamera, region: Region): Promise<void> {
  await registers.write("ComponentEnable", COMPONENT_INTENSITY | COMPONENT_FLAGS);
  // The offsets go to 0 first, so that no step on the way lies outside of the array.
  await registers.write("OffsetX", 0);
  await registers.write("OffsetY", 0);
  await registers.write("Width", region.width);
  await registers.write("Height", region.height);
  await registers.write("OffsetX", region.offsetX);
  await registers.write("OffsetY", region.offsetY);
}

async function setRate(camera: RecordingCamera, { band, frameRateHz }: RecordOptions) {
  const { registers } = camera;
  const clockHz = await registers.readNumber("DeviceClockFrequency");
  const mostHz = clockHz / (await registers.readNumber("MinFrameTime"));
  const wantedHz = frameRateHz ?? Math.min(USUAL_RATE_HZ, mostHz);
  if (wantedHz <= 2 * band.highHz) throw tooSlow(wantedHz, band, mostHz);
  await registers.write("AcquisitionFrameRate", Math.floor(wantedHz * MHZ_PER_HZ));
  const isUsual = frameRateHz === undefined && mostHz >= USUAL_RATE_HZ;
  const why = isUsual
    ? "the usual rate"
    : frameRateHz === undefined
      ? "the most the imager gives"
      : "as asked for";
  return { frameRateHz: clockHz / (await registers.readNumber("FrameTime")), why };
}

function tooSlow(rateHz: number, { highHz }: HeartBand, mostHz: number): ApplicationError {
  const bpm = Math.floor(30 * rateHz);
  const shorter = mostHz <= 2 * highHz ? ", shorten the exposure" : "";
  return new ApplicationError(
    `found ${Number(rateHz.toPrecision(4))} frames per second, which sample rates below ${bpm} bpm; expected more than ` +
      `${2 * highHz} for rates up to ${60 * highHz} bpm: raise the frame rate${shorter} or lower the end of the band`,
  );
}

async function takeSamples(
  camera: RecordingCamera,
  count: number,
  { isCancelled, onFrame }: RecordOptions,
): Promise<{ samples: Sample[]; pixels: number; exposureNs: number }> {
  const samples: Sample[] = [];
  let mask: Uint8Array | undefined;
  let exposureNs = 0;
  for await (const frame of camera.imageFrames({ count })) {
    if (isCancelled?.()) break;
    if (!frame.integrity.complete) continue;
    mask ??= usable(frame);
    exposureNs = frame.exposureNs;
    samples.push({ timeNs: frame.timeNs, lightDn: meanOf(frame, mask) });
    onFrame?.(samples.length, count);
  }
  return { samples, pixels: mask?.reduce((sum, is) => sum + is, 0) ?? 0, exposureNs };
}

/** 1 where a pixel counts. @throws ApplicationError when too many are saturated. */
function usable({ exposureNs, flags }: ImagingFrame): Uint8Array {
  let saturated = 0;
  const mask = flags.map((flag) => {
    if (flag & PIXEL_SATURATED) saturated++;
    return flag & (PIXEL_SATURATED | PIXEL_INVALID) ? 0 : 1;
  });
  const share = saturated / flags.length;
  if (share <= LARGEST_SATURATED_SHARE) return mask;
  throw new ApplicationError(
    `found ${Math.round(100 * share)} % of the region saturated at an exposure of ${exposureNs} ns, expected at most ` +
      `${100 * LARGEST_SATURATED_SHARE} %: lower ExposureTime or the light`,
  );
}

function meanOf({ intensityDn }: ImagingFrame, mask: Uint8Array): number {
  let sum = 0;
  let pixels = 0;
  for (let i = 0; i < mask.length; i++) {
    sum += mask[i]! * intensityDn[i]!;
    pixels += mask[i]!;
  }
  return sum / pixels;
}

/** Lost frames stand on the line between their neighbours. */
function atEqualSteps(samples: readonly Sample[], frameRateHz: number): Float64Array {
  const places = samples.map(({ timeNs }) =>
    Math.round(((timeNs - samples[0]!.timeNs) / NS_PER_S) * frameRateHz),
  );
  const light = new Float64Array(places.at(-1)! + 1);
  light[0] = samples[0]!.lightDn;
  for (let k = 1; k < samples.length; k++) {
    const [from, to] = [places[k - 1]!, places[k]!];
    const [before, after] = [samples[k - 1]!.lightDn, samples[k]!.lightDn];
    for (let i = from + 1; i <= to; i++) light[i] = before + ((after - before) * (i - from)) / (to - from);
  }
  return light;
}
