const PAGE_BYTES = 65536;
/** Buffers start on a cache line. */
const ALIGNMENT = 64;

/** Hands out addresses of one linear memory, then makes a memory that holds them all. */
export class KernelMemoryPlan {
  /** The first page belongs to the module (its static data). */
  #next = PAGE_BYTES;

  /** Address of `bytes` bytes. */
  reserve(bytes: number): number {
    const address = this.#next;
    this.#next += Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
    return address;
  }

  /** Fixed size: views on it stay valid for ever. */
  createMemory(largestPages: number): WebAssembly.Memory {
    const initial = Math.ceil(this.#next / PAGE_BYTES);
    return new WebAssembly.Memory({ initial, maximum: largestPages });
  }
}
