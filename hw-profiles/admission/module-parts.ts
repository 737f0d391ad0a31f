// What of a module matters for its admission (WebAssembly core specification, section 5.5).

export interface SectionEntry {
  readonly id: number;
  /** First byte of the content, and its length. */
  readonly at: number;
  readonly bytes: number;
}

export interface FunctionType {
  /** Codes of value types. */
  readonly parameters: readonly number[];
  readonly results: readonly number[];
}

export interface ImportEntry {
  readonly module: string;
  readonly name: string;
  readonly kind: ExternalKind;
}

export interface ExportEntry {
  readonly name: string;
  readonly kind: ExternalKind;
  readonly index: number;
}

export interface MemoryType {
  /** Pages of 64 KiB; undefined: without a limit. */
  readonly minimum: number;
  readonly maximum: number | undefined;
  readonly isShared: boolean;
  readonly is64Bit: boolean;
}

/** Bytes of the module. */
export interface ByteRange {
  readonly at: number;
  readonly end: number;
}

export const EXTERNAL_KINDS = ["function", "table", "memory", "global", "tag"] as const;
export type ExternalKind = (typeof EXTERNAL_KINDS)[number];

export interface ModuleParts {
  readonly sections: readonly SectionEntry[];
  readonly types: readonly FunctionType[];
  readonly imports: readonly ImportEntry[];
  /** Type indices of the module's own functions. */
  readonly functions: readonly number[];
  readonly memories: readonly MemoryType[];
  readonly exports: readonly ExportEntry[];
  /** Function that runs at instantiation. */
  readonly start: number | undefined;
  readonly tables: number;
  /** FEATURE_* of the types of functions and globals, and of the expressions that initialise globals and memory. */
  readonly features: number;
  /** Locals and instructions of each function. */
  readonly bodies: readonly ByteRange[];
}
