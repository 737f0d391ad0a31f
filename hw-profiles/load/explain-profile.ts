import type { DocumentKind } from "../document-kind.ts";
import { withSources } from "../explain/chain-sources.ts";
import type { DerivedValue } from "../explain/derived-value.ts";
import { explainDocuments, type ProfileExplanation } from "../explain/explain-documents.ts";
import { deriveDevice, deriveMaterial, deriveSource, deriveSpectrum } from "../explain/explain-parts.ts";
import { listValues } from "../explain/list-values.ts";
import { detectorSchema } from "../schema/detector-schema.ts";
import { findPartFile, readDocument } from "./document-files.ts";
import { type FoundDocument, findDocument } from "./find-document.ts";
import { loadDocuments } from "./load-documents.ts";
import { loadDevice, loadLightSource, loadMaterial, loadPowerCell, loadSpectrum } from "./load-part.ts";

export type { DerivedValue } from "../explain/derived-value.ts";
export type { ProfileExplanation } from "../explain/explain-documents.ts";
export type { ExplainedValue } from "../explain/list-values.ts";

/** A part as loaded, what follows from it, and the documents that it names. */
interface Part {
  readonly name: string;
  readonly title: string;
  readonly derived: readonly DerivedValue[];
  readonly others: Readonly<Partial<Record<DocumentKind, string>>>;
}

function detectorPart(file: string): Part {
  const document = detectorSchema.safeParse(readDocument(file));
  // A film without a device section is for sensors alone: its values are listed, nothing follows without a sensor.
  if (document.success && document.data.device === undefined) {
    return { name: document.data.name, title: document.data.title, derived: [], others: {} };
  }
  const device = loadDevice(file);
  const materialFile = findPartFile("material", device.material, file);
  const material = loadMaterial(materialFile);
  const values = [
    ...listValues(readDocument(file), "detector"),
    ...listValues(readDocument(materialFile), "material"),
  ];
  const derived = withSources(deriveDevice(device, material), values, material, device.process);
  return { ...device, derived, others: { material: materialFile } };
}

function loadPart({ kind, file }: FoundDocument): Part {
  switch (kind) {
    case "emitter": {
      const source = loadLightSource(file);
      return { ...source, derived: deriveSource(source), others: {} };
    }
    case "material": {
      const material = loadMaterial(file);
      return { ...material, derived: deriveMaterial(material), others: {} };
    }
    case "spectrum": {
      const spectrum = loadSpectrum(file);
      return { ...spectrum, derived: deriveSpectrum(spectrum), others: {} };
    }
    case "power":
      return { ...loadPowerCell(file), derived: [], others: {} };
    default:
      return detectorPart(file);
  }
}

/**
 * Every value of a document and of those that it names, with unit and source, and what follows, step by step: for a sensor
 * the chain from the material over the detector to the frame. By name or path; `kind` where several kinds have the name.
 * Throws ProfileError.
 */
export function explainProfile(nameOrPath: string, kind?: DocumentKind): ProfileExplanation {
  const found = findDocument(nameOrPath, kind);
  if (found.kind === "sensor") return explainDocuments(loadDocuments(nameOrPath));
  const { name, title, derived, others } = loadPart(found);
  const documents = { [found.kind]: found.file, ...others };
  const values = Object.entries(documents).flatMap(([part, file]) => listValues(readDocument(file), part));
  return { name, title, documents, values, derived };
}
