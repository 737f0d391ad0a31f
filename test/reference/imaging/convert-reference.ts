/**
 * Slow reference of the converter, one pixel, read and counter clock at a time; f32 by Math.fround where the kernel has f32.
 */
import type { ImagingProfile } from "../../../hw-profiles/sensor-profile.ts";
import type {
  ImagingConditions,
  NoiseKey,
  ReadSchedule,
  ReadWindow,
  SensorRows,
} from "../../../sim/imaging/seams.ts";
import { exp } from "../../../sim/math/elementary.ts";
import { followerFactor, followerNoise } from "../../../sim/pixel/follower-noise.ts";
import {
  columnSteps,
  type DefectPixel,
  defectPixels,
  offsetMapDn,
  type RtsPixel,
  rtsPixels,
} from "../../../sim/pixel/imaging-patterns.ts";
import {
  LARGEST_FILL,
  LEAST_FILL,
  type NodeTransfer,
  nodeTransfer,
} from "../../../sim/pixel/node-transfer.ts";
import { fullWellE, gainEPerDn } from "../../../sim/pixel/noise-budget.ts";
import { normalFromWord } from "../../../sim/random/normal.ts";
import { keyOfSeed, philox4x32 } from "../../../sim/random/philox.ts";
import * as Stream from "../../../sim/random/streams.ts";
import { type RampSpec, rampDn } from "../../../sim/roic/adc/single-slope.ts";

const f = Math.fround;

export interface ConvertInput {
  readonly profile: ImagingProfile;
  readonly band: SensorRows;
  readonly charge: Float32Array;
  readonly schedule: ReadSchedule;
  readonly window: ReadWindow;
  readonly conditions: ImagingConditions;
  readonly key: NoiseKey;
}

/** Code by stepping every clock of the ramp; the last code where the ramp never passes the level. */
export function steppedCode(spec: RampSpec, levelDn: number): number {
  const counts = 2 ** spec.bits;
  for (let count = 0; count < counts; count++) if (rampDn(spec, count) > levelDn) return count;
  return counts - 1;
}

