import { FEATURE_MULTI_VALUE } from "../interface/image.ts";
import { MalformedModule, type ModuleReader, SIGNED_32_BYTES, SIGNED_64_BYTES } from "./module-reader.ts";
import { type Immediates, type Opcode, readOpcode } from "./opcodes.ts";
import { valueType } from "./value-types.ts";

export interface Instruction {
  readonly opcode: Opcode;
  /** Byte of the module at which it starts. */
  readonly at: number;
  /** FEATURE_* of the instruction and of the types it names. */
  readonly features: number;
}

/** The block type without results, as a signed integer; value types are negative too, indices are not. */
const EMPTY_BLOCK = -64;
/** Bit of a memory operand that says that a memory's index follows. */
const MEMORY_INDEX_FOLLOWS = 0x40;

/** Read the next instruction whole. @throws MalformedModule. */
export function readInstruction(reader: ModuleReader): Instruction {
  const at = reader.at;
  const opcode = readOpcode(reader);
  const named = skipImmediates(reader, opcode.immediates);
  return { opcode, at, features: opcode.features | named };
}

/** Local variables at the start of a function's body. @returns FEATURE_* of their types. */
export function readLocals(reader: ModuleReader): number {
  return union(
    reader.vector(() => {
      reader.u32();
      return typeFeatures(reader);
    }),
  );
}

/** @returns FEATURE_* of the types that the immediates name. */
function skipImmediates(reader: ModuleReader, immediates: Immediates): number {
  switch (immediates) {
    case "block-type":
      return blockTypeFeatures(reader);
    case "types":
      return union(reader.vector(() => typeFeatures(reader)));
    case "labels":
      reader.vector(() => reader.u32());
      reader.u32();
      return 0;
    case "memory":
    case "memory-lane":
      skipMemoryOperand(reader);
      reader.skip(immediates === "memory" ? 0 : 1);
      return 0;
    default:
      reader.skip(skipIntegers(reader, immediates));
      return 0;
  }
}

/** @returns bytes that are still to be skipped. */
function skipIntegers(reader: ModuleReader, immediates: Immediates): number {
  if (immediates === "index" || immediates === "two-indices") reader.u32();
  if (immediates === "two-indices") reader.u32();
  if (immediates === "i32" || immediates === "heap-type") reader.signed(SIGNED_32_BYTES);
  if (immediates === "i64") reader.signed(SIGNED_64_BYTES);
  return immediates.startsWith("bytes-") ? Number(immediates.slice("bytes-".length)) : 0;
}

function skipMemoryOperand(reader: ModuleReader): void {
  const at = reader.at;
  if (reader.u32() >= MEMORY_INDEX_FOLLOWS) throw new MalformedModule(at, "names a memory by its index");
  reader.u32();
}

/** A type by its index has parameters or several results, else it would be written as one value type. */
function blockTypeFeatures(reader: ModuleReader): number {
  const at = reader.at;
  const type = reader.signed(SIGNED_32_BYTES);
  if (type >= 0) return FEATURE_MULTI_VALUE;
  if (type === EMPTY_BLOCK) return 0;
  reader.at = at;
  return typeFeatures(reader);
}

function typeFeatures(reader: ModuleReader): number {
  const at = reader.at;
  const code = reader.u8();
  const type = valueType(code);
  if (type === undefined) throw new MalformedModule(at, `has a value of type 0x${code.toString(16)}`);
  return type.features;
}

export function union(features: readonly number[]): number {
  return features.reduce((all, some) => all | some, 0);
}
