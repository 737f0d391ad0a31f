// The memory of one band's imaging kernels. Collector and converter first say what they need (a plan), then the memory
// is made in its final size, so that views stay valid for ever.

import { normalTable } from "../random/normal.ts";

const PAGE_BYTES = 65536;
/** maximumMemory of the `imaging` target in asconfig.json. */
const LARGEST_PAGES = 65536;
/** Buffers start on a cache line. */
const ALIGNMENT = 64;

/** Where a buffer will lie: address in bytes, length in elements. */
export interface Place {
  readonly address: number;
  readonly length: number;
}

/** Hands out places one after the other. The first page is left to the module. */
export class MemoryPlan {
  #next = PAGE_BYTES;
  /** The table of sim/random/normal.ts, f32; ImagingMemory fills it. */
  readonly normalTable: Place = this.floats(normalTable().length);

  /** `spare` elements follow the buffer: kernels work on four pixels at a time and may touch them. */
  floats(length: number, spare = 0): Place {
    return this.#take(length, spare, 4);
  }

  doubles(length: number): Place {
    return this.#take(length, 0, 8);
  }

  words(length: number, spare = 0): Place {
    return this.#take(length, spare, 2);
  }

  bytes(length: number, spare = 0): Place {
    return this.#take(length, spare, 1);
  }

  #take(length: number, spare: number, bytesPerElement: number): Place {
    const address = this.#next;
    this.#next += Math.ceil(((length + spare) * bytesPerElement) / ALIGNMENT) * ALIGNMENT;
    return { address, length };
  }

  get totalBytes(): number {
    return this.#next;
  }
}

/** One instance of build/imaging.wasm on a memory of its own, zeroed. One per thread and band. */
export class ImagingMemory {
  /** Exports of the module; collectExports and convertExports say which. */
  readonly kernels: object;
  readonly #buffer: ArrayBuffer;

  private constructor(kernels: object, buffer: ArrayBuffer) {
    this.kernels = kernels;
    this.#buffer = buffer;
  }

  /**
   * @param wasm build/imaging.wasm.
   * @throws RangeError if the plan does not fit a 32-bit memory, WebAssembly.CompileError for bytes that are no module.
   */
  static create(wasm: Uint8Array, plan: MemoryPlan): ImagingMemory {
    const pages = Math.ceil(plan.totalBytes / PAGE_BYTES);
    if (pages > LARGEST_PAGES) {
      throw new RangeError(
        `an imaging band needs ${pages} pages of 64 KiB; expected at most ${LARGEST_PAGES}: use more threads or fewer reads`,
      );
    }
    const memory = new WebAssembly.Memory({ initial: pages, maximum: LARGEST_PAGES });
    const module = new WebAssembly.Module(new Uint8Array(wasm));
    const kernels: object = new WebAssembly.Instance(module, { env: { memory } }).exports;
    const made = new ImagingMemory(kernels, memory.buffer);
    made.floats(plan.normalTable).set(normalTable());
    return made;
  }

  floats(place: Place): Float32Array {
    return new Float32Array(this.#buffer, place.address, place.length);
  }

  doubles(place: Place): Float64Array {
    return new Float64Array(this.#buffer, place.address, place.length);
  }

  words(place: Place): Uint16Array {
    return new Uint16Array(this.#buffer, place.address, place.length);
  }

  bytes(place: Place): Uint8Array {
    return new Uint8Array(this.#buffer, place.address, place.length);
  }
}
