import { z } from "zod";
import type { DocumentKind } from "../document-kind.ts";
import { DOCUMENT_SCHEMAS } from "./document-kinds.ts";

/** JSON Schema (draft 2020-12) of one kind of profile document, as published in hw-profiles/schema/. */
export function profileJsonSchema(kind: DocumentKind = "sensor"): Record<string, unknown> {
  const { $schema, ...body } = z.toJSONSchema(DOCUMENT_SCHEMAS[kind]);
  return { $schema, title: `cqd-readout ${kind} document`, ...body };
}
