// Settings that name a value of a document: "pixel.readNoise=8", "detector.fallTime=80", "emitter.peakPower=500".

import { nearestName } from "../../../hw-profiles/resolve/nearest-name.ts";
import { DesignError } from "../design-error.ts";
import { type DesignParts, isLeaf, isPart, type PartName } from "./parts.ts";
import type { Setting } from "./settings.ts";

const LONGEST_LIST = 256;

/** Every path that can be set, with the document's name in front unless it is the sensor's. */
export function settablePaths({ parts }: DesignParts): string[] {
  return [
    ...leafPaths(parts.sensor, ""),
    ...leafPaths(parts.detector, "detector."),
    ...leafPaths(parts.emitter, "emitter."),
  ];
}

function leafPaths(node: unknown, prefix: string): string[] {
  if (!isPart(node) && !Array.isArray(node)) return [];
  return Object.entries(node).flatMap(([key, child]) =>
    isLeaf(child) ? [`${prefix}${key}`] : leafPaths(child, `${prefix}${key}.`),
  );
}

/** @throws DesignError for a path that no document has, or a text that is no value of its kind. */
export function applyPath(design: DesignParts, { key, text }: Setting, shorthands: readonly string[]): void {
  const { name, path } = splitPath(key);
  const known = settablePaths(design);
  const full = name === "sensor" ? path : `${name}.${path}`;
  if (!known.includes(full)) throw unknownPath(key, [...shorthands, ...known]);
  const value = parseLike(design.leaf(name, path).value, text, key);
  design.write(name, path, value, key);
}

function splitPath(key: string): { readonly name: PartName; readonly path: string } {
  const [, name, path] = /^(sensor|detector|emitter)\.(.+)$/.exec(key) ?? [];
  return { name: (name ?? "sensor") as PartName, path: path ?? key };
}

function unknownPath(key: string, known: readonly string[]): DesignError {
  const near = nearestName(key, known);
  const hint = near === undefined ? "" : `; did you mean ${near}?`;
  return new DesignError(
    `set: found ${JSON.stringify(key)}, expected a path of the sensor's documents such as pixel.readNoise or ` +
      `detector.fallTime (cqd profile explain lists them), or one of the words of cqd design --help${hint}`,
  );
}

/** The text as what stands there now: a number, a word, yes or no, or a list of numbers. */
export function parseLike(present: unknown, text: string, key: string): unknown {
  if (Array.isArray(present)) return parseList(text, key);
  if (typeof present === "number") return numberOf(text, key);
  if (typeof present !== "boolean") return text;
  if (text === "true" || text === "false") return text === "true";
  throw new DesignError(`set: found ${key}=${text}, expected true or false`);
}

function numberOf(text: string, key: string): number {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (Number.isFinite(value)) return value;
  throw new DesignError(`set: found ${key}=${text}, expected a number in the unit of the document`);
}

/** "FIRST:STEP:LAST": commas tell the designs of a sweep apart, so a list of numbers is told by its steps. */
function parseList(text: string, key: string): number[] {
  const [first, step, last] = text.split(":").map((part) => numberOf(part, key));
  const count =
    first === undefined || step === undefined || last === undefined
      ? Number.NaN
      : Math.floor((last - first) / step + 1e-9) + 1;
  if (!(count >= 1 && count <= LONGEST_LIST) || text.split(":").length !== 3) {
    throw new DesignError(
      `set: found ${key}=${text}, expected FIRST:STEP:LAST such as -12.5:6.25:181.25, at most ${LONGEST_LIST} numbers`,
    );
  }
  return Array.from({ length: count }, (_, i) => first! + i * step!);
}
