import { ModuleReader } from "../../../../hw-profiles/admission/module-reader.ts";
import { MISC_NAMES, PLAIN_NAMES, VECTOR_NAMES } from "../../../../hw-profiles/admission/opcode-names.ts";
import { type Immediates, readOpcode } from "../../../../hw-profiles/admission/opcodes.ts";

function leb(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...leb(value >>> 7)];
}

function section(id: number, content: readonly number[]): number[] {
  return [id, ...leb(content.length), ...content];
}

const IMMEDIATES: Readonly<Record<Immediates, readonly number[]>> = {
  none: [],
  index: [0],
  "two-indices": [0, 0],
  "block-type": [0x40],
  labels: [2, 0, 0, 0],
  types: [1, 0x7f],
  "heap-type": [0x70],
  memory: [0, 0x90, 0x01],
  "memory-lane": [0, 0x90, 0x01, 1],
  i32: [0xff, 0x7e],
  i64: [0xff, 0x7e],
  "bytes-1": [1],
  "bytes-4": [1, 2, 3, 4],
  "bytes-8": [1, 2, 3, 4, 5, 6, 7, 8],
  "bytes-16": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16],
};

/** Those that open or close blocks are in every real module. */
const BLOCKS = new Set(["block", "loop", "if", "else", "end"]);

/** Codes of all instructions but those of blocks. */
function codes(): number[][] {
  const of = (names: readonly string[], prefix: readonly number[]) =>
    names.flatMap((name, code) => (name === "-" || BLOCKS.has(name) ? [] : [[...prefix, ...leb(code)]]));
  // A code of one byte is that byte, not a LEB128 integer.
  const plain = PLAIN_NAMES.flatMap((name, code) => (name === "-" || BLOCKS.has(name) ? [] : [[code]]));
  return [...plain, ...of(MISC_NAMES, [0xfc]), ...of(VECTOR_NAMES, [0xfd])];
}

/** A module whose one function has every instruction once, one after the other: well formed, not valid. */
export function everyInstruction(): Uint8Array<ArrayBuffer> {
  const instructions = codes().flatMap((code) => {
    const { immediates } = readOpcode(new ModuleReader(Uint8Array.from(code)));
    return [...code, ...IMMEDIATES[immediates]];
  });
  const body = [0, ...instructions, 0x0b];
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, 0, 0]),
    ...section(3, [1, 0]),
    ...section(4, [1, 0x70, 0, 1]),
    ...section(5, [1, 0, 1]),
    ...section(6, [1, 0x7f, 1, 0x41, 0, 0x0b]),
    ...section(9, [1, 1, 0, 1, 0]),
    ...section(12, [1]),
    ...section(10, [1, ...leb(body.length), ...body]),
    ...section(11, [1, 1, 0]),
  ]);
}
