import { ProfileError } from "../resolve/profile-error.ts";
import type { SensorDocuments } from "../resolve/resolve-sensor.ts";
import { detectorSchema } from "../schema/detector-schema.ts";
import { lintDocument } from "../schema/lint-document.ts";
import { sensorSchema } from "../schema/sensor-schema.ts";
import { findPartFile, findSensorFile, readDocument } from "./document-files.ts";

/** The material that a detector's device section names, if it has one. Throws ProfileError for an unknown name. */
function materialOf(
  detector: unknown,
  detectorFile: string,
): { readonly material?: unknown; readonly materialFile?: string } {
  // A detector that is not sound is reported when the sensor is resolved.
  if (lintDocument(detector, "detector", detectorFile).length > 0) return {};
  const { device } = detectorSchema.parse(detector);
  if (device === undefined) return {};
  const materialFile = findPartFile("material", device.material, detectorFile);
  return { material: readDocument(materialFile), materialFile };
}

/** Read the documents of a sensor from disk. Throws ProfileError. */
export function loadDocuments(nameOrPath: string): SensorDocuments {
  const sensorFile = findSensorFile(nameOrPath);
  const sensor = readDocument(sensorFile);
  // The sensor must be sound before its names of detector and emitter can be followed.
  const issues = lintDocument(sensor, "sensor", sensorFile);
  if (issues.length > 0) throw new ProfileError(issues);
  const names = sensorSchema.parse(sensor);
  const detectorFile = findPartFile("detector", names.detector, sensorFile);
  const detector = readDocument(detectorFile);
  const film = { sensor, sensorFile, detector, detectorFile, ...materialOf(detector, detectorFile) };
  if (names.mode === "imaging") return film;
  const emitterFile = findPartFile("emitter", names.emitter, sensorFile);
  return { ...film, emitter: readDocument(emitterFile), emitterFile };
}
