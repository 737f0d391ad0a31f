import { quoted, SceneError } from "../scene-error.ts";

export type PlyType = "i8" | "u8" | "i16" | "u16" | "i32" | "u32" | "f32" | "f64";

export interface PlyProperty {
  readonly name: string;
  readonly type: PlyType;
  /** Type of the length in front of a list; absent for a single value. */
  readonly countType?: PlyType;
}

export interface PlyElement {
  readonly name: string;
  readonly count: number;
  readonly properties: PlyProperty[];
}

export interface PlyHeader {
  readonly format: "ascii" | "little" | "big";
  readonly elements: readonly PlyElement[];
  readonly dataStart: number;
}

const MAX_HEADER_BYTES = 65536;
const FORMATS: ReadonlyMap<string, PlyHeader["format"]> = new Map([
  ["ascii", "ascii"],
  ["binary_little_endian", "little"],
  ["binary_big_endian", "big"],
]);
const TYPES: ReadonlyMap<string, PlyType> = new Map([
  ["char", "i8"],
  ["int8", "i8"],
  ["uchar", "u8"],
  ["uint8", "u8"],
  ["short", "i16"],
  ["int16", "i16"],
  ["ushort", "u16"],
  ["uint16", "u16"],
  ["int", "i32"],
  ["int32", "i32"],
  ["uint", "u32"],
  ["uint32", "u32"],
  ["float", "f32"],
  ["float32", "f32"],
  ["double", "f64"],
  ["float64", "f64"],
]);

export const PLY_TYPE_BYTES: Readonly<Record<PlyType, number>> = {
  i8: 1,
  u8: 1,
  i16: 2,
  u16: 2,
  i32: 4,
  u32: 4,
  f32: 4,
  f64: 8,
};

/** Read a PLY header. Throws SceneError; `scene` names the file in it. */
export function parsePlyHeader(scene: string, bytes: Uint8Array): PlyHeader {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, MAX_HEADER_BYTES));
  const end = /(^|\n)end_header[ \t]*\r?\n/.exec(head);
  if (!/^ply[ \t]*\r?\n/.test(head) || end === null) {
    throw badPly(scene, quoted(head.slice(0, 20)), `"ply" and "end_header" within ${MAX_HEADER_BYTES} bytes`);
  }
  const elements: PlyElement[] = [];
  let format: PlyHeader["format"] | undefined;
  for (const line of head.slice(3, end.index).split("\n")) {
    const words = line.trim().split(/\s+/);
    if (words[0] === "format") format = FORMATS.get(words[1] ?? "");
    else if (words[0] === "element") elements.push(parseElement(scene, words));
    else if (words[0] === "property") addProperty(scene, elements, words);
  }
  if (format === undefined) throw badPly(scene, "no known format line", [...FORMATS.keys()].join(", "));
  return { format, elements, dataStart: end.index + end[0].length };
}

/** The error for a PLY file that cannot be read. */
export function badPly(scene: string, found: string, expected: string): SceneError {
  return new SceneError({
    scene,
    found,
    expected,
    whatToDo: "The file is damaged or no PLY; export it again.",
  });
}

function parseElement(scene: string, words: readonly string[]): PlyElement {
  const [, name = "", count = ""] = words;
  if (!/^\d{1,15}$/.test(count)) throw badPly(scene, quoted(words.join(" ")), "element <name> <count>");
  return { name, count: Number(count), properties: [] };
}

function addProperty(scene: string, elements: readonly PlyElement[], words: readonly string[]): void {
  const list = words[1] === "list";
  const type = TYPES.get(words[list ? 3 : 1] ?? "");
  const countType = list ? TYPES.get(words[2] ?? "") : undefined;
  const name = words[list ? 4 : 2];
  const element = elements.at(-1);
  const known = type !== undefined && name !== undefined && !(list && countType === undefined);
  if (!known || element === undefined) {
    throw badPly(
      scene,
      quoted(words.join(" ")),
      "property <type> <name> or property list <type> <type> <name>",
    );
  }
  element.properties.push(countType === undefined ? { name, type } : { name, type, countType });
}
