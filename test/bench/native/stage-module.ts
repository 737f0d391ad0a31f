import { readFileSync } from "node:fs";
import * as Blocks from "../../../hw-profiles/interface/memory-map.ts";
import { STATUS_OK } from "../../../hw-profiles/interface/status.ts";
import type { ReferenceRow } from "../../reference/firmware/frame.ts";

/** Bytes of a memory, or of a part of it. */
export interface Span {
  readonly address: number;
  readonly bytes: number;
}

/** The readout logic's stages over one row, from firmware/stage-bench.ts. */
export class StageModule {
  readonly #exports: WebAssembly.Exports;
  readonly #memory: WebAssembly.Memory;

  /** @param name of a file in build/. @throws Error when it refuses the parameters. */
  constructor(name: string, block: Uint8Array, row: ReferenceRow) {
    const bytes = readFileSync(new URL(`../../../build/${name}`, import.meta.url));
    this.#exports = new WebAssembly.Instance(new WebAssembly.Module(bytes), {}).exports;
    this.#memory = this.#exports["memory"] as WebAssembly.Memory;
    this.memory.set(block, Blocks.PARAM_BLOCK);
    const status = this.call("bench_configure");
    if (status !== STATUS_OK)
      throw new Error(`${name}: found status ${status}, expected 0 for the parameters`);
    const put = (field: number, values: Uint8Array | Uint16Array): void =>
      this.memory.set(
        new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
        this.word(Blocks.LAYOUT_BLOCK + field),
      );
    put(Blocks.LAYOUT_SAMPLES, row.samples);
    put(Blocks.LAYOUT_OFFSET_MAP, row.offset);
    put(Blocks.LAYOUT_DARK_MAP, row.dark);
    put(Blocks.LAYOUT_BAD_MAP, row.bad);
  }

  /** The module's whole memory. */
  get memory(): Uint8Array {
    return new Uint8Array(this.#memory.buffer);
  }

  word(address: number): number {
    return new DataView(this.#memory.buffer).getUint32(address, true);
  }

  /** An export as it stands, for loops that are timed. */
  stage(name: string): () => number {
    const stage = this.#exports[name];
    if (typeof stage !== "function")
      throw new Error(`found no export ${name}, expected it in the stage bench`);
    return stage as () => number;
  }

  call(name: string): number {
    return this.stage(name)();
  }

  bytes({ address, bytes }: Span): Uint8Array {
    return this.memory.slice(address, address + bytes);
  }
}
