// Shorter constants: a whole f64 takes nine bytes as a constant and three as a converted i32, one that is also a f32 six; a
// vector of four equal lanes takes eighteen, and two more than its lane as a splat. V8 folds conversions to f64 and vectors
// of zeros; a converted f32 and other splats take it as many instructions as the constants.
import { signed } from "./binary.ts";

const I32_CONST = 0x41;
const F32_CONST = 0x43;
const F64_CONST = 0x44;
const F32_CONVERT_I32_S = 0xb2;
const F64_CONVERT_I32_S = 0xb7;
const F64_PROMOTE_F32 = 0xbb;
const PREFIX_SIMD = 0xfd;
const V128_CONST = 0x0c;
const I32X4_SPLAT = 0x11;
const F32X4_SPLAT = 0x13;
const LANES = 4;
/** Whole numbers up to this are shorter as integers: two bytes, of f64 three. */
const WHOLE_F32 = 2 ** 13;
const WHOLE_F64 = 2 ** 20;
/** Bits of a lane from here on, up to the sign, are taken for a float: 2^-63. As an integer they would be as long. */
const FLOAT_LANE = 0x2000_0000;

function isWhole(value: number, limit: number): boolean {
  return Number.isInteger(value) && Math.abs(value) < limit && !Object.is(value, -0);
}

/** `view`: its four bytes, kept as they are, whatever they mean. */
function f32Constant(view: DataView): number[] {
  const value = view.getFloat32(0, true);
  if (isWhole(value, WHOLE_F32)) return [I32_CONST, ...signed(value), F32_CONVERT_I32_S];
  return [F32_CONST, ...new Uint8Array(view.buffer, view.byteOffset, 4)];
}

function shorterF64(instruction: Uint8Array, value: number): ArrayLike<number> {
  if (isWhole(value, WHOLE_F64)) return [I32_CONST, ...signed(value), F64_CONVERT_I32_S];
  if (Math.fround(value) !== value) return instruction;
  const single = new DataView(new ArrayBuffer(4));
  single.setFloat32(0, value, true);
  return [...f32Constant(single), F64_PROMOTE_F32];
}

/** `view`: the lanes. */
function shorterVector(instruction: Uint8Array, view: DataView): ArrayLike<number> {
  const lane = view.getInt32(0, true);
  for (let other = 1; other < LANES; other++) if (view.getInt32(4 * other, true) !== lane) return instruction;
  return lane >= FLOAT_LANE
    ? [...f32Constant(view), PREFIX_SIMD, F32X4_SPLAT]
    : [I32_CONST, ...signed(lane), PREFIX_SIMD, I32X4_SPLAT];
}

/** The instruction, shorter if it is a constant that can be. */
export function shorter(instruction: Uint8Array): ArrayLike<number> {
  const { buffer, byteOffset } = instruction;
  const [opcode, second] = instruction;
  if (opcode === F32_CONST) return f32Constant(new DataView(buffer, byteOffset + 1));
  if (opcode === F64_CONST)
    return shorterF64(instruction, new DataView(buffer, byteOffset + 1).getFloat64(0, true));
  if (opcode === PREFIX_SIMD && second === V128_CONST)
    return shorterVector(instruction, new DataView(buffer, byteOffset + 2));
  return instruction;
}
