import { BinaryReader, OperatorCodeNames } from "wasmparser";

/** States of wasmparser's reader that carry what is compared. */
const STATE = {
  error: -1,
  endWasm: 2,
  beginSection: 3,
  typeEntry: 11,
  importEntry: 12,
  functionEntry: 13,
  memoryEntry: 15,
  exportEntry: 17,
  startEntry: 22,
  beginFunctionBody: 28,
  codeOperator: 30,
} as const;

const KINDS = ["function", "table", "memory", "global", "tag"];
/** wasmparser writes value types as negative numbers of seven bits. */
const TYPE_MASK = 0x7f;

/** Names that wasmparser keeps from drafts of the specification. */
function settledName(name: string): string {
  return name
    .replace(/^i(16x8|32x4|64x2)\.(load\d+x\d_[su])$/, "v128.$2")
    .replace(/^v(\d+)x\d+\.load_splat$/, "v128.load$1_splat")
    .replace("i8x16_popcnt", "i8x16.popcnt");
}

/** What wasmparser reads of a module, in the terms of `readModule`; places are bytes of the file. */
export interface ParsedModule {
  readonly sectionIds: number[];
  readonly types: { parameters: number[]; results: number[] }[];
  readonly imports: { module: string; name: string; kind: string }[];
  readonly functions: number[];
  readonly memories: { minimum: number; maximum: number | undefined }[];
  readonly exports: { name: string; kind: string; index: number }[];
  start: number | undefined;
  /** Instructions of each function. */
  readonly bodies: { at: number; name: string }[][];
}

const decoder = new TextDecoder();

/** Results come without a tag: the fields that a state's result has are taken, whichever they are. */
type Fields = { readonly [key: string]: unknown };

function take(parsed: ParsedModule, state: number, result: Fields, at: number): void {
  const text = (key: string) => decoder.decode(result[key] as Uint8Array);
  const index = (key: string) => result[key] as number;
  const codes = (key: string) =>
    ((result[key] ?? []) as { kind: number }[]).map(({ kind }) => kind & TYPE_MASK);
  const kind = () => KINDS[index("kind")] ?? "unknown";
  switch (state) {
    case STATE.beginSection:
      parsed.sectionIds.push(index("id"));
      break;
    case STATE.typeEntry:
      parsed.types.push({ parameters: codes("params"), results: codes("returns") });
      break;
    case STATE.importEntry:
      parsed.imports.push({ module: text("module"), name: text("field"), kind: kind() });
      break;
    case STATE.functionEntry:
      parsed.functions.push(index("typeIndex"));
      break;
    case STATE.memoryEntry: {
      const limits = result["limits"] as { initial: number; maximum?: number };
      parsed.memories.push({ minimum: limits.initial, maximum: limits.maximum });
      break;
    }
    case STATE.exportEntry:
      parsed.exports.push({ name: text("field"), kind: kind(), index: index("index") });
      break;
    case STATE.startEntry:
      parsed.start = index("index");
      break;
    case STATE.beginFunctionBody:
      parsed.bodies.push([]);
      break;
    case STATE.codeOperator:
      parsed.bodies.at(-1)?.push({ at, name: settledName(OperatorCodeNames[index("code")] ?? "") });
      break;
  }
}

/** @returns what wasmparser reads, or its complaint. */
export function parseModule(bytes: Uint8Array<ArrayBuffer>): ParsedModule | Error {
  const parsed: ParsedModule = {
    sectionIds: [],
    types: [],
    imports: [],
    functions: [],
    memories: [],
    exports: [],
    start: undefined,
    bodies: [],
  };
  const reader = new BinaryReader();
  reader.setData(bytes.slice().buffer, 0, bytes.length);
  try {
    for (let at = 0; ; at = reader.position) {
      const went = reader.read();
      if (reader.state === STATE.error) return reader.error;
      if (reader.state === STATE.endWasm) return parsed;
      if (!went) return new Error(`stopped at byte ${reader.position}`);
      take(parsed, reader.state, fields(reader.result), at);
    }
  } catch (error) {
    return error as Error;
  }
}

function fields(result: unknown): Fields {
  return typeof result === "object" && result !== null ? (result as Fields) : {};
}
