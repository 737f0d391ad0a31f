import type { SimTransportOptions } from "../../../host/transport/sim/sim-options.ts";
import {
  COMPONENT_DEPTH,
  COMPONENT_RAW,
  PIXEL_FORMAT_LOSSLESS,
} from "../../../hw-profiles/interface/reports.ts";
import { loadImagingProfile, loadLidarProfile } from "../../../hw-profiles/load/load-profile.ts";

/** Registers that a session writes before it starts, in order. */
export type Configuration = readonly (readonly [register: string, value: number])[];

export interface BoardUnderFaults {
  readonly title: string;
  readonly board: SimTransportOptions;
  readonly configuration: Configuration;
}

const SCENE = { scene: "wall:range=3", seed: 5, threads: 0, raysPerSide: 2 };

/** A LiDAR of a few pixels, with its raw codes: 17 reports a frame. */
export function smallLidar(): BoardUnderFaults {
  const profile = loadLidarProfile("inas-lidar-64x48");
  const array = { ...profile.array, widthPx: 16, heightPx: 12 };
  return {
    title: "LiDAR of 16 x 12 with raw codes",
    board: { profile: { ...profile, array }, ...SCENE },
    configuration: [["ComponentEnable", COMPONENT_DEPTH | COMPONENT_RAW]],
  };
}

/** The test profile as it is, depth alone. */
export function depthLidar(): BoardUnderFaults {
  return {
    title: "LiDAR of 64 x 48",
    board: { profile: "inas-lidar-64x48", ...SCENE },
    configuration: [["ComponentEnable", COMPONENT_DEPTH]],
  };
}

/** Lossless raw codes: lines of their own length. */
export function losslessLidar(): BoardUnderFaults {
  const small = smallLidar();
  const configuration: Configuration = [...small.configuration, ["PixelFormat", PIXEL_FORMAT_LOSSLESS]];
  return { ...small, title: "LiDAR of 16 x 12 with lossless raw codes", configuration };
}

/** Pictures. */
export function smallImager(): BoardUnderFaults {
  const profile = loadImagingProfile("inas-imager-64x48");
  return {
    title: "imager of 64 x 48",
    board: { ...SCENE, profile, scene: "uniform:photons=1e6" },
    configuration: [],
  };
}
