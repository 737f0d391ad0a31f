import { explainDocuments, type ProfileExplanation } from "../explain/explain-documents.ts";
import { loadDocuments } from "./load-documents.ts";

export type { DerivedValue } from "../explain/derived-value.ts";
export type { ProfileExplanation } from "../explain/explain-documents.ts";
export type { ExplainedValue } from "../explain/list-values.ts";

/** Every value of a profile, by name or path, with unit, source, and what follows from it. Throws ProfileError. */
export function explainProfile(nameOrPath: string): ProfileExplanation {
  return explainDocuments(loadDocuments(nameOrPath));
}
