export interface SceneOptions {
  /** The bytes of build/trace.wasm (sim/kernels/trace.ts). */
  readonly traceWasm: Uint8Array<ArrayBuffer>;
  /** Called during work that takes long, with what is done and how far it is, 0..1. */
  readonly onProgress?: SceneProgress;
}

export type SceneProgress = (activity: string, fraction: number) => void;
