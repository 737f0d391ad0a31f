import type { SensorProfile } from "../../hw-profiles/sensor-profile.ts";
import type { ChipDeviation } from "../deviation/chip-deviation.ts";
import { ImagingSensor } from "./imaging/imaging-sensor.ts";
import { LidarSensor } from "./lidar/lidar-sensor.ts";

/** What fills the frame store: a sensor in front of a scene. */
export interface SensorOptions {
  readonly profile: SensorProfile;
  /** As sim/scene/open-scene.ts names it; imaging: sim/scene/radiance/open-light-scene.ts. */
  readonly scene: string;
  /** Seed of the temporal noise, u64. */
  readonly seed: bigint;
  /** Worker threads; 0 = everything in this one. Does not change any byte. */
  readonly threads: number;
  readonly raysPerSide: number;
  /** LiDAR: what the chip deviates in from the profile. */
  readonly deviation?: ChipDeviation | undefined;
}

/** What a board of one mode has beside what all have. */
export type Sensor = LidarSensor | ImagingSensor;

/** @throws SceneError, RangeError: whatever of the options does not hold. */
export function openSensor(options: SensorOptions): Promise<Sensor> {
  const { profile } = options;
  return profile.mode === "lidar"
    ? LidarSensor.open({ ...options, profile })
    : ImagingSensor.open({ ...options, profile });
}
