import { ProfileError } from "../resolve/profile-error.ts";
import { resolveSensor } from "../resolve/resolve-sensor.ts";
import { sensorSchema } from "../schema/sensor-schema.ts";
import type { ImagingProfile, LidarProfile, SensorProfile } from "../sensor-profile.ts";
import { documentNames, findSensorFile, readDocument } from "./document-files.ts";
import { loadDocuments } from "./load-documents.ts";

/** The profile that every command uses unless told otherwise. */
export const DEFAULT_PROFILE = "inas-lidar-320x240";

/**
 * Load, validate and resolve a sensor profile of any mode by name, or by the path of a JSON document.
 * Throws ProfileError, which names file, path, the value found and what was expected.
 */
export function loadProfile(nameOrPath: string): SensorProfile {
  return resolveSensor(loadDocuments(nameOrPath));
}

/** Like loadProfile, for LiDAR sensors only: others are refused. */
export function loadLidarProfile(nameOrPath: string): LidarProfile {
  const profile = loadProfile(nameOrPath);
  if (profile.mode === "lidar") return profile;
  throw otherMode(nameOrPath, profile, "lidar");
}

/** Like loadProfile, for imaging sensors only: others are refused. */
export function loadImagingProfile(nameOrPath: string): ImagingProfile {
  const profile = loadProfile(nameOrPath);
  if (profile.mode === "imaging") return profile;
  throw otherMode(nameOrPath, profile, "imaging");
}

function otherMode(nameOrPath: string, profile: SensorProfile, mode: string): ProfileError {
  const found = `"${profile.mode}" (${profile.name})`;
  return new ProfileError([
    { file: nameOrPath, path: "mode", found, expected: `a sensor of mode "${mode}"` },
  ]);
}

export interface ListedProfile {
  readonly name: string;
  readonly title: string;
  readonly mode: SensorProfile["mode"];
}

/** The package's sensor profiles, the default first, the others by name. */
export function listProfiles(): ListedProfile[] {
  const others = documentNames("sensor").filter((name) => name !== DEFAULT_PROFILE);
  return [DEFAULT_PROFILE, ...others].map((name) => {
    const { title, mode } = sensorSchema.parse(readDocument(findSensorFile(name)));
    return { name, title, mode };
  });
}
