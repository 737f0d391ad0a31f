import { quoted, SceneError } from "./scene-error.ts";

/** A scene as the user names it, taken apart: `head[?key=value&…]` or `head:key=value,…`. */
export interface SceneSpec {
  readonly text: string;
  readonly head: string;
  readonly values: ReadonlyMap<string, string>;
}

/** `wall:range=3,to=9`: the part after the colon are comma separated settings. */
export function parseNamed(text: string): SceneSpec {
  const colon = text.indexOf(":");
  if (colon < 0) return { text, head: text, values: new Map() };
  return { text, head: text.slice(0, colon), values: parseValues(text, text.slice(colon + 1), ",") };
}

/** `chair.ply?up=z&scale=0.001`: a path with settings. */
export function parsePath(text: string): SceneSpec {
  const mark = text.lastIndexOf("?");
  if (mark < 0) return { text, head: text, values: new Map() };
  return { text, head: text.slice(0, mark), values: parseValues(text, text.slice(mark + 1), "&") };
}

/** What follows the last dot of a path, in lower case; "" without one. */
export function fileType(path: string): string {
  return /\.([^./\\]*)$/.exec(path)?.[1]?.toLowerCase() ?? "";
}

function parseValues(text: string, list: string, separator: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const item of list.split(separator)) {
    if (item === "") continue;
    const equals = item.indexOf("=");
    const key = item.slice(0, equals);
    if (equals <= 0 || values.has(key)) {
      throw new SceneError({
        scene: quoted(text),
        found: equals <= 0 ? quoted(item) : `${quoted(key)} twice`,
        expected: `settings of the form key=value separated by "${separator}", each once`,
        whatToDo: "Correct the scene's settings.",
      });
    }
    values.set(key, item.slice(equals + 1));
  }
  return values;
}

/** Refuse keys that a scene does not know. */
export function onlyKnown(spec: SceneSpec, known: readonly string[]): void {
  for (const key of spec.values.keys()) {
    if (known.includes(key)) continue;
    throw new SceneError({
      scene: quoted(spec.text),
      found: `the setting ${quoted(key)}`,
      expected: known.length === 0 ? "no settings" : `one of ${known.join(", ")}`,
      whatToDo: "Remove or correct it.",
    });
  }
}

/** A number within [min, max]; `fallback` where the key is absent. */
export function numberOf(spec: SceneSpec, key: string, min: number, max: number, fallback: number): number {
  const text = spec.values.get(key);
  if (text === undefined) return fallback;
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (value >= min && value <= max) return value;
  throw new SceneError({
    scene: quoted(spec.text),
    found: `${key}=${quoted(text)}`,
    expected: `a number from ${min} to ${max}`,
    whatToDo: `Correct ${key}.`,
  });
}
