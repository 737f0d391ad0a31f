import { PIXEL_INVALID, PIXEL_SATURATED } from "../../../hw-profiles/interface/pixel-flags.ts";
import { COMPONENT_FLAGS, COMPONENT_INTENSITY } from "../../../hw-profiles/interface/reports.ts";
import type { ImagingInfo } from "../../camera/camera-info.ts";
import type { ImagingFrame } from "../../camera/frame.ts";
import { ApplicationError } from "../application-error.ts";
import type { RecordingCamera } from "../heart-rate/record.ts";

/** Exposure and frame rate at which a session starts. */
export interface SessionSetting {
  readonly exposureNs: number;
  /** Frames per 1000 s, as the register counts. */
  readonly frameRateMhz: number;
  /** Mean code that the exposures keep. */
  readonly targetDn: number;
}

/** One frame of a session: means over the pixels that are calibrated, and over the reference pixels. */
export interface LampSample {
  readonly timeNs: number;
  readonly exposureNs: number;
  readonly fieldDn: number;
  readonly referenceDn: number;
}

/** Share of the columns, at the left, that watch the lamp. */
const REFERENCE_SHARE = 1 / 8;
/** Share of the saturation level that is kept. */
const TARGET_SHARE = 0.4;
const NEAR_ENOUGH = 0.02;
const LARGEST_STEP = 4;
const MAX_TRIALS = 30;
const MAX_LOST_FRAMES = 5;
const SPARE_ROWS = 4;
const NS_PER_S = 1e9;
const MHZ_PER_HZ = 1000;

/** A camera under an even lamp, and which of its pixels count. */
export class LampSession {
  readonly #camera: RecordingCamera;
  readonly #info: ImagingInfo;
  #field = new Uint8Array(0);
  #reference = new Uint8Array(0);

  private constructor(camera: RecordingCamera, info: ImagingInfo) {
    this.#camera = camera;
    this.#info = info;
  }

  /** @throws ApplicationError for a LiDAR, or an array of fewer than 8 columns. */
  static async open(camera: RecordingCamera): Promise<LampSession> {
    const info = await camera.info();
    if (info.mode !== "imaging")
      throw new ApplicationError(
        `${camera.name} is a LiDAR, expected an imaging sensor; cqd list shows them`,
      );
    if (info.widthPx * REFERENCE_SHARE < 1)
      throw new ApplicationError(
        `found ${info.widthPx} columns, expected at least ${1 / REFERENCE_SHARE}: some watch the lamp`,
      );
    await camera.registers.write("ComponentEnable", COMPONENT_INTENSITY | COMPONENT_FLAGS);
    return new LampSession(camera, info);
  }

  /** Exposures come in steps of this. */
  get rowTimeNs(): number {
    return this.#info.rowTimeNs;
  }

