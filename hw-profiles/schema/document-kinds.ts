import type { z } from "zod";
import type { DocumentKind } from "../document-kind.ts";
import { DETECTOR_SCHEMAS, detectorSchema } from "./detector-schema.ts";
import { EMITTER_SCHEMAS, emitterSchema } from "./emitter-schema.ts";
import { MATERIAL_SCHEMAS, materialSchema } from "./material-schema.ts";
import { powerSchema } from "./power-schema.ts";
import { SENSOR_SCHEMAS, sensorSchema } from "./sensor-schema.ts";
import { spectrumSchema } from "./spectrum-schema.ts";

/** Schema of every kind of document. */
export const DOCUMENT_SCHEMAS = {
  sensor: sensorSchema,
  detector: detectorSchema,
  emitter: emitterSchema,
  material: materialSchema,
  spectrum: spectrumSchema,
  power: powerSchema,
} as const satisfies Readonly<Record<DocumentKind, z.ZodType>>;

interface Variants {
  /** Key of the word that chooses the schema. */
  readonly key: string;
  readonly schemas: Readonly<Record<string, z.ZodObject>>;
  /** What a document without the word is. */
  readonly unstated?: string;
}

/** Kinds that have several schemas. */
export const VARIANTS: Readonly<Partial<Record<DocumentKind, Variants>>> = {
  sensor: { key: "mode", schemas: SENSOR_SCHEMAS },
  detector: { key: "structure", schemas: DETECTOR_SCHEMAS, unstated: "photodiode" },
  emitter: { key: "type", schemas: EMITTER_SCHEMAS, unstated: "pulsed-laser" },
  material: { key: "family", schemas: MATERIAL_SCHEMAS },
};

/** Schema of a kind of document, of the variant that `word` names; the first one where it names none. */
export function schemaOf(kind: DocumentKind, word: unknown): z.ZodObject {
  if (kind === "spectrum") return spectrumSchema;
  if (kind === "power") return powerSchema;
  const variants = VARIANTS[kind];
  const schemas = Object.entries(variants?.schemas ?? {});
  const chosen = schemas.find(([name]) => name === (word ?? variants?.unstated)) ?? schemas[0];
  if (chosen === undefined) throw new Error(`found no schema for documents of kind ${kind}`);
  return chosen[1];
}
