// The entries of a module's sections, one reader each. All throw MalformedModule.

import { FEATURE_MULTI_VALUE } from "../interface/image.ts";
import { readInstruction, union } from "./instructions.ts";
import {
  type ByteRange,
  EXTERNAL_KINDS,
  type ExportEntry,
  type ExternalKind,
  type FunctionType,
  type ImportEntry,
  type MemoryType,
} from "./module-parts.ts";
import { MalformedModule, type ModuleReader } from "./module-reader.ts";
import { valueType } from "./value-types.ts";

const FUNCTION_FORM = 0x60;
// Flags of limits.
const HAS_MAXIMUM = 1;
const IS_SHARED = 2;
const IS_64_BIT = 4;
// Kinds of data segments.
const DATA_PASSIVE = 1;
const DATA_WITH_MEMORY = 2;

export function functionType(reader: ModuleReader): FunctionType {
  const at = reader.at;
  if (reader.u8() !== FUNCTION_FORM) throw new MalformedModule(at, "has a type that is not of a function");
  const valueTypes = () => reader.vector(() => knownType(reader));
  return { parameters: valueTypes(), results: valueTypes() };
}

export function typeFeatures({ parameters, results }: FunctionType): number {
  const values = union([...parameters, ...results].map((code) => valueType(code)?.features ?? 0));
  return values | (results.length > 1 ? FEATURE_MULTI_VALUE : 0);
}

function knownType(reader: ModuleReader): number {
  const at = reader.at;
  const code = reader.u8();
  if (valueType(code) === undefined)
    throw new MalformedModule(at, `has a value of type 0x${code.toString(16)}`);
  return code;
}

function externalKind(reader: ModuleReader): ExternalKind {
  const at = reader.at;
  const kind = EXTERNAL_KINDS[reader.u8()];
  if (kind === undefined) throw new MalformedModule(at, "imports or exports something of no known kind");
  return kind;
}

export function importEntry(reader: ModuleReader): ImportEntry {
  const entry = { module: reader.name(), name: reader.name(), kind: externalKind(reader) };
  if (entry.kind === "function") reader.u32();
  else if (entry.kind === "memory") memoryType(reader);
  else if (entry.kind === "table") {
    reader.u8();
    memoryType(reader);
  } else reader.skip(2);
  return entry;
}

export function memoryType(reader: ModuleReader): MemoryType {
  const flags = reader.u32();
  const minimum = reader.u32();
  return {
    minimum,
    maximum: flags & HAS_MAXIMUM ? reader.u32() : undefined,
    isShared: (flags & IS_SHARED) !== 0,
    is64Bit: (flags & IS_64_BIT) !== 0,
  };
}

export function exportEntry(reader: ModuleReader): ExportEntry {
  return { name: reader.name(), kind: externalKind(reader), index: reader.u32() };
}

export function bodyRange(reader: ModuleReader): ByteRange {
  const body = reader.part(reader.u32());
  return { at: body.at, end: body.end };
}

export function globalFeatures(reader: ModuleReader): number {
  const type = valueType(knownType(reader))?.features ?? 0;
  reader.u8();
  return type | expressionFeatures(reader);
}

export function dataFeatures(reader: ModuleReader): number {
  const kind = reader.u32();
  if (kind === DATA_WITH_MEMORY) reader.u32();
  const features = kind === DATA_PASSIVE ? 0 : expressionFeatures(reader);
  reader.skip(reader.u32());
  return features;
}

/** A constant expression has no blocks: the first end is its own. */
function expressionFeatures(reader: ModuleReader): number {
  let features = 0;
  for (;;) {
    const instruction = readInstruction(reader);
    features |= instruction.features;
    if (instruction.opcode.name === "end") return features;
    if (instruction.opcode.isBanned) {
      throw new MalformedModule(instruction.at, `has ${instruction.opcode.name} in a constant`);
    }
  }
}
