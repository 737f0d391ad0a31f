import { resolveSensor } from "../resolve/resolve-sensor.ts";
import { sensorSchema } from "../schema/sensor-schema.ts";
import type { LidarProfile } from "../sensor-profile.ts";
import { documentNames, findSensorFile, readDocument } from "./document-files.ts";
import { loadDocuments } from "./load-documents.ts";

/** The profile that every command uses unless told otherwise. */
export const DEFAULT_PROFILE = "inas-lidar-320x240";

/**
 * Load, validate and resolve a sensor profile by name, or by the path of a JSON document.
 * Throws ProfileError, which names file, path, the value found and what was expected.
 */
export function loadProfile(nameOrPath: string): LidarProfile {
  return resolveSensor(loadDocuments(nameOrPath));
}

/** The package's sensor profiles, the default first, the others by name. */
export function listProfiles(): { readonly name: string; readonly title: string }[] {
  const others = documentNames("sensor").filter((name) => name !== DEFAULT_PROFILE);
  return [DEFAULT_PROFILE, ...others].map((name) => {
    const { title } = sensorSchema.parse(readDocument(findSensorFile(name)));
    return { name, title };
  });
}
