import { RESPONSE_MAX_ROWS, type ResponseTable } from "../detector/response.ts";
import { normalTable } from "../random/normal.ts";
import { keyOfSeed } from "../random/philox.ts";
import { type KernelExports, kernelExports } from "./kernel-exports.ts";
import { KernelMemoryPlan } from "./kernel-memory.ts";

/** Metres to ns of flight, there and back: 2 / c. */
const NS_PER_METRE = 2 / 0.299792458;
/** Four pixels are worked on at a time: buffers end with room for three more. */
const SPARE_PIXELS = 3;
/** Random words of eight pixels and working vectors (sim/kernels/pixel/expose.ts). */
const SCRATCH_BYTES = 512;
/** Weight, position, two rows and two weighted rows (sim/kernels/pixel/rays.ts). */
const SCRATCH_BYTES_PER_RAY = 32;
/** maximumMemory of the `kernels` target in asconfig.json. */
const LARGEST_PAGES = 65536;
/** Share of the full well up to which the pixel is linear. */
const KNEE_SHARE = 0.9;

export interface PixelKernelsOptions {
  /** build/kernels.wasm */
  readonly wasm: Uint8Array;
  /** Pixels of the band. */
  readonly pixels: number;
  readonly gates: number;
  /** A multiple of four. */
  readonly raysPerPixel: number;
}

export interface GatherOptions {
  /** Local index of the first pixel. */
  readonly firstPixel: number;
  readonly count: number;
  readonly extinctionPerM: number;
  /** Calibration chart: electrons that each pixel with hits collects over all gates, and ambient as a multiple of it. */
  readonly chart?: { readonly electrons: number; readonly ambientRatio: number } | undefined;
}

export interface ExposeOptions {
  /** Temporal noise seed, modulo 2^64. */
  readonly seed: bigint;
  readonly frame: number;
  /** Global index (row * width + column) of the band's pixel 0. */
  readonly bandFirstPixel: number;
  readonly resetNoiseE: number;
  readonly readNoiseE: number;
  readonly gainEPerDn: number;
  readonly fullWellE: number;
  readonly maxCode: number;
  /** Local index of the first pixel; 0. */
  readonly firstPixel?: number;
  /** All pixels of the band from firstPixel on. */
  readonly count?: number;
}

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
}

/**
 * The simulator's pixel array for one band of rows: hits in, codes out. One instance per thread. Results depend on the
 * global pixel index only, so any split into bands, and any order of calls, gives the same bits.
 */
export class PixelKernels {
  readonly pixels: number;
  readonly gates: number;
  readonly raysPerPixel: number;
  /** Gates of a pixel in meanE: `gates` rounded up to a multiple of four; the extra ones are 0. */
  readonly gateStride: number;
  readonly hits: PixelHits;
  readonly maps: PixelMaps;
  /** Mean signal electrons, [pixel][gateStride]. */
  readonly meanE: Float32Array;
  /** Background electrons a gate plane. */
  readonly ambientE: Float32Array;
  /** Signal electrons over all gates. */
  readonly signalE: Float32Array;
  /** Codes, plane-major: [gate][pixel]. */
  readonly codes: Uint16Array;
  readonly #exports: KernelExports;
  readonly #response: { readonly address: number; readonly bins: number; readonly values: Float32Array };
  #responseSet = false;

  private constructor(options: PixelKernelsOptions) {
    const { pixels, gates, raysPerPixel } = options;
    checkShape(options);
    this.pixels = pixels;
    this.gates = gates;
    this.raysPerPixel = raysPerPixel;
    this.gateStride = Math.ceil(gates / 4) * 4;

    const plan = new KernelMemoryPlan();
    const padded = pixels + SPARE_PIXELS;
    const hit = [0, 1, 2].map(() => plan.reserve(pixels * raysPerPixel * 4));
    const map = [0, 1, 2, 3].map(() => plan.reserve(padded * 4));
    const defect = plan.reserve(pixels);
    const stuckCode = plan.reserve(pixels * 2);
    const mean = plan.reserve(padded * this.gateStride * 4);
    const ambient = plan.reserve(padded * 4);
    const signal = plan.reserve(pixels * 4);
    const codes = plan.reserve(pixels * gates * 2);
    const table = plan.reserve(normalTable().byteLength);
    const scratch = plan.reserve(SCRATCH_BYTES + raysPerPixel * SCRATCH_BYTES_PER_RAY);
    const bins = plan.reserve(RESPONSE_MAX_ROWS * 4);
    const response = plan.reserve(RESPONSE_MAX_ROWS * this.gateStride * 4);

    const memory = plan.createMemory(LARGEST_PAGES);
    const floats = (address: number, length: number) => new Float32Array(memory.buffer, address, length);
    const rays = pixels * raysPerPixel;
    this.hits = {
      rangeM: floats(hit[0]!, rays),
      signalRho: floats(hit[1]!, rays),
      ambientRho: floats(hit[2]!, rays),
    };
    this.maps = {
      signalScaleE: floats(map[0]!, pixels),
      ambientScaleE: floats(map[1]!, pixels),
      darkE: floats(map[2]!, pixels),
      offsetDn: floats(map[3]!, pixels),
      defect: new Uint8Array(memory.buffer, defect, pixels),
      stuckCode: new Uint16Array(memory.buffer, stuckCode, pixels),
    };
    this.meanE = floats(mean, pixels * this.gateStride);
    this.ambientE = floats(ambient, pixels);
    this.signalE = floats(signal, pixels);
    this.codes = new Uint16Array(memory.buffer, codes, pixels * gates);
    this.#response = {
      address: response,
      bins,
      values: floats(response, RESPONSE_MAX_ROWS * this.gateStride),
    };

