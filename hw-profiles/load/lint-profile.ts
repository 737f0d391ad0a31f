import type { DocumentKind } from "../document-kind.ts";
import { ProfileError, type ProfileIssue } from "../resolve/profile-error.ts";
import { validateSensor } from "../resolve/resolve-sensor.ts";
import { detectorSchema } from "../schema/detector-schema.ts";
import { lintDocument } from "../schema/lint-document.ts";
import { readDocument } from "./document-files.ts";
import { type FoundDocument, findDocument } from "./find-document.ts";
import { loadDocuments } from "./load-documents.ts";
import { loadDevice, loadLightSource, loadMaterial, loadPowerCell, loadSpectrum } from "./load-part.ts";

/** A detector on its own need not be a device of the bench. */
function lintDetector(file: string): readonly ProfileIssue[] {
  const document = readDocument(file);
  const issues = lintDocument(document, "detector", file);
  if (issues.length > 0) return issues;
  if (detectorSchema.parse(document).device !== undefined) loadDevice(file);
  return [];
}

function lintFound({ kind, file }: FoundDocument, nameOrPath: string): readonly ProfileIssue[] {
  switch (kind) {
    case "sensor":
      validateSensor(loadDocuments(nameOrPath));
      return [];
    case "detector":
      return lintDetector(file);
    case "emitter":
      loadLightSource(file);
      return [];
    case "material":
      loadMaterial(file);
      return [];
    case "spectrum":
      loadSpectrum(file);
      return [];
    case "power":
      loadPowerCell(file);
      return [];
  }
}

/**
 * Everything that is wrong with a document of any kind, by name or path: a sensor on its own, then with the documents that
 * it names; others on their own. An empty list means that it can be used. `kind` where several kinds have the name.
 */
export function lintProfile(nameOrPath: string, kind?: DocumentKind): readonly ProfileIssue[] {
  try {
    return lintFound(findDocument(nameOrPath, kind), nameOrPath);
  } catch (error) {
    if (error instanceof ProfileError) return error.issues;
    throw error;
  }
}
