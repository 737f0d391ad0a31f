import { z } from "zod";
import { type ImagingDocument, imagingSchema } from "./imaging-schema.ts";
import { type LidarDocument, lidarSchema } from "./lidar-schema.ts";

/** A sensor of any mode. */
export const sensorSchema = z.discriminatedUnion("mode", [lidarSchema, imagingSchema]);

export type SensorDocument = LidarDocument | ImagingDocument;

/** The schema that each mode's documents have. */
export const SENSOR_SCHEMAS = { lidar: lidarSchema, imaging: imagingSchema } as const;