  /** Pixels that are calibrated, and that watch the lamp; known after the first frame. */
  get pixels(): { readonly field: number; readonly reference: number } {
    return { field: countOf(this.#field), reference: countOf(this.#reference) };
  }

  /**
   * Find the exposure that fills the pixels to two fifths, and a frame rate that leaves room for `growth` times that.
   * @throws ApplicationError when no exposure does.
   */
  async setUp(growth: number): Promise<SessionSetting> {
    const targetDn = TARGET_SHARE * this.#info.saturationDn;
    let wantedNs = this.#info.exposureNs;
    for (let trial = 0; trial < MAX_TRIALS; trial++) {
      await this.#makeRoom(wantedNs);
      const exposureNs = await this.#setExposure(wantedNs);
      const meanDn = await this.#meanDn();
      const factor = targetDn / Math.max(meanDn, 1);
      if (Math.abs(factor - 1) < NEAR_ENOUGH) {
        const frameRateMhz = await this.#makeRoom(growth * exposureNs);
        return { exposureNs, frameRateMhz, targetDn };
      }
      wantedNs = exposureNs * Math.min(LARGEST_STEP, Math.max(1 / LARGEST_STEP, factor));
      if (wantedNs < this.#info.rowTimeNs) break;
    }
    throw new ApplicationError(
      `found no exposure that gives ${targetDn.toFixed(0)} DN, expected one between ${this.#info.rowTimeNs.toFixed(0)} ns ` +
        "and seconds: bring the lamp nearer or farther",
    );
  }

  /** Frame period at a setting, ns. */
  async apply({ exposureNs, frameRateMhz }: SessionSetting): Promise<number> {
    const { registers } = this.#camera;
    await registers.write("AcquisitionFrameRate", frameRateMhz);
    await this.#setExposure(exposureNs);
    const clockHz = await registers.readNumber("DeviceClockFrequency");
    return ((await registers.readNumber("FrameTime")) / clockHz) * NS_PER_S;
  }

  /** Take whole frames at an exposure. @throws ApplicationError when too many are lost or most pixels are saturated. */
  async take(exposureNs: number, frames: number): Promise<LampSample[]> {
    await this.#setExposure(exposureNs);
    const samples: LampSample[] = [];
    let lost = 0;
    while (samples.length < frames) {
      const before = samples.length + lost;
      for await (const frame of this.#camera.imageFrames({ count: frames - samples.length })) {
        if (frame.integrity.complete) samples.push(this.#sample(frame));
        else lost++;
      }
      if (lost > MAX_LOST_FRAMES || samples.length + lost === before)
        throw new ApplicationError(
          `found ${samples.length} whole frames of ${frames} and ${lost} lost; check the link`,
        );
    }
    return samples;
  }

  /** The frame is made long enough for an exposure. Returns the rate. */
  async #makeRoom(exposureNs: number): Promise<number> {
    const { registers } = this.#camera;
    const clockHz = await registers.readNumber("DeviceClockFrequency");
    const minFrameNs = ((await registers.readNumber("MinFrameTime")) / clockHz) * NS_PER_S;
    const frameNs = minFrameNs + exposureNs + SPARE_ROWS * this.#info.rowTimeNs;
    const frameRateMhz = Math.max(1, Math.floor((MHZ_PER_HZ * NS_PER_S) / frameNs));
    await registers.write("AcquisitionFrameRate", frameRateMhz);
    return frameRateMhz;
  }

  async #setExposure(exposureNs: number): Promise<number> {
    const { registers } = this.#camera;
    await registers.write("ExposureTime", Math.round(exposureNs));
    return await registers.readNumber("ExposureTime");
  }

  /** Mean of all pixels; of one that is saturated, its level. */
  async #meanDn(): Promise<number> {
    let mean = 0;
    for await (const { flags, intensityDn } of this.#camera.imageFrames({ count: 1 })) {
      let sum = 0;
      for (let i = 0; i < flags.length; i++)
        sum += flags[i]! & PIXEL_SATURATED ? this.#info.saturationDn : intensityDn[i]!;
      mean = sum / flags.length;
    }
    return mean;
  }

  #sample(frame: ImagingFrame): LampSample {
    if (this.#field.length === 0) this.#choosePixels(frame);
    const { exposureNs, intensityDn, timeNs } = frame;
    return {
      timeNs,
      exposureNs,
      fieldDn: meanOf(intensityDn, this.#field),
      referenceDn: meanOf(intensityDn, this.#reference),
    };
  }

  #choosePixels({ flags, width }: ImagingFrame): void {
    const columns = Math.floor(width * REFERENCE_SHARE);
    const isUsable = (i: number) => (flags[i]! & (PIXEL_INVALID | PIXEL_SATURATED)) === 0;
    this.#field = flags.map((_, i) => (i % width >= columns && isUsable(i) ? 1 : 0));
    this.#reference = flags.map((_, i) => (i % width < columns && isUsable(i) ? 1 : 0));
    const { field, reference } = this.pixels;
    if (field > 0 && reference > 0) return;
    throw new ApplicationError(
      `found ${field} pixels to calibrate and ${reference} to watch the lamp that are neither bad nor saturated, expected ` +
        "some of each; lower the light",
    );
  }
}

function countOf(mask: Uint8Array): number {
  return mask.reduce((sum, is) => sum + is, 0);
}

function meanOf(values: Float32Array, mask: Uint8Array): number {
  let sum = 0;
  let pixels = 0;
  for (let i = 0; i < mask.length; i++) {
    sum += mask[i]! * values[i]!;
    pixels += mask[i]!;
  }
  return sum / pixels;
}
