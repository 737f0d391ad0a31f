import { NS_PER_M } from "./light-time.ts";
import type { CodeScale, TargetCapture } from "./target-capture.ts";

/** Pixels of one capture whose returns come at nearly the same time, added up. */
export interface Bin {
  /** Place of the capture. */
  readonly capture: number;
  /** Known return time, the pixels' own times included and the time offset not, ns. */
  readonly t0Ns: number;
  readonly pixels: number;
  /** Sum over pixels of the mean electrons of each gate. */
  readonly electrons: Float64Array;
  /** Variance of such a sum besides shot noise, e-^2; shot noise: the sum / frames. */
  readonly noiseVarianceE2: number;
  readonly frames: number;
}

/** Second order of what lies within a bin: (0.25 ns)^2 / 24 of the response's curvature, below 1e-5. */
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
  const pixels = capture.rangesM.length;
  const gates = capture.sumsDn.length / pixels;
  const members = new Map<number, number[]>();
  for (let pixel = 0; pixel < pixels; pixel++) {
    if (capture.usable[pixel] === 0) continue;
    const key = Math.floor((capture.rangesM[pixel]! * NS_PER_M + pixelTimesNs[pixel]!) / BIN_NS);
    const list = members.get(key);
    if (list === undefined) members.set(key, [pixel]);
    else list.push(pixel);
  }
  return [...members.values()].map((list) => binOf(capture, index, scale, pixelTimesNs, list, gates));
}

function binOf(
  { frames, rangesM, sumsDn }: TargetCapture,
  capture: number,
  { gainEPerDn, noiseVarianceE2, pedestalDn }: CodeScale,
  pixelTimesNs: Float64Array,
  members: readonly number[],
  gates: number,
): Bin {
  const pixels = rangesM.length;
  const electrons = new Float64Array(gates);
  let timeSum = 0;
  for (const pixel of members) {
    timeSum += rangesM[pixel]! * NS_PER_M + pixelTimesNs[pixel]!;
    for (let k = 0; k < gates; k++)
      electrons[k]! += gainEPerDn * (sumsDn[k * pixels + pixel]! / frames - pedestalDn);
  }
  return {
    capture,
    t0Ns: timeSum / members.length,
    pixels: members.length,
    electrons,
    noiseVarianceE2: (members.length * noiseVarianceE2) / frames,
    frames,
  };
}
