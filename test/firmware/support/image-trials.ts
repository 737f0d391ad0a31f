import type { ReferenceRow } from "../../reference/firmware/frame.ts";
import type { ImagingParameters } from "./imaging-parameters.ts";
import { encodeImagingParameters } from "./imaging-parameters.ts";
import type { Random } from "./random.ts";
import { linesPayload } from "./report-reader.ts";
import { TestBoard } from "./test-board.ts";

/** A synthetic chip: what every pixel has for good. */
export interface Chip {
  readonly offsetDn: Float64Array;
  /** Electrons over the exposure at the reference temperature. */
  readonly darkE: Float64Array;
}

/** Offsets spread by 8 DN, dark current lognormal. */
export function randomChip(pixels: number, meanDarkE: number, spread: number, random: Random): Chip {
  return {
    offsetDn: Float64Array.from({ length: pixels }, () => 150 + 8 * random.normal()),
    darkE: Float64Array.from({ length: pixels }, () => meanDarkE * Math.exp(spread * random.normal())),
  };
}

/** Codes of one pixel at its reads: `chargeE` are the mean electrons that come before each read. */
export function exposePixel(
  p: ImagingParameters,
  offsetDn: number,
  chargeE: readonly number[],
  random: Random,
): number[] {
  let nodeE = p.resetNoiseE * random.normal();
  return chargeE.map((mean) => {
    nodeE += random.poisson(mean);
    const level = (nodeE + p.readNoiseE * random.normal()) / p.gainEPerDn + offsetDn;
    return Math.max(0, Math.min(2 ** p.adcBits - 1, Math.floor(level + 0.5)));
  });
}

/** Exposes a frame: samples of every row. `chargeE(i)`: as exposePixel, of pixel i. */
export function exposeFrame(
  p: ImagingParameters,
  chip: Chip,
  chargeE: (pixel: number) => readonly number[],
  random: Random,
): Uint16Array[] {
  return Array.from({ length: p.height }, (_, y) => {
    const samples = new Uint16Array(p.reads * p.width);
    for (let x = 0; x < p.width; x++) {
      const pixel = y * p.width + x;
      exposePixel(p, chip.offsetDn[pixel]!, chargeE(pixel), random).forEach((code, i) => {
        samples[i * p.width + x] = code;
      });
    }
    return samples;
  });
}

export interface ImageResult {
  readonly signalDn: Float64Array;
  readonly sigmaDn: Float64Array;
}

/** Maps of a frame, 1/16 DN. */
export interface Maps {
  readonly offset: Uint16Array;
  readonly dark: Uint16Array;
}

/** One configured module that turns samples into DN. */
export class ImageModule {
  readonly #board = new TestBoard("readout.wasm");
  readonly #p: ImagingParameters;

  constructor(p: ImagingParameters) {
    this.#p = p;
    const status = this.#board.configure(encodeImagingParameters(p));
    if (status !== 0) throw new Error(`parameters refused with status ${status}`);
  }

  run(samples: readonly Uint16Array[], maps: Maps, temperatureMk: number): ImageResult {
    const { width, height, intensityOffset, intensityScale, sigmaScale } = this.#p;
    const rows = samples.map((line, y): ReferenceRow => {
      const part = (map: Uint16Array): Uint16Array => map.slice(y * width, (y + 1) * width);
      return { samples: line, offset: part(maps.offset), dark: part(maps.dark), bad: new Uint8Array(width) };
    });
    const start = { frame: 1, temperatureMk, startCycle: 0n, endCycle: 1n, dropped: 0 };
    const lines = linesPayload(this.#board.runFrame({ ...start, rows }));
    const view = new DataView(lines.buffer, lines.byteOffset);
    const at = (pixel: number): number => Math.floor(pixel / width) * 5 * width + 2 * (pixel % width);
    const pixels = { length: width * height };
    return {
      signalDn: Float64Array.from(
        pixels,
        (_, i) => (view.getUint16(at(i) + 2 * width, true) - intensityOffset) * intensityScale,
      ),
      sigmaDn: Float64Array.from(pixels, (_, i) => view.getUint16(at(i), true) * sigmaScale),
    };
  }
}

export function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function variance(values: Float64Array): number {
  const middle = mean(values);
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1);
}
