import { detectorSchema } from "../schema/detector-schema.ts";
import { emitterSchema } from "../schema/emitter-schema.ts";
import { lintDocument } from "../schema/lint-document.ts";
import { sensorSchema } from "../schema/sensor-schema.ts";
import type { LidarProfile } from "../sensor-profile.ts";
import { checkConsistency, type ValidDocuments } from "./check-consistency.ts";
import { ProfileError } from "./profile-error.ts";
import {
  resolveDefects,
  resolveDetector,
  resolveEmitter,
  resolveEnvironment,
  resolveGates,
  resolveOptics,
  resolvePixel,
  resolveReadout,
  resolveRoic,
} from "./resolve-sections.ts";

/** The three documents of a sensor as read from JSON, with the names that messages give them. */
export interface SensorDocuments {
  readonly sensor: unknown;
  readonly sensorFile: string;
  readonly detector: unknown;
  readonly detectorFile: string;
  readonly emitter: unknown;
  readonly emitterFile: string;
}

/** Plain numbers from documents that have passed the schema. */
function resolve(documents: ValidDocuments): LidarProfile {
  const { sensor } = documents;
  const emitter = resolveEmitter(documents.emitter);
  return {
    name: sensor.name,
    title: sensor.title,
    mode: sensor.mode,
    deviceSeed: sensor.deviceSeed,
    serialNumber: sensor.serialNumber,
    array: {
      widthPx: sensor.array.width.value,
      heightPx: sensor.array.height.value,
      pitchUm: sensor.array.pitch.value,
      fillFactor: sensor.array.fillFactor.value,
    },
    detector: resolveDetector(documents.detector),
    pixel: resolvePixel(sensor.pixel),
    adc: {
      bits: sensor.adc.bits.value,
      clockHz: sensor.adc.clock.value,
      pedestalDn: sensor.adc.pedestal.value,
      saturationDn: sensor.adc.saturation.value,
    },
    roic: resolveRoic(sensor.roic),
    gates: resolveGates(sensor.gates, 1e9 / emitter.repetitionHz),
    optics: resolveOptics(sensor.optics),
    emitter,
    environment: resolveEnvironment(sensor.environment),
    defects: resolveDefects(sensor.defects),
    readout: resolveReadout(sensor.readout),
  };
}

/**
 * Check documents one by one, then against each other. Needs no file system.
 * Throws ProfileError with every issue of every document.
 */
export function validateSensor(documents: SensorDocuments): ValidDocuments {
  const issues = [
    ...lintDocument(documents.sensor, "sensor", documents.sensorFile),
    ...lintDocument(documents.detector, "detector", documents.detectorFile),
    ...lintDocument(documents.emitter, "emitter", documents.emitterFile),
  ];
  if (issues.length > 0) throw new ProfileError(issues);
  const valid: ValidDocuments = {
    sensor: sensorSchema.parse(documents.sensor),
    detector: detectorSchema.parse(documents.detector),
    emitter: emitterSchema.parse(documents.emitter),
  };
  const inconsistent = checkConsistency(valid, documents);
  if (inconsistent.length > 0) throw new ProfileError(inconsistent);
  return valid;
}

/**
 * Validate the three documents of a sensor and resolve them to plain numbers. Needs no file system.
 * Throws ProfileError with every issue of every document.
 */
export function resolveSensor(documents: SensorDocuments): LidarProfile {
  return resolve(validateSensor(documents));
}