    this.#exports = kernelExports(options.wasm, memory);
    this.#exports.setShape(pixels, gates, raysPerPixel);
    this.#exports.setHits(hit[0]!, hit[1]!, hit[2]!);
    this.#exports.setMaps(map[0]!, map[1]!, map[2]!, map[3]!, defect, stuckCode);
    this.#exports.setResults(mean, ambient, signal, codes);
    floats(table, normalTable().length).set(normalTable());
    this.#exports.setWork(table, scratch);
  }

  /** Throws RangeError for a shape that does not fit, WebAssembly.CompileError for bytes that are not a module. */
  static create(options: PixelKernelsOptions): PixelKernels {
    return new PixelKernels(options);
  }

  /** The response used by gatherSignal from now on; copied. Throws RangeError if it does not fit this instance. */
  setResponse(table: ResponseTable): void {
    if (table.gates !== this.gates || table.rows < 2 || table.rows > RESPONSE_MAX_ROWS) {
      throw new RangeError(
        `response table of ${table.rows} rows x ${table.gates} gates; expected 2..${RESPONSE_MAX_ROWS} rows x ${this.gates} gates`,
      );
    }
    const { values, address, bins } = this.#response;
    values.fill(0);
    for (let row = 0; row < table.rows; row++) {
      values.set(table.values.subarray(row * table.gates, (row + 1) * table.gates), row * this.gateStride);
    }
    this.#exports.setResponse(
      address,
      table.rows,
      NS_PER_METRE / table.stepNs,
      table.t0MinNs / table.stepNs,
      table.periodNs / table.stepNs,
      bins,
    );
    this.#responseSet = true;
  }

  /** Hits and maps to meanE, ambientE and signalE. */
  gatherSignal(options: GatherOptions): void {
    const { firstPixel, count, extinctionPerM, chart } = options;
    if (!this.#responseSet)
      throw new Error("gatherSignal was called before setResponse: set the response table first");
    this.#checkRange(firstPixel, count);
    const ambient = chart ? (chart.electrons * chart.ambientRatio) / this.gates : 0;
    this.#exports.gatherSignal(firstPixel, count, extinctionPerM, chart?.electrons ?? 0, ambient);
  }

  /** meanE, ambientE and maps to codes, with the noise of (seed, frame, global pixel, gate). */
  expose(options: ExposeOptions): void {
    const firstPixel = options.firstPixel ?? 0;
    const count = options.count ?? this.pixels - firstPixel;
    this.#checkRange(firstPixel, count);
    const key = keyOfSeed(options.seed);
    const variance = options.resetNoiseE ** 2 + options.readNoiseE ** 2;
    const knee = options.fullWellE * KNEE_SHARE;
    this.#exports.setExposure(
      key.low,
      key.high,
      options.frame,
      options.bandFirstPixel,
      variance,
      Math.sqrt(variance),
      1 / options.gainEPerDn,
      knee,
      options.fullWellE - knee,
      options.maxCode,
    );
    this.#exports.expose(firstPixel, count);
  }

  #checkRange(firstPixel: number, count: number): void {
    if (firstPixel >= 0 && count >= 0 && firstPixel + count <= this.pixels) return;
    throw new RangeError(
      `pixels ${firstPixel}..${firstPixel + count - 1} asked for; this band has 0..${this.pixels - 1}`,
    );
  }
}

function checkShape({ pixels, gates, raysPerPixel }: PixelKernelsOptions): void {
  if (!(Number.isInteger(pixels) && pixels > 0))
    throw new RangeError(`${pixels} pixels; expected a positive integer`);
  if (!(Number.isInteger(gates) && gates > 0))
    throw new RangeError(`${gates} gates; expected a positive integer`);
  if (!(raysPerPixel > 0 && raysPerPixel % 4 === 0)) {
    throw new RangeError(`${raysPerPixel} rays per pixel; expected a positive multiple of 4, such as 16`);
  }
}
