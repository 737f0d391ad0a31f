import { NS_PER_RANGE_M } from "../../hw-profiles/derive/constants.ts";
import type { CodeScale, TargetCapture } from "./target-capture.ts";

/** Pixels of one capture whose returns come at nearly the same time, added up. */
export interface Bin {
  /** Place of the capture. */
  readonly capture: number;
  /** Known return time, the pixels' own times included and the time offset not, ns. */
  readonly t0Ns: number;
  /** Standard deviation of the return times that were added up, ns. */
  readonly spreadNs: number;
  readonly pixels: number;
  /** Sum over pixels of the mean electrons of each gate. */
  readonly electrons: Float64Array;
  /** Root of each sum's weight. It stays as it is, so that chi-square compares parameters and nothing else. */
  readonly rootWeights: Float64Array;
}

/** What no model of gates is better than, as a share of a sample's signal. */
const MODEL_FLOOR = 1e-4;

/** What lies within a bin is spread about its mean time, and the fit knows by how much. */
const BIN_NS = 0.25;

/**
 * @param pixelTimesNs each pixel's own time, which is part of its return time.
 */
export function binCapture(
  capture: TargetCapture,
  index: number,
  scale: CodeScale,
  pixelTimesNs: Float64Array,
): Bin[] {
  const { rangesM, usable } = capture;
  const members = new Map<number, number[]>();
  for (let pixel = 0; pixel < rangesM.length; pixel++) {
    if (usable[pixel] === 0) continue;
    const key = Math.floor((rangesM[pixel]! * NS_PER_RANGE_M + pixelTimesNs[pixel]!) / BIN_NS);
    const list = members.get(key);
    if (list === undefined) members.set(key, [pixel]);
    else list.push(pixel);
  }
  const sums = new BinSums(capture, index, scale, pixelTimesNs);
  return [...members.values()].map((list) => sums.binOf(list));
}

class BinSums {
  readonly #capture: TargetCapture;
  readonly #index: number;
  readonly #scale: CodeScale;
  readonly #pixelTimesNs: Float64Array;

  constructor(capture: TargetCapture, index: number, scale: CodeScale, pixelTimesNs: Float64Array) {
    this.#capture = capture;
    this.#index = index;
    this.#scale = scale;
    this.#pixelTimesNs = pixelTimesNs;
  }

  binOf(members: readonly number[]): Bin {
    const { frames, rangesM, sumsDn } = this.#capture;
    const { gainEPerDn, noiseVarianceE2, pedestalDn } = this.#scale;
    const pixels = rangesM.length;
    const electrons = new Float64Array(sumsDn.length / pixels);
    for (const pixel of members) {
      for (let k = 0; k < electrons.length; k++)
        electrons[k]! += gainEPerDn * (sumsDn[k * pixels + pixel]! / frames - pedestalDn);
    }
    return {
      capture: this.#index,
      ...this.#times(members),
      pixels: members.length,
      electrons,
      rootWeights: this.#rootWeights(electrons, (members.length * noiseVarianceE2) / frames),
    };
  }

  /** From the sums themselves, whose noise is small against them. */
  #rootWeights(electrons: Float64Array, noiseVarianceE2: number): Float64Array {
    const background = Math.max(0, Math.min(...electrons));
    return electrons.map((sum) => {
      const floor = MODEL_FLOOR * (sum - background);
      const variance = Math.max(0, sum) / this.#capture.frames + noiseVarianceE2 + floor * floor;
      return 1 / Math.sqrt(variance);
    });
  }

  /** Mean and standard deviation of the return times: between the pixels, and within what each of them sees. */
  #times(members: readonly number[]): { t0Ns: number; spreadNs: number } {
    const { footprintsNs2, rangesM } = this.#capture;
    const times = members.map((pixel) => rangesM[pixel]! * NS_PER_RANGE_M + this.#pixelTimesNs[pixel]!);
    const t0Ns = times.reduce((sum, time) => sum + time, 0) / times.length;
    const variance = times.reduce((sum, time) => sum + (time - t0Ns) ** 2, 0) / times.length;
    const footprint = members.reduce((sum, pixel) => sum + footprintsNs2[pixel]!, 0) / members.length;
    return { t0Ns, spreadNs: Math.sqrt(variance + footprint) };
  }
}
