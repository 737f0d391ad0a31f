import { z } from "zod";
import type { DocumentKind } from "../document-kind.ts";
import { nearestName } from "../resolve/nearest-name.ts";
import type { ProfileIssue } from "../resolve/profile-error.ts";
import { describeExpected, keysOf, schemaAt } from "./describe-schema.ts";
import { schemaOf, VARIANTS } from "./document-kinds.ts";

/** Value at a path of a document; undefined where the path ends early. */
function valueAt(document: unknown, path: readonly PropertyKey[]): unknown {
  let at = document;
  for (const key of path) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<PropertyKey, unknown>)[key];
  }
  return at;
}

/** A value as a short piece of text for a message. */
export function describeFound(value: unknown): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "number") return String(value);
  if (typeof value === "object" && value !== null) {
    return `an object with ${Object.keys(value).slice(0, 8).join(", ") || "no keys"}`;
  }
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function suggest(found: unknown, expected: readonly string[]): { readonly suggestion?: string } {
  const nearest = typeof found === "string" ? nearestName(found, expected) : undefined;
  return nearest === undefined ? {} : { suggestion: nearest };
}

function unknownKeys(
  schema: z.core.$ZodType,
  file: string,
  issue: z.core.$ZodIssueUnrecognizedKeys,
): ProfileIssue[] {
  const known = keysOf(schemaAt(schema, issue.path));
  return issue.keys.map((key) => ({
    file,
    path: [...issue.path, key].join("."),
    found: "an unknown key",
    expected: `one of ${known.join(", ")}`,
    ...suggest(key, known),
  }));
}

function translate(
  schema: z.core.$ZodType,
  file: string,
  document: unknown,
  issue: z.core.$ZodIssue,
): ProfileIssue[] {
  if (issue.code === "unrecognized_keys") return unknownKeys(schema, file, issue);
  const found = valueAt(document, issue.path);
  const target = schemaAt(schema, issue.path);
  const words = target instanceof z.ZodEnum ? target.options.map(String) : [];
  return [
    {
      file,
      path: issue.path.join("."),
      found: describeFound(found),
      expected: describeExpected(schema, issue.path),
      ...suggest(found, words),
    },
  ];
}

/** A document of an unknown variant cannot be judged any further. */
function unknownVariant(document: unknown, kind: DocumentKind, file: string): ProfileIssue[] {
  const variants = VARIANTS[kind];
  if (variants === undefined || valueAt(document, ["kind"]) !== kind) return [];
  const word = valueAt(document, [variants.key]) ?? variants.unstated;
  const words = Object.keys(variants.schemas);
  if (typeof word === "string" && words.includes(word)) return [];
  const expected = words.map((known) => JSON.stringify(known)).join(" or ");
  return [{ file, path: variants.key, found: describeFound(word), expected, ...suggest(word, words) }];
}

/**
 * Everything that is wrong with one document on its own: missing fields, unknown keys, wrong units, values out of range.
 * `file` goes into the issues. An empty list means that the document has the shape of its kind.
 */
export function lintDocument(document: unknown, kind: DocumentKind, file: string): ProfileIssue[] {
  const unknown = unknownVariant(document, kind, file);
  if (unknown.length > 0) return unknown;
  const key = VARIANTS[kind]?.key;
  const schema = schemaOf(kind, key === undefined ? undefined : valueAt(document, [key]));
  const result = schema.safeParse(document);
  if (result.success) return [];
  return result.error.issues.flatMap((issue) => translate(schema, file, document, issue));
}
