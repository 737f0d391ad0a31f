import { FEATURE_FLOAT32, FEATURE_FLOAT64, FEATURE_SIMD } from "../interface/image.ts";

interface ValueType {
  readonly name: string;
  /** FEATURE_* that a value of it needs. */
  readonly features: number;
}

/** Value types of a readout logic, by their codes; references are none. */
const VALUE_TYPES: ReadonlyMap<number, ValueType> = new Map([
  [0x7f, { name: "i32", features: 0 }],
  [0x7e, { name: "i64", features: 0 }],
  [0x7d, { name: "f32", features: FEATURE_FLOAT32 }],
  [0x7c, { name: "f64", features: FEATURE_FLOAT64 }],
  [0x7b, { name: "v128", features: FEATURE_SIMD }],
]);

/** Undefined: a reference, or a type of a later version of WebAssembly. */
export function valueType(code: number): ValueType | undefined {
  return VALUE_TYPES.get(code);
}

export function typeName(code: number): string {
  return valueType(code)?.name ?? `type 0x${code.toString(16)}`;
}
