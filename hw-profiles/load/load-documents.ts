import { ProfileError } from "../resolve/profile-error.ts";
import type { SensorDocuments } from "../resolve/resolve-sensor.ts";
import { lintDocument } from "../schema/lint-document.ts";
import { sensorSchema } from "../schema/sensor-schema.ts";
import { findPartFile, findSensorFile, readDocument } from "./document-files.ts";

/** Read the documents of a sensor from disk. Throws ProfileError. */
export function loadDocuments(nameOrPath: string): SensorDocuments {
  const sensorFile = findSensorFile(nameOrPath);
  const sensor = readDocument(sensorFile);
  // The sensor must be sound before its names of detector and emitter can be followed.
  const issues = lintDocument(sensor, "sensor", sensorFile);
  if (issues.length > 0) throw new ProfileError(issues);
  const names = sensorSchema.parse(sensor);
  const detectorFile = findPartFile("detector", names.detector, sensorFile);
  const film = { sensor, sensorFile, detector: readDocument(detectorFile), detectorFile };
  if (names.mode === "imaging") return film;
  const emitterFile = findPartFile("emitter", names.emitter, sensorFile);
  return { ...film, emitter: readDocument(emitterFile), emitterFile };
}
