import type { DocumentKind } from "../document-kind.ts";
import { documentNames, findFile, readDocument } from "./document-files.ts";

export interface ListedDocument {
  readonly kind: DocumentKind;
  readonly name: string;
  readonly title: string;
}

/** The package's documents of one kind, by name. */
export function listDocuments(kind: DocumentKind): ListedDocument[] {
  return documentNames(kind).map((name) => {
    const document = readDocument(findFile(kind, name));
    const title =
      typeof document === "object" && document !== null && "title" in document ? String(document.title) : "";
    return { kind, name, title };
  });
}
