import { ProfileError, type ProfileIssue } from "../resolve/profile-error.ts";
import { validateSensor } from "../resolve/resolve-sensor.ts";
import { DOCUMENT_SCHEMAS, type DocumentKind } from "../schema/document-kinds.ts";
import { lintDocument } from "../schema/lint-document.ts";
import { readDocument } from "./document-files.ts";
import { loadDocuments } from "./load-documents.ts";

function isKind(kind: unknown): kind is DocumentKind {
  return typeof kind === "string" && Object.hasOwn(DOCUMENT_SCHEMAS, kind);
}

/** Kind that a file states, undefined for a name or for anything that is not a detector or emitter document. */
function partKind(nameOrPath: string): DocumentKind | undefined {
  if (!nameOrPath.endsWith(".json")) return undefined;
  const document = readDocument(nameOrPath);
  if (typeof document !== "object" || document === null || !("kind" in document)) return undefined;
  return isKind(document.kind) && document.kind !== "sensor" ? document.kind : undefined;
}

/**
 * Everything that is wrong with a profile, by name or path: the sensor document, then with its detector and emitter.
 * A file that states the kind detector or emitter is checked on its own. An empty list means that it can be used.
 */
export function lintProfile(nameOrPath: string): readonly ProfileIssue[] {
  try {
    const kind = partKind(nameOrPath);
    if (kind !== undefined) return lintDocument(readDocument(nameOrPath), kind, nameOrPath);
    validateSensor(loadDocuments(nameOrPath));
    return [];
  } catch (error) {
    if (error instanceof ProfileError) return error.issues;
    throw error;
  }
}
