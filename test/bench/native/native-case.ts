import type { Span } from "./stage-module.ts";

/** One piece of work that module, C twin and TypeScript do on the same bytes. */
export interface NativeCase {
  readonly stage: string;
  /** What one item is: "pixel" or "sample". */
  readonly item: string;
  readonly items: number;
  /** Time of the SIMD module over the C twin's that is aimed at. */
  readonly target: number;
  /** What the C twin works on: its memory, the name in main.c and the address of its plan. */
  readonly memory: Uint8Array;
  readonly name: string;
  readonly plan: number;
  /** Where the memory holds the results, that of the twin and that of `module`. */
  readonly outputs: readonly Span[];
  module(span: Span): Uint8Array;
  /** The module's build with SIMD (on the host: the product's own code); without; the slow reference in TypeScript. */
  readonly simd: () => void;
  readonly scalar?: () => void;
  /** Cases of numpy_twin.py on the same memory: in the module's integers, and in what BLAS is fast at. */
  readonly numpy?: { readonly int32: string; readonly float32: string };
  readonly typescript: { readonly items: number; run(): void };
}
