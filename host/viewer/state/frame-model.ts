import { PIXEL_BAD, PIXEL_INVALID, PIXEL_REPLACED } from "../../../hw-profiles/interface/pixel-flags.ts";
import type { SensorProfile } from "../../../hw-profiles/sensor-profile.ts";
import type { CameraFrame, DepthFrame, ImagingFrame } from "../../camera/frame.ts";
import { toPoints } from "../../geometry/points.ts";
import { type RayTable, rayTable } from "../../geometry/ray-table.ts";

/** The frame on the screen, with what every view needs of it. */
export type FrameModel = DepthModel | ImageModel;

/** Which pixels have a value. */
class Validity {
  /** 1 where the pixel has a value. */
  readonly valid: Uint8Array;
  readonly validCount: number;

  constructor({ flags }: CameraFrame, isValid: (flags: number) => boolean) {
    this.valid = new Uint8Array(flags.length);
    let count = 0;
    for (let pixel = 0; pixel < flags.length; pixel++) {
      if (!isValid(flags[pixel]!)) continue;
      this.valid[pixel] = 1;
      count++;
    }
    this.validCount = count;
  }
}

/** A frame of ranges. */
export class DepthModel extends Validity {
  readonly frame: DepthFrame;
  readonly width: number;
  readonly height: number;
  /** Camera frame, m, xyz interleaved; NaN where there is no range. */
  readonly points: Float32Array;

  constructor(frame: DepthFrame, rays: RayTable) {
    super(frame, (flags) => (flags & PIXEL_INVALID) === 0);
    this.frame = frame;
    this.width = frame.width;
    this.height = frame.height;
    this.points = toPoints(frame, rays);
  }

  /** Camera-frame position of a pixel, m; undefined when it has no range. */
  position(pixel: number): readonly [number, number, number] | undefined {
    if (this.valid[pixel] !== 1) return undefined;
    const [x, y, z] = this.points.subarray(3 * pixel, 3 * pixel + 3);
    return [x!, y!, z!];
  }
}

/** A picture. Defects that the device replaced have a value, and keep their flag. */
export class ImageModel extends Validity {
  readonly frame: ImagingFrame;
  readonly width: number;
  readonly height: number;

  constructor(frame: ImagingFrame) {
    super(frame, hasValue);
    this.frame = frame;
    this.width = frame.width;
    this.height = frame.height;
  }
}

function hasValue(flags: number): boolean {
  const invalid = flags & PIXEL_INVALID;
  return invalid === 0 || (invalid === PIXEL_BAD && (flags & PIXEL_REPLACED) !== 0);
}

/** Makes models of one device's frames; the ray table is built once. */
export class FrameModels {
  private readonly profile: SensorProfile;
  private rays: RayTable | undefined;

  constructor(profile: SensorProfile) {
    this.profile = profile;
  }

  make(frame: DepthFrame): DepthModel;
  make(frame: CameraFrame): FrameModel;
  make(frame: CameraFrame): FrameModel {
    if (frame.kind === "image") return new ImageModel(frame);
    if (this.rays?.width !== frame.width || this.rays.height !== frame.height) {
      this.rays = rayTable(this.profile.optics, frame.width, frame.height);
    }
    return new DepthModel(frame, this.rays);
  }
}
