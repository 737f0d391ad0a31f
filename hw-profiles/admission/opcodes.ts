import {
  FEATURE_BULK_MEMORY,
  FEATURE_FLOAT32,
  FEATURE_FLOAT64,
  FEATURE_SATURATING_CONVERSION,
  FEATURE_SIGN_EXTENSION,
  FEATURE_SIMD,
} from "../interface/image.ts";
import { MalformedModule, type ModuleReader } from "./module-reader.ts";
import { MISC_NAMES, PLAIN_NAMES, VECTOR_NAMES } from "./opcode-names.ts";

/** What follows the code of an instruction. */
export type Immediates =
  | "none"
  | "index"
  | "two-indices"
  | "block-type"
  | "labels"
  | "types"
  | "heap-type"
  | "memory"
  | "memory-lane"
  | "i32"
  | "i64"
  | "bytes-1"
  | "bytes-4"
  | "bytes-8"
  | "bytes-16";

export interface Opcode {
  readonly name: string;
  /** FEATURE_* that it needs. */
  readonly features: number;
  /** No readout logic may have it, whatever the processor: memory is fixed, and calls are direct. */
  readonly isBanned: boolean;
  readonly immediates: Immediates;
}

const PREFIX_MISC = 0xfc;
const PREFIX_VECTOR = 0xfd;

const BANNED = /^(memory\.grow|call_indirect|table\.|ref\.|elem\.)/;

const PLAIN_IMMEDIATES: readonly (readonly [pattern: RegExp, immediates: Immediates])[] = [
  [/^(block|loop|if)$/, "block-type"],
  [/^br_table$/, "labels"],
  [/^select_typed$/, "types"],
  [/^ref\.null$/, "heap-type"],
  [/^(call_indirect|memory\.(init|copy)|table\.(init|copy))$/, "two-indices"],
  [/^(br|br_if|call|data\.drop|elem\.drop|ref\.func)$/, "index"],
  [/^((local|global|table)\.(get|set|tee|grow|size|fill)|memory\.(size|grow|fill))$/, "index"],
  [/^[if](32|64)\.(load|store)/, "memory"],
  [/^i32\.const$/, "i32"],
  [/^i64\.const$/, "i64"],
  [/^f32\.const$/, "bytes-4"],
  [/^f64\.const$/, "bytes-8"],
];

const VECTOR_IMMEDIATES: readonly (readonly [pattern: RegExp, immediates: Immediates])[] = [
  [/_lane$/, "memory-lane"],
  [/^v128\.(load|store)/, "memory"],
  [/^(v128\.const|i8x16\.shuffle)$/, "bytes-16"],
];

function floatFeatures(name: string): number {
  return (name.includes("f32") ? FEATURE_FLOAT32 : 0) | (name.includes("f64") ? FEATURE_FLOAT64 : 0);
}

function plainOpcode(name: string): Opcode {
  const extends_ = /\.extend(8|16|32)_s$/.test(name) ? FEATURE_SIGN_EXTENSION : 0;
  const saturates = name.includes("trunc_sat") ? FEATURE_SATURATING_CONVERSION : 0;
  const moves = /^(memory\.(init|copy|fill)|data\.drop)$/.test(name) ? FEATURE_BULK_MEMORY : 0;
  return {
    name,
    features: floatFeatures(name) | extends_ | saturates | moves,
    isBanned: BANNED.test(name),
    immediates: PLAIN_IMMEDIATES.find(([pattern]) => pattern.test(name))?.[1] ?? "none",
  };
}

function vectorOpcode(name: string): Opcode {
  const inRegister = /\.(extract|replace)_lane/.test(name);
  const immediates = VECTOR_IMMEDIATES.find(([pattern]) => pattern.test(name))?.[1] ?? "none";
  return {
    name,
    features: floatFeatures(name) | FEATURE_SIMD,
    isBanned: false,
    immediates: inRegister ? "bytes-1" : immediates,
  };
}

function table(names: readonly string[], make: (name: string) => Opcode): readonly (Opcode | undefined)[] {
  return names.map((name) => (name === "-" ? undefined : make(name)));
}

const PLAIN = table(PLAIN_NAMES, plainOpcode);
const MISC = table(MISC_NAMES, plainOpcode);
const VECTOR = table(VECTOR_NAMES, vectorOpcode);

/** The next instruction's code. @throws MalformedModule for one that is not of WebAssembly 2.0. */
export function readOpcode(reader: ModuleReader): Opcode {
  const at = reader.at;
  const code = reader.u8();
  if (code !== PREFIX_MISC && code !== PREFIX_VECTOR) return PLAIN[code] ?? unknown(at, hex(code));
  const second = reader.u32();
  const found = (code === PREFIX_MISC ? MISC : VECTOR)[second];
  return found ?? unknown(at, `${hex(code)} ${hex(second)}`);
}

function unknown(at: number, code: string): never {
  throw new MalformedModule(at, `has instruction ${code}, which is not of WebAssembly 2.0`);
}

function hex(code: number): string {
  return `0x${code.toString(16).padStart(2, "0")}`;
}
