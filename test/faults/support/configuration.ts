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
  /** Registers that a session reads then: sizes, a text, calibration, and a block that takes several reports. */
  readonly reads: readonly string[];
}

/** What a program must know of a LiDAR to make a range of a frame. */
const LIDAR_READS = ["DeviceModelName", "Width", "GateCount", "ResponseTau", "RangeTimeOffset", "GateDelay"];
const IMAGER_READS = ["DeviceModelName", "Width", "Height", "ReadCount", "IntensityScale"];
/** Not what the profile has: a write that arrived as another value would make other frames. */
const PULSES = 250;

const SCENE = { scene: "wall:range=3", seed: 5, threads: 0, raysPerSide: 2 };

/** A LiDAR of a few pixels, with its raw codes: 17 reports a frame. */
export function smallLidar(): BoardUnderFaults {
  const profile = loadLidarProfile("inas-lidar-64x48");
  const array = { ...profile.array, widthPx: 16, heightPx: 12 };
  return {
    title: "LiDAR of 16 x 12 with raw codes",
    board: { profile: { ...profile, array }, ...SCENE },
    configuration: [
      ["ComponentEnable", COMPONENT_DEPTH | COMPONENT_RAW],
      ["PulsesPerGate", PULSES],
    ],
    reads: LIDAR_READS,
  };
}

/** The test profile as it is, depth alone. */
export function depthLidar(): BoardUnderFaults {
  return {
    title: "LiDAR of 64 x 48",
    board: { profile: "inas-lidar-64x48", ...SCENE },
    configuration: [["ComponentEnable", COMPONENT_DEPTH]],
    reads: LIDAR_READS,
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
    reads: IMAGER_READS,
  };
}
