import { MEMORY_PAGES } from "../interface/abi.ts";
import {
  FEATURE_BULK_MEMORY,
  FEATURE_FLOAT32,
  FEATURE_FLOAT64,
  FEATURE_MULTI_VALUE,
  FEATURE_OPCODES,
  FEATURE_SATURATING_CONVERSION,
  FEATURE_SIGN_EXTENSION,
  FEATURE_SIMD,
  HARDWARE_INTEGER,
  HARDWARE_SCALAR,
  HARDWARE_VECTOR,
  IMAGE_PAYLOAD_MAX,
} from "../interface/image.ts";

/** A class of hardware, as far as it limits the module that runs on it. */
export interface HardwareTarget {
  /** HARDWARE_* */
  readonly hardwareClass: number;
  readonly name: "vector" | "scalar" | "integer";
  /** FEATURE_* of opcodes that it can run. */
  readonly features: number;
  /** Linear memory that it sets aside, pages of 64 KiB. */
  readonly pages: number;
  readonly payloadMaxBytes: number;
}

const FLOATS = FEATURE_FLOAT32 | FEATURE_FLOAT64 | FEATURE_SATURATING_CONVERSION;

function target(hardwareClass: number, name: HardwareTarget["name"], features: number): HardwareTarget {
  return { hardwareClass, name, features, pages: MEMORY_PAGES, payloadMaxBytes: IMAGE_PAYLOAD_MAX };
}

/** Application processor with vectors: the board that the simulator is. */
export const VECTOR_TARGET = target(HARDWARE_VECTOR, "vector", FEATURE_OPCODES);
/** Microcontroller with a floating-point unit. */
export const SCALAR_TARGET = target(HARDWARE_SCALAR, "scalar", FEATURE_OPCODES & ~FEATURE_SIMD);
/** Microcontroller without one. */
export const INTEGER_TARGET = target(HARDWARE_INTEGER, "integer", FEATURE_OPCODES & ~(FEATURE_SIMD | FLOATS));

export const HARDWARE_TARGETS: readonly HardwareTarget[] = [VECTOR_TARGET, SCALAR_TARGET, INTEGER_TARGET];

/** Undefined for a number that is no class. */
export function hardwareTarget(hardwareClass: number): HardwareTarget | undefined {
  return HARDWARE_TARGETS.find((entry) => entry.hardwareClass === hardwareClass);
}

/** Names of FEATURE_* of opcodes, as findings and documents call them. */
export const OPCODE_FEATURES: ReadonlyMap<number, string> = new Map([
  [FEATURE_FLOAT32, "32-bit floats"],
  [FEATURE_FLOAT64, "64-bit floats"],
  [FEATURE_SIMD, "128-bit vectors"],
  [FEATURE_SIGN_EXTENSION, "sign extension"],
  [FEATURE_SATURATING_CONVERSION, "saturating conversion"],
  [FEATURE_BULK_MEMORY, "memory.copy and memory.fill"],
  [FEATURE_MULTI_VALUE, "several results"],
]);
