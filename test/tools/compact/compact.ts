// Shorter constants: a whole f64 takes nine bytes as a constant and three as a converted i32, one that is also a f32 six.
// Compilers fold the conversion, so that the machine code is the same.
import { afterInstruction, afterInteger, integerAt } from "./instructions.ts";

const CODE_SECTION = 10;
const I32_CONST = 0x41;
const F32_CONST = 0x43;
const F64_CONST = 0x44;
const F32_CONVERT_I32_S = 0xb2;
const F64_CONVERT_I32_S = 0xb7;
const F64_PROMOTE_F32 = 0xbb;
/** Whole numbers up to this are shorter as integers: two bytes, of f64 three. */
const WHOLE_F32 = 2 ** 13;
const WHOLE_F64 = 2 ** 20;

function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

function signed(value: number): number[] {
  const low = value & 0x7f;
  const rest = value >> 7;
  const last = (rest === 0 && low < 0x40) || (rest === -1 && low >= 0x40);
  return last ? [low] : [low | 0x80, ...signed(rest)];
}

function isWhole(value: number, limit: number): boolean {
  return Number.isInteger(value) && Math.abs(value) < limit && !Object.is(value, -0);
}

function floatBytes(value: number): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(4));
  bytes.setFloat32(0, value, true);
  return new Uint8Array(bytes.buffer);
}

/** The instruction, shorter if it is a constant that can be. */
function shorter(instruction: Uint8Array): ArrayLike<number> {
  const view = new DataView(instruction.buffer, instruction.byteOffset + 1);
  if (instruction[0] === F32_CONST) {
    const value = view.getFloat32(0, true);
    return isWhole(value, WHOLE_F32) ? [I32_CONST, ...signed(value), F32_CONVERT_I32_S] : instruction;
  }
  if (instruction[0] !== F64_CONST) return instruction;
  const value = view.getFloat64(0, true);
  if (isWhole(value, WHOLE_F64)) return [I32_CONST, ...signed(value), F64_CONVERT_I32_S];
  return Math.fround(value) === value ? [F32_CONST, ...floatBytes(value), F64_PROMOTE_F32] : instruction;
}

function compactBody(body: Uint8Array): Uint8Array {
  let at = afterInteger(body, 0);
  for (let groups = integerAt(body, 0); groups > 0; groups--) at = afterInteger(body, at) + 1;
  const parts: ArrayLike<number>[] = [body.subarray(0, at)];
  while (at < body.length) {
    const next = afterInstruction(body, at);
    parts.push(shorter(body.subarray(at, next)));
    at = next;
  }
  return joined(parts);
}

function joined(parts: readonly ArrayLike<number>[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function compactCode(section: Uint8Array): Uint8Array {
  const functions = integerAt(section, 0);
  const parts: ArrayLike<number>[] = [unsigned(functions)];
  let at = afterInteger(section, 0);
  for (let index = 0; index < functions; index++) {
    const start = afterInteger(section, at);
    const end = start + integerAt(section, at);
    const body = compactBody(section.subarray(start, end));
    parts.push(unsigned(body.length), body);
    at = end;
  }
  return joined(parts);
}

/** The same module with shorter constants. */
export function compact(module: Uint8Array): Uint8Array<ArrayBuffer> {
  const parts: ArrayLike<number>[] = [module.subarray(0, 8)];
  for (let at = 8; at < module.length; ) {
    const start = afterInteger(module, at + 1);
    const end = start + integerAt(module, at + 1);
    const content = module.subarray(start, end);
    const section = module[at] === CODE_SECTION ? compactCode(content) : content;
    parts.push([module[at]!], unsigned(section.length), section);
    at = end;
  }
  return joined(parts);
}
