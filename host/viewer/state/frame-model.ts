import { PIXEL_INVALID } from "../../../hw-profiles/interface/pixel-flags.ts";
import type { LidarProfile } from "../../../hw-profiles/sensor-profile.ts";
import type { DepthFrame } from "../../camera/frame.ts";
import { toPoints } from "../../geometry/points.ts";
import { type RayTable, rayTable } from "../../geometry/ray-table.ts";

/** The frame on the screen, with what every view needs of it. */
export class FrameModel {
  readonly frame: DepthFrame;
  /** Camera frame, m, xyz interleaved; NaN where there is no range. */
  readonly points: Float32Array;
  /** 1 where the pixel has a range. */
  readonly valid: Uint8Array;
  readonly validCount: number;

  constructor(frame: DepthFrame, rays: RayTable) {
    this.frame = frame;
    this.points = toPoints(frame, rays);
    this.valid = new Uint8Array(frame.flags.length);
    let count = 0;
    for (let pixel = 0; pixel < frame.flags.length; pixel++) {
      if ((frame.flags[pixel]! & PIXEL_INVALID) !== 0) continue;
      this.valid[pixel] = 1;
      count++;
    }
    this.validCount = count;
  }

  get width(): number {
    return this.frame.width;
  }

  get height(): number {
    return this.frame.height;
  }

  /** Camera-frame position of a pixel, m; undefined when it has no range. */
  position(pixel: number): readonly [number, number, number] | undefined {
    if (this.valid[pixel] !== 1) return undefined;
    const [x, y, z] = this.points.subarray(3 * pixel, 3 * pixel + 3);
    return [x!, y!, z!];
  }
}

/** Makes models of one device's frames; the ray table is built once. */
export class FrameModels {
  private readonly profile: LidarProfile;
  private rays: RayTable | undefined;

  constructor(profile: LidarProfile) {
    this.profile = profile;
  }

  make(frame: DepthFrame): FrameModel {
    if (this.rays?.width !== frame.width || this.rays.height !== frame.height) {
      this.rays = rayTable(this.profile.optics, frame.width, frame.height);
    }
    return new FrameModel(frame, this.rays);
  }
}
