import { NS_PER_RANGE_M } from "../../hw-profiles/derive/constants.ts";
import { RESPONSE_MAX_ROWS, type ResponseTable } from "../detector/response.ts";
import { normalTable } from "../random/normal.ts";
import { keyOfSeed } from "../random/philox.ts";
import { type KernelExports, kernelExports } from "./kernel-exports.ts";
import { createPixelBuffers, type PixelBuffers, type PixelHits, type PixelMaps } from "./pixel-buffers.ts";

/** Metres to ns of flight, there and back: 2 / c. */
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
  readonly #buffers: PixelBuffers;
  #responseSet = false;

  private constructor(options: PixelKernelsOptions) {
    const { pixels, gates, raysPerPixel } = options;
    checkShape(options);
    this.pixels = pixels;
    this.gates = gates;
    this.raysPerPixel = raysPerPixel;
    this.gateStride = Math.ceil(gates / 4) * 4;

    const buffers = createPixelBuffers(this);
    this.#buffers = buffers;
    this.hits = buffers.hits;
    this.maps = buffers.maps;
    this.meanE = buffers.meanE;
    this.ambientE = buffers.ambientE;
    this.signalE = buffers.signalE;
    this.codes = buffers.codes;
    this.#exports = kernelExports(options.wasm, buffers.memory);
    this.#placeBuffers();
  }

  #placeBuffers(): void {
    const { hits, maps } = this;
    const buffers = this.#buffers;
    buffers.normalTable.set(normalTable());
    this.#exports.setShape(this.pixels, this.gates, this.raysPerPixel);
    this.#exports.setHits(hits.rangeM.byteOffset, hits.signalRho.byteOffset, hits.ambientRho.byteOffset);
    this.#exports.setMaps(
      maps.signalScaleE.byteOffset,
      maps.ambientScaleE.byteOffset,
      maps.darkE.byteOffset,
      maps.offsetDn.byteOffset,
      maps.defect.byteOffset,
      maps.stuckCode.byteOffset,
      maps.lateRows.byteOffset,
    );
    this.#exports.setResults(
      this.meanE.byteOffset,
      this.ambientE.byteOffset,
      this.signalE.byteOffset,
      this.codes.byteOffset,
    );
    this.#exports.setWork(buffers.normalTable.byteOffset, buffers.scratch.byteOffset);
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
    const { response, bins } = this.#buffers;
    response.fill(0);
    for (let row = 0; row < table.rows; row++) {
      response.set(table.values.subarray(row * table.gates, (row + 1) * table.gates), row * this.gateStride);
    }
    this.#exports.setResponse(
      response.byteOffset,
      table.rows,
      NS_PER_RANGE_M / table.stepNs,
      table.t0MinNs / table.stepNs,
      table.periodNs / table.stepNs,
      bins.byteOffset,
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
    const { resetNoiseE, readNoiseE } = options;
    const variance = resetNoiseE * resetNoiseE + readNoiseE * readNoiseE;
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
