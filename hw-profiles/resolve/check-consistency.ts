import { checkImaging, type ImagingDocuments } from "./check-imaging.ts";
import { checkLidar, type LidarDocuments } from "./check-lidar.ts";
import { checkDetector, checkGain } from "./check-sensor.ts";
import type { ProfileIssue } from "./profile-error.ts";

/** Documents that passed the schema, each on its own. */
export type ValidDocuments = LidarDocuments | ImagingDocuments;

/** What messages call the documents. */
export interface DocumentFiles {
  readonly sensorFile: string;
  readonly detectorFile: string;
}

/** What is wrong between fields and between documents that are each well formed. */
export function checkConsistency(documents: ValidDocuments, files: DocumentFiles): ProfileIssue[] {
  const inSensor = documents.mode === "imaging" ? checkImaging(documents) : checkLidar(documents);
  const inDetector = [...checkDetector(documents.detector), ...checkGain(documents.detector)];
  return [
    ...inSensor.map((finding) => ({ file: files.sensorFile, ...finding })),
    ...inDetector.map((finding) => ({ file: files.detectorFile, ...finding })),
  ];
}
