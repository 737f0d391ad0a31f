import { SceneError } from "../scene-error.ts";

type Json = Readonly<Record<string, unknown>>;

const MAGIC = 0x46546c67;
const JSON_CHUNK = 0x4e4f534a;
const BIN_CHUNK = 0x004e4942;

/** The error for a GLB file that cannot be read. */
export function badGlb(scene: string, found: string, expected: string): SceneError {
  return new SceneError({
    scene,
    found,
    expected,
    whatToDo: "Export the model as plain binary glTF 2.0 again.",
  });
}

/** The JSON of a GLB file and its binary chunk. Reading never trusts a type: absent or odd values are defaults. */
export class GlbDocument {
  readonly scene: string;
  readonly binary: Uint8Array;
  readonly #root: Json;

  constructor(scene: string, bytes: Uint8Array) {
    this.scene = scene;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (bytes.length < 20 || view.getUint32(0, true) !== MAGIC || view.getUint32(4, true) !== 2) {
      throw badGlb(scene, "no glTF 2.0 header", "a binary glTF file (GLB)");
    }
    const claimed = view.getUint32(8, true);
    if (claimed > bytes.length) {
      throw badGlb(scene, `${bytes.length} bytes`, `the ${claimed} bytes that its header claims`);
    }
    const chunk = (at: number, type: number): Uint8Array | undefined => {
      if (at + 8 > bytes.length || view.getUint32(at + 4, true) !== type) return undefined;
      const size = view.getUint32(at, true);
      if (at + 8 + size <= bytes.length) return bytes.subarray(at + 8, at + 8 + size);
      throw badGlb(scene, `${bytes.length - at - 8} bytes of a chunk of ${size}`, "the whole chunk");
    };
    const json = chunk(12, JSON_CHUNK);
    if (json === undefined) throw badGlb(scene, "no JSON chunk", "a JSON chunk first");
    this.binary = chunk(20 + json.length, BIN_CHUNK) ?? new Uint8Array(0);
    this.#root = parse(scene, json);
  }

  /** Entry `index` of a list of the document; throws SceneError if there is none. */
  entry(list: string, index: unknown): Json {
    const entries = this.#root[list];
    const found: unknown = Array.isArray(entries) && typeof index === "number" ? entries[index] : undefined;
    if (isObject(found)) return found;
    throw badGlb(this.scene, `a reference to ${list}[${String(index).slice(0, 20)}]`, "one that exists");
  }

  /** A member of the document, whatever it is. */
  member(name: string): unknown {
    return this.#root[name];
  }
}

function parse(scene: string, json: Uint8Array): Json {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(json));
    if (isObject(value)) return value;
  } catch {
    // Said below.
  }
  throw badGlb(scene, "a JSON chunk that is no JSON object", "a glTF document");
}

/** Whether a JSON value is an object. */
export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A list of numbers, or the fallback. */
export function numbers(value: unknown, length: number, fallback: readonly number[]): readonly number[] {
  if (!Array.isArray(value) || value.length !== length) return fallback;
  const found = value.map(Number);
  return found.every(Number.isFinite) ? found : fallback;
}

/** A whole number from 0, or the fallback. */
export function whole(value: unknown, fallback: number): number {
  return Number.isSafeInteger(value) && Number(value) >= 0 ? Number(value) : fallback;
}

/** The entries of a list; empty if it is none. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
