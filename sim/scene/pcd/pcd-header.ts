import { quoted, SceneError } from "../scene-error.ts";

export type PcdEncoding = "ascii" | "binary" | "binary_compressed";
export type PcdType = "F" | "I" | "U";

export interface PcdField {
  readonly name: string;
  readonly bytes: number;
  readonly type: PcdType;
  readonly count: number;
  /** Bytes from the start of a point. */
  readonly offset: number;
}

export interface PcdHeader {
  readonly fields: readonly PcdField[];
  readonly width: number;
  readonly height: number;
  readonly points: number;
  readonly pointBytes: number;
  readonly encoding: PcdEncoding;
  /** Where the data begins in the file. */
  readonly dataStart: number;
}

const MAX_HEADER_BYTES = 65536;
const MAX_POINT_BYTES = 65536;
const SIZES: Readonly<Record<PcdType, readonly number[]>> = { F: [4, 8], I: [1, 2, 4, 8], U: [1, 2, 4, 8] };

/** Read the header of a PCD file (v0.6, v0.7). Throws SceneError; `scene` names the file in it. */
export function parsePcdHeader(scene: string, bytes: Uint8Array): PcdHeader {
  const { lines, dataStart } = headerLines(scene, bytes);
  const words = (key: string): readonly string[] => {
    const found = lines.get(key);
    if (found !== undefined && found.length > 0) return found;
    throw bad(scene, `no ${key} line`, `a PCD header with a ${key} line`);
  };
  const fields = parseFields(scene, words, lines);
  const width = whole(scene, "WIDTH", words("WIDTH")[0]!);
  const height = whole(scene, "HEIGHT", words("HEIGHT")[0]!);
  const points = lines.has("POINTS") ? whole(scene, "POINTS", words("POINTS")[0]!) : width * height;
  if (points !== width * height) {
    throw bad(scene, `POINTS ${points}`, `WIDTH x HEIGHT = ${width} x ${height} = ${width * height}`);
  }
  const pointBytes = fields.reduce((sum, field) => sum + field.bytes * field.count, 0);
  return {
    fields,
    width,
    height,
    points,
    pointBytes,
    encoding: parseEncoding(scene, words("DATA")[0]!),
    dataStart,
  };
}

function bad(scene: string, found: string, expected: string): SceneError {
  return new SceneError({ scene, found, expected, whatToDo: "Correct the file or write it again." });
}

function headerLines(scene: string, bytes: Uint8Array): { lines: Map<string, string[]>; dataStart: number } {
  const lines = new Map<string, string[]>();
  let start = 0;
  while (start < Math.min(bytes.length, MAX_HEADER_BYTES)) {
    let end = bytes.indexOf(10, start);
    if (end < 0) end = bytes.length;
    const line = String.fromCharCode(...bytes.subarray(start, Math.min(end, start + 4096))).trim();
    start = end + 1;
    if (line === "" || line.startsWith("#")) continue;
    const [key = "", ...rest] = line.split(/\s+/);
    lines.set(key.toUpperCase(), rest);
    if (key.toUpperCase() === "DATA") return { lines, dataStart: Math.min(start, bytes.length) };
    if (!/^[A-Z]+$/.test(key)) throw bad(scene, `the header line ${quoted(line)}`, "PCD header lines");
  }
  throw bad(
    scene,
    `no DATA line in the first ${Math.min(bytes.length, MAX_HEADER_BYTES)} bytes`,
    "a PCD header",
  );
}

function parseFields(
  scene: string,
  words: (key: string) => readonly string[],
  lines: ReadonlyMap<string, readonly string[]>,
): PcdField[] {
  const names = words("FIELDS");
  const sizes = words("SIZE");
  const types = words("TYPE");
  const counts = lines.get("COUNT") ?? names.map(() => "1");
  if (sizes.length !== names.length || types.length !== names.length || counts.length !== names.length) {
    const found = `${sizes.length} SIZE, ${types.length} TYPE, ${counts.length} COUNT entries`;
    throw bad(scene, found, `${names.length} of each, one per field`);
  }
  let offset = 0;
  return names.map((name, i) => {
    const field = parseField(scene, name, sizes[i]!, types[i]!, counts[i]!, offset);
    offset += field.bytes * field.count;
    if (offset > MAX_POINT_BYTES)
      throw bad(scene, `points of ${offset} bytes`, `at most ${MAX_POINT_BYTES} bytes`);
    return field;
  });
}

function parseField(
  scene: string,
  name: string,
  size: string,
  typeWord: string,
  countWord: string,
  offset: number,
): PcdField {
  const type = typeWord === "F" || typeWord === "I" || typeWord === "U" ? typeWord : undefined;
  const bytes = Number(size);
  if (type === undefined || !SIZES[type].includes(bytes)) {
    const found = `field ${quoted(name)} of type ${quoted(typeWord)} and size ${quoted(size)}`;
    throw bad(scene, found, "type F with size 4 or 8, or type I or U with size 1, 2, 4 or 8");
  }
  const count = whole(scene, `COUNT of ${quoted(name)}`, countWord);
  return { name, bytes, type, count, offset };
}

function whole(scene: string, what: string, word: string): number {
  const value = /^\d{1,15}$/.test(word) ? Number(word) : Number.NaN;
  if (value > 0) return value;
  throw bad(scene, `${what} ${quoted(word)}`, "a whole number above 0");
}

function parseEncoding(scene: string, word: string): PcdEncoding {
  const lower = word.toLowerCase();
  if (lower === "ascii" || lower === "binary" || lower === "binary_compressed") return lower;
  throw bad(scene, `DATA ${quoted(word)}`, "ascii, binary or binary_compressed");
}