export class ConvertReference {
  readonly #input: ConvertInput;
  readonly #offsetDn: Float32Array;
  readonly #steps: Float64Array;
  readonly #transfer: NodeTransfer;
  readonly #rts: ReadonlyMap<number, RtsPixel>;
  readonly #defects: ReadonlyMap<number, DefectPixel>;
  readonly #scale: number;
  readonly #codeOf: (ramp: RampSpec, levelDn: number) => number;
  /** Of the row at hand. */
  #factor: { readonly row: number; readonly elements: Float64Array } = {
    row: -1,
    elements: new Float64Array(0),
  };

  /** @param codeOf the converter; latchedCode of sim/roic/adc/single-slope.ts has the same codes faster. */
  constructor(input: ConvertInput, codeOf = steppedCode) {
    const { profile, band, conditions } = input;
    const { effects } = conditions;
    const { widthPx } = profile.array;
    const byPlace = <T extends { row: number; column: number }>(pixels: readonly T[]) =>
      new Map(pixels.map((pixel) => [pixel.row * widthPx + pixel.column, pixel]));
    this.#input = input;
    this.#codeOf = codeOf;
    this.#offsetDn = offsetMapDn(profile, effects, band);
    this.#steps = columnSteps(profile, effects);
    this.#transfer = nodeTransfer(profile.pixel, effects);
    this.#rts = byPlace(rtsPixels(profile, effects, band));
    this.#defects = byPlace(defectPixels(profile, effects, band));
    this.#scale = conditions.analogGain / gainEPerDn(profile);
  }

  /** Codes as LevelConverter.convert returns them, for lines that lie in the band. */
  codes(firstLine: number, lines: number): Uint16Array {
    const { schedule, window } = this.#input;
    const codes: number[] = [];
    for (let read = 0; read < schedule.reads; read++) {
      for (let line = firstLine; line < firstLine + lines; line++) {
        for (let x = 0; x < window.width; x++) codes.push(this.#code(read, line, x));
      }
    }
    return Uint16Array.from(codes);
  }

  #code(read: number, line: number, x: number): number {
    const { window, band, profile, conditions, key } = this.#input;
    const row = (window.offsetY + line) * window.binningY * window.decimationY - band.firstRow;
    const column = (window.offsetX + x) * window.binningX * window.decimationX;
    const { binningX, binningY } = window;
    const defect = this.#defects.get(row * profile.array.widthPx + column);
    if (binningX * binningY === 1 && defect?.kind === 2) return defect.code;
    const { inl, rampNoise } = conditions.effects;
    const noiseDn = rampNoise.on ? f(rampNoise.rmsDn * rampNormal(key, band.firstRow + row, read)) : 0;
    const spec = {
      bits: profile.adc.bits,
      startDn: 0.5,
      stepDn: this.#steps[column]!,
      inlDn: inl.on ? inl.pointsDn : [],
    };
    return this.#codeOf(spec, f(this.#binLevel(read, row, column) + noiseDn));
  }

  /** Rows one after the other, then pairs of columns. */
  #binLevel(read: number, firstRow: number, firstColumn: number): number {
    const { binningX, binningY } = this.#input.window;
    const sums = Array.from({ length: binningX }, (_, i) => {
      let sum = this.level(read, firstRow, firstColumn + i);
      for (let row = 1; row < binningY; row++)
        sum = f(sum + this.level(read, firstRow + row, firstColumn + i));
      return sum;
    });
    const pair = (i: number) => f(sums[i]! + sums[i + 1]!);
    const total = binningX === 1 ? sums[0]! : binningX === 2 ? pair(0) : f(pair(0) + pair(2));
    return binningX * binningY === 1 ? total : f(total * f(1 / (binningX * binningY)));
  }

  /** Level of one pixel before ramp and converter, DN. */
  level(read: number, row: number, column: number): number {
    const { profile, band, charge } = this.#input;
    const { widthPx } = profile.array;
    const at = row * widthPx + column;
    const defect = this.#defects.get(at);
    if (defect) return defect.kind === 1 ? this.#offsetDn[at]! : defect.code;
    const electrons = charge[read * band.rows * widthPx + at]!;
    let dn = f(electrons * f(this.#scale));
    if (this.#transfer.bent) dn = f(dn * bend(this.#transfer, f(electrons * f(1 / fullWellE(profile)))));
    dn = f(dn + this.#followerNoise(read, row, band.firstRow * widthPx + at));
    dn = f(dn + this.#offsetDn[at]!);
    const rts = this.#rts.get(at);
    return rts ? f(dn + this.#telegraph(rts, read, band.firstRow * widthPx + at)) : dn;
  }

  #times(row: number): Float64Array {
    const { reads, sampleS } = this.#input.schedule;
    return sampleS.subarray(row * reads, (row + 1) * reads);
  }

  #noiseFactor(row: number): Float64Array {
    const { profile, conditions } = this.#input;
    if (row !== this.#factor.row) {
      const noise = followerNoise(profile.pixel, conditions.effects);
      this.#factor = { row, elements: followerFactor(noise, this.#times(row)) };
    }
    return this.#factor.elements;
  }

  #followerNoise(read: number, row: number, pixel: number): number {
    const { key, schedule } = this.#input;
    const factor = this.#noiseFactor(row);
    const { low, high } = keyOfSeed(key.seed);
    let sum = 0;
    for (let j = 0; j <= read; j++) {
      const counter = (pixel >>> 4) * 4 + (pixel & 3);
      const words = philox4x32([counter, j, key.frame, Stream.STREAM_FOLLOWER_NOISE], low, high);
      const element = f(factor[read * schedule.reads + j]! * this.#scale);
      sum = f(sum + f(element * normalFromWord(words[(pixel >>> 2) & 3]!)));
    }
    return sum;
  }

  #telegraph({ risePerS, fallPerS, amplitudeE }: RtsPixel, read: number, pixel: number): number {
    const { key } = this.#input;
    const { low, high } = keyOfSeed(key.seed);
    const times = this.#times(this.#rowOf(pixel));
    const share = risePerS / (risePerS + fallPerS);
    let state = 0;
    for (let i = 0; i <= read; i++) {
      const words = philox4x32([pixel, i >> 2, key.frame, Stream.STREAM_RTS_STATE], low, high);
      const exponent = i === 0 ? 0 : -(risePerS + fallPerS) * (times[i]! - times[i - 1]!);
      const kept = exponent < -700 ? 0 : exp(exponent);
      const chance = i === 0 ? share : share + (state - share) * kept;
      state = (words[i & 3]! + 0.5) * 2 ** -32 < chance ? 1 : 0;
    }
    return f(f(f(amplitudeE) * f(this.#scale)) * f(state - share));
  }

  #rowOf(pixel: number): number {
    const { profile, band } = this.#input;
    return Math.floor(pixel / profile.array.widthPx) - band.firstRow;
  }
}

function bend({ coefficients }: NodeTransfer, fill: number): number {
  const u = Math.max(Math.min(fill, LARGEST_FILL), LEAST_FILL);
  let sum = f(coefficients[coefficients.length - 1]!);
  for (let power = coefficients.length - 2; power >= 0; power--)
    sum = f(f(sum * u) + f(coefficients[power]!));
  return sum;
}

function rampNormal(key: NoiseKey, sensorRow: number, read: number): number {
  const { low, high } = keyOfSeed(key.seed);
  const words = philox4x32([sensorRow, read >> 2, key.frame, Stream.STREAM_RAMP_NOISE], low, high);
  return normalFromWord(words[read & 3]!);
}
