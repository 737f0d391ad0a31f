import { RESPONSE_MAX_ROWS } from "../detector/response.ts";
import { normalTable } from "../random/normal.ts";

const PAGE_BYTES = 65536;
/** maximumMemory of the `kernels` target in asconfig.json. */
const LARGEST_PAGES = 65536;
/** Buffers start on a cache line. */
const ALIGNMENT = 64;
/** Four pixels are worked on at a time: what is read so ends with room for three more. */
const SPARE_PIXELS = 3;
/** Random words of eight pixels and working vectors (sim/kernels/pixel/expose.ts). */
const SCRATCH_BYTES = 512;
/** Weight, position, two rows and two weighted rows (sim/kernels/pixel/rays.ts). */
const SCRATCH_BYTES_PER_RAY = 32;

/** Views on the kernel memory; rays of a pixel lie together: [pixel][ray]. As in sim/scene: metres and 0..1. */
export interface PixelHits {
  readonly rangeM: Float32Array;
  readonly signalRho: Float32Array;
  readonly ambientRho: Float32Array;
}

/** Views on the per-pixel maps; the caller fills them once. */
export interface PixelMaps {
  /** Electrons of all pulses of a gate plane at rho = 1, R = 1 m, collected with f = 1. */
  readonly signalScaleE: Float32Array;
  /** Background electrons a gate plane at rho = 1. */
  readonly ambientScaleE: Float32Array;
  /** Dark electrons a gate plane (a hot pixel just has many). */
  readonly darkE: Float32Array;
  /** Code of an empty pixel: pedestal + pixel and column pattern. */
  readonly offsetDn: Float32Array;
  /** 0 good, 1 dead (shows its offset), 2 stuck (shows stuckCode). */
  readonly defect: Uint8Array;
  readonly stuckCode: Uint16Array;
  /** Rows of the response table by which the gates of a pixel open late. */
  readonly lateRows: Float32Array;
}

export interface PixelShape {
  readonly pixels: number;
  readonly gates: number;
  readonly gateStride: number;
  readonly raysPerPixel: number;
}

/** All buffers of one instance as views on its memory; an address is a view's byteOffset. */
export interface PixelBuffers {
  readonly memory: WebAssembly.Memory;
  readonly hits: PixelHits;
  readonly maps: PixelMaps;
  readonly meanE: Float32Array;
  readonly ambientE: Float32Array;
  readonly signalE: Float32Array;
  readonly codes: Uint16Array;
  readonly normalTable: Float32Array;
  readonly scratch: Uint8Array;
  /** One a row of the response table. */
  readonly bins: Float32Array;
  readonly response: Float32Array;
}

/** Upper bound of what all buffers take, alignment included. */
function totalBytes({ pixels, gates, gateStride, raysPerPixel }: PixelShape): number {
  const mapBytes = 5 * 4 + 1 + 2;
  const resultBytes = 4 * gateStride + 4 + 4 + 2 * gates;
  const perPixel = 12 * raysPerPixel + mapBytes + resultBytes;
  const response = RESPONSE_MAX_ROWS * 4 * (gateStride + 1);
  const scratch = SCRATCH_BYTES + raysPerPixel * SCRATCH_BYTES_PER_RAY;
  const buffers = 17;
  return (
    (pixels + SPARE_PIXELS) * perPixel + response + scratch + normalTable().byteLength + buffers * ALIGNMENT
  );
}

/** Hands out views one after the other. The first page is left to the module. */
class ViewMaker {
  #next = PAGE_BYTES;
  readonly #buffer: ArrayBuffer;

  constructor(buffer: ArrayBuffer) {
    this.#buffer = buffer;
  }

  #take(bytes: number): number {
    const address = this.#next;
    this.#next += Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
    return address;
  }

  /** `spare` elements follow the view that are read, but not used. */
  floats(length: number, spare = 0): Float32Array {
    return new Float32Array(this.#buffer, this.#take((length + spare) * 4), length);
  }

  words(length: number): Uint16Array {
    return new Uint16Array(this.#buffer, this.#take(length * 2), length);
  }

  bytes(length: number): Uint8Array {
    return new Uint8Array(this.#buffer, this.#take(length), length);
  }
}

/** A memory of fixed size, so that views stay valid for ever, and the buffers in it, zeroed. */
export function createPixelBuffers(shape: PixelShape): PixelBuffers {
  const { pixels, gates, gateStride, raysPerPixel } = shape;
  const pages = 1 + Math.ceil(totalBytes(shape) / PAGE_BYTES);
  if (pages > LARGEST_PAGES) {
    throw new RangeError(
      `a band of ${pixels} pixels needs ${pages} pages of 64 KiB; expected at most ${LARGEST_PAGES}`,
    );
  }
  const memory = new WebAssembly.Memory({ initial: pages, maximum: LARGEST_PAGES });
  const make = new ViewMaker(memory.buffer);
  const rays = pixels * raysPerPixel;
  return {
    memory,
    hits: { rangeM: make.floats(rays), signalRho: make.floats(rays), ambientRho: make.floats(rays) },
    maps: {
      signalScaleE: make.floats(pixels),
      ambientScaleE: make.floats(pixels),
      darkE: make.floats(pixels, SPARE_PIXELS),
      offsetDn: make.floats(pixels, SPARE_PIXELS),
      defect: make.bytes(pixels),
      stuckCode: make.words(pixels),
      lateRows: make.floats(pixels),
    },
    meanE: make.floats(pixels * gateStride, SPARE_PIXELS * gateStride),
    ambientE: make.floats(pixels, SPARE_PIXELS),
    signalE: make.floats(pixels),
    codes: make.words(pixels * gates),
    normalTable: make.floats(normalTable().length),
    scratch: make.bytes(SCRATCH_BYTES + raysPerPixel * SCRATCH_BYTES_PER_RAY),
    bins: make.floats(RESPONSE_MAX_ROWS),
    response: make.floats(RESPONSE_MAX_ROWS * gateStride),
  };
}
