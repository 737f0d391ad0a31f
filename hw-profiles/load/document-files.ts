import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { DOCUMENT_FOLDERS, DOCUMENT_KINDS, type DocumentKind } from "../document-kind.ts";
import { nearestName } from "../resolve/nearest-name.ts";
import { ProfileError } from "../resolve/profile-error.ts";
import { describeFound } from "../schema/lint-document.ts";

/** A document larger than this is something else. */
const MAX_DOCUMENT_BYTES = 1_000_000;

/** The package's hw-profiles folder: the documents stay there, wherever this module was compiled to. */
function packageProfiles(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json"))) {
    const parent = dirname(folder);
    if (parent === folder)
      throw new Error("cqd-readout is not installed completely: found no package.json above it");
    folder = parent;
  }
  return join(folder, "hw-profiles");
}

/** Folder of the package's documents of one kind. */
export function documentFolder(kind: DocumentKind): string {
  return join(packageProfiles(), DOCUMENT_FOLDERS[kind]);
}

/** Names of the package's documents of one kind, sorted. */
export function documentNames(kind: DocumentKind): string[] {
  return readdirSync(documentFolder(kind))
    .filter((file) => file.endsWith(".json"))
    .map((file) => file.slice(0, -".json".length))
    .sort();
}

/** Read a JSON file. Throws ProfileError when it is absent, too large or not JSON. */
export function readDocument(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : "no access";
    throw new ProfileError([
      { file, path: "", found: `no readable file (${reason})`, expected: "a profile document" },
    ]);
  }
  if (text.length > MAX_DOCUMENT_BYTES) {
    const expected = `at most ${MAX_DOCUMENT_BYTES}`;
    throw new ProfileError([{ file, path: "", found: `${text.length} characters`, expected }]);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    const detail = error instanceof Error ? error.message : "unreadable";
    const found = `text that is not JSON (${detail.replace(/\s+/g, " ")})`;
    throw new ProfileError([{ file, path: "", found, expected: "a JSON document" }]);
  }
}

function isPath(nameOrPath: string): boolean {
  return nameOrPath.endsWith(".json") || /[\\/]/.test(nameOrPath);
}

function unknownName(
  kind: DocumentKind,
  name: string,
  known: readonly string[],
  askedBy: string,
): ProfileError {
  const suggestion = nearestName(name, known);
  return new ProfileError([
    {
      file: askedBy === "" ? "profile" : askedBy,
      path: askedBy === "" ? "" : kind,
      found: `no ${kind} of the name ${describeFound(name)}`,
      expected: `one of ${known.join(", ")}, or the path of a .json file`,
      ...(suggestion === undefined ? {} : { suggestion }),
    },
  ]);
}

/** Where a document lies: one of the package's by name, or any file by path. Throws ProfileError. */
export function findFile(kind: DocumentKind, nameOrPath: string): string {
  if (isPath(nameOrPath)) return resolve(nameOrPath);
  const known = documentNames(kind);
  if (!known.includes(nameOrPath)) throw unknownName(kind, nameOrPath, known, "");
  return join(documentFolder(kind), `${nameOrPath}.json`);
}

/** Where a sensor document lies. Throws ProfileError. */
export function findSensorFile(nameOrPath: string): string {
  return findFile("sensor", nameOrPath);
}

/** A detector may have the name of its material: the file of another kind is not the one that is meant. */
function isOfOtherKind(file: string, kind: DocumentKind): boolean {
  const document = readDocument(file);
  if (typeof document !== "object" || document === null || !("kind" in document)) return false;
  return document.kind !== kind && DOCUMENT_KINDS.some((other) => other === document.kind);
}

/**
 * Where the document of another kind that `askedBy` names lies: beside it (same folder, or the sibling folder of the kind:
 * ../detectors, ../emitters, ...), else in the package. Throws ProfileError.
 */
export function findPartFile(kind: DocumentKind, name: string, askedBy: string): string {
  const folder = dirname(askedBy);
  const places = [folder, join(dirname(folder), DOCUMENT_FOLDERS[kind]), documentFolder(kind)];
  for (const place of places) {
    const file = join(place, `${basename(name)}.json`);
    if (file !== askedBy && existsSync(file) && !isOfOtherKind(file, kind)) return file;
  }
  throw unknownName(kind, name, documentNames(kind), askedBy);
}
