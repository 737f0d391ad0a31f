import { DOCUMENT_KINDS, type DocumentKind } from "../document-kind.ts";
import { nearestName } from "../resolve/nearest-name.ts";
import { ProfileError } from "../resolve/profile-error.ts";
import { documentNames, findFile, readDocument } from "./document-files.ts";

export interface FoundDocument {
  readonly kind: DocumentKind;
  readonly file: string;
}

/** Kind that a document states; "sensor" for anything else, whose lint then says what is wrong. */
function statedKind(document: unknown): DocumentKind {
  if (typeof document !== "object" || document === null || !("kind" in document)) return "sensor";
  return DOCUMENT_KINDS.find((kind) => kind === document.kind) ?? "sensor";
}

function unknownDocument(name: string): ProfileError {
  const known = DOCUMENT_KINDS.flatMap(documentNames);
  const suggestion = nearestName(name, known);
  return new ProfileError([
    {
      file: "profile",
      path: "",
      found: `no document of the name ${JSON.stringify(name.slice(0, 60))}`,
      expected: "a name of cqd profile list, or the path of a .json file",
      ...(suggestion === undefined ? {} : { suggestion }),
    },
  ]);
}

/**
 * A document of any kind by name or path. Names that several kinds have mean the first of sensor, detector, emitter, material,
 * spectrum, power, unless `kind` says which. Throws ProfileError.
 */
export function findDocument(nameOrPath: string, kind?: DocumentKind): FoundDocument {
  if (kind !== undefined) return { kind, file: findFile(kind, nameOrPath) };
  if (nameOrPath.endsWith(".json") || /[\\/]/.test(nameOrPath)) {
    const file = findFile("sensor", nameOrPath);
    return { kind: statedKind(readDocument(file)), file };
  }
  const having = DOCUMENT_KINDS.find((candidate) => documentNames(candidate).includes(nameOrPath));
  if (having === undefined) throw unknownDocument(nameOrPath);
  return { kind: having, file: findFile(having, nameOrPath) };
}
