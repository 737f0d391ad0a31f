// How long an instruction of WebAssembly is: of version 2, which is what asc writes (no exceptions, threads, garbage
// collection).

/** Bytes after the opcode: a number of LEB128 integers, then a number of bytes. */
type Immediates = readonly [integers: number, bytes: number];

const NONE: Immediates = [0, 0];
const PREFIX_MISC = 0xfc;
const PREFIX_SIMD = 0xfd;
const BR_TABLE = 0x0e;

const PLAIN: ReadonlyMap<number, Immediates> = new Map<number, Immediates>([
  ...range(0x02, 0x04, [1, 0]), // block, loop, if: type
  ...range(0x0c, 0x0d, [1, 0]), // br, br_if
  [0x10, [1, 0]], // call
  [0x11, [2, 0]], // call_indirect
  ...range(0x20, 0x26, [1, 0]), // locals, globals, tables
  ...range(0x28, 0x3e, [2, 0]), // loads and stores
  ...range(0x3f, 0x40, [1, 0]), // memory.size, memory.grow
  ...range(0x41, 0x42, [1, 0]), // i32.const, i64.const
  [0x43, [0, 4]], // f32.const
  [0x44, [0, 8]], // f64.const
]);

const MISC: ReadonlyMap<number, Immediates> = new Map<number, Immediates>([
  [8, [2, 0]], // memory.init
  [9, [1, 0]], // data.drop
  [10, [2, 0]], // memory.copy
  [11, [1, 0]], // memory.fill
]);

const SIMD: ReadonlyMap<number, Immediates> = new Map<number, Immediates>([
  ...range(0, 11, [2, 0]), // loads and the store
  ...range(12, 13, [0, 16]), // v128.const, i8x16.shuffle
  ...range(21, 34, [0, 1]), // lanes
  ...range(84, 91, [2, 1]), // loads and stores of a lane
  ...range(92, 93, [2, 0]), // loads with zeros
]);

function range(first: number, last: number, immediates: Immediates): [number, Immediates][] {
  return Array.from({ length: last - first + 1 }, (_, i) => [first + i, immediates]);
}

/** Position after the LEB128 integer at `at`. */
export function afterInteger(bytes: Uint8Array, at: number): number {
  let next = at;
  while (bytes[next++]! >= 0x80);
  return next;
}

/** An unsigned LEB128 integer of up to 32 bits. */
export function integerAt(bytes: Uint8Array, at: number): number {
  let value = 0;
  for (let shift = 0, next = at; ; shift += 7, next++) {
    value |= (bytes[next]! & 0x7f) << shift;
    if (bytes[next]! < 0x80) return value >>> 0;
  }
}

/** Whether an instruction names a data segment: memory.init and data.drop do. */
export function namesSegment(instruction: Uint8Array): boolean {
  return instruction[0] === PREFIX_MISC && (instruction[1] === 8 || instruction[1] === 9);
}

/** Position after the instruction at `at`. */
export function afterInstruction(bytes: Uint8Array, at: number): number {
  const opcode = bytes[at]!;
  let next = at + 1;
  if (opcode === BR_TABLE) {
    const targets = integerAt(bytes, next) + 1;
    next = afterInteger(bytes, next);
    for (let target = 0; target < targets; target++) next = afterInteger(bytes, next);
    return next;
  }
  let immediates = PLAIN.get(opcode) ?? NONE;
  if (opcode === PREFIX_MISC || opcode === PREFIX_SIMD) {
    immediates = (opcode === PREFIX_MISC ? MISC : SIMD).get(integerAt(bytes, next)) ?? NONE;
    next = afterInteger(bytes, next);
  }
  for (let integer = 0; integer < immediates[0]; integer++) next = afterInteger(bytes, next);
  return next + immediates[1];
}
