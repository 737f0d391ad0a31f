import { photodiodeSchema } from "../schema/detector-schema.ts";
import { pulsedLaserSchema } from "../schema/emitter-schema.ts";
import { lintDocument } from "../schema/lint-document.ts";
import { sensorSchema } from "../schema/sensor-schema.ts";
import type { SensorProfile } from "../sensor-profile.ts";
import { checkConsistency, type ValidDocuments } from "./check-consistency.ts";
import { areaScaledFallNs, filmResponse } from "./film-response.ts";
import { ProfileError, type ProfileIssue } from "./profile-error.ts";
import { resolveImaging } from "./resolve-imaging.ts";
import { resolveLidar } from "./resolve-lidar.ts";

/** The documents of a sensor as read from JSON, with the names that messages give them. */
export interface SensorDocuments {
  readonly sensor: unknown;
  readonly sensorFile: string;
  readonly detector: unknown;
  readonly detectorFile: string;
  /** LiDAR sensors only. */
  readonly emitter?: unknown;
  readonly emitterFile?: string;
  /** Of the film; needed where the response follows from it (responseModel "material"). */
  readonly material?: unknown;
  readonly materialFile?: string;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function isLidar(sensor: unknown): boolean {
  return isRecord(sensor) && sensor["mode"] === "lidar";
}

/** What is wrong with each document on its own. */
function lintAll(documents: SensorDocuments): ProfileIssue[] {
  const { sensor, sensorFile, detector, detectorFile, emitter, emitterFile = "emitter" } = documents;
  const { material, materialFile = "material" } = documents;
  return [
    ...lintDocument(sensor, "sensor", sensorFile),
    ...lintDocument(detector, "detector", detectorFile),
    ...(isLidar(sensor) ? lintDocument(emitter, "emitter", emitterFile) : []),
    ...(material === undefined ? [] : lintDocument(material, "material", materialFile)),
  ];
}

function wordOf(document: unknown, key: string): unknown {
  return isRecord(document) ? document[key] : undefined;
}

/** Sensors integrate the current of photodiodes; LiDARs time the light of pulsed lasers. */
function checkVariants({
  detector,
  detectorFile,
  emitter,
  emitterFile = "emitter",
}: SensorDocuments): ProfileIssue[] {
  const found: ProfileIssue[] = [];
  const structure = wordOf(detector, "structure") ?? "photodiode";
  if (structure !== "photodiode") {
    const expected =
      '"photodiode": the pixel of a sensor integrates a diode\'s current; other structures are for cqd bench';
    found.push({ file: detectorFile, path: "structure", found: JSON.stringify(structure), expected });
  }
  const type = wordOf(emitter, "type") ?? "pulsed-laser";
  if (type !== "pulsed-laser") {
    const expected = '"pulsed-laser": a LiDAR needs the width and rate of pulses';
    found.push({ file: emitterFile, path: "type", found: JSON.stringify(type), expected });
  }
  return found;
}

/** Documents that have passed the schema, by mode. Throws ProfileError. */
function parse(documents: SensorDocuments): ValidDocuments {
  const wrong = lintAll(documents);
  const issues = wrong.length > 0 ? wrong : checkVariants(documents);
  if (issues.length > 0) throw new ProfileError(issues);
  const sensor = sensorSchema.parse(documents.sensor);
  const detector = photodiodeSchema.parse(documents.detector);
  if (sensor.mode === "lidar") {
    return { mode: "lidar", sensor, detector, emitter: pulsedLaserSchema.parse(documents.emitter) };
  }
  const { film } = detector;
  if (film !== undefined) return { mode: "imaging", sensor, detector, film };
  const expected = "an object with wavelength, ideality, shuntShare, which imaging sensors need";
  throw new ProfileError([{ file: documents.detectorFile, path: "film", found: "nothing", expected }]);
}

/**
 * Check documents one by one, then against each other. Needs no file system.
 * Throws ProfileError with every issue of every document.
 */
export function validateSensor(documents: SensorDocuments): ValidDocuments {
  const valid = parse(documents);
  const inconsistent = checkConsistency(valid, documents);
  if (inconsistent.length > 0) throw new ProfileError(inconsistent);
  // Throws where the response cannot follow from the material.
  pixelFallNs(valid, documents);
  return valid;
}

/** Fall time of a pixel, ns, where it is not the one that was measured. Throws ProfileError. */
function pixelFallNs({ sensor, detector }: ValidDocuments, documents: SensorDocuments): number | undefined {
  const { device } = detector;
  if (device?.responseModel.value === "area-scaled") return areaScaledFallNs(detector, device, sensor);
  if (device?.responseModel.value !== "material") return undefined;
  const { response } = filmResponse(detector, device, sensor, documents.material, documents);
  return response.riseTimeS * 1e9;
}

function withFallTime<Profile extends SensorProfile>(
  profile: Profile,
  fallTimeNs: number | undefined,
): Profile {
  if (fallTimeNs === undefined) return profile;
  return { ...profile, detector: { ...profile.detector, fallTimeNs } };
}

/**
 * Validate the documents of a sensor and resolve them to plain numbers. Needs no file system.
 * Throws ProfileError with every issue of every document.
 */
export function resolveSensor(documents: SensorDocuments): SensorProfile {
  const valid = validateSensor(documents);
  const profile = valid.mode === "lidar" ? resolveLidar(valid) : resolveImaging(valid);
  return withFallTime(profile, pixelFallNs(valid, documents));
}
