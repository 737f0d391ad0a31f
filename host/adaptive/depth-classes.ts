import { RANGE_M_PER_NS } from "../../hw-profiles/derive/constants.ts";
import { PIXEL_INVALID, PIXEL_SATURATED } from "../../hw-profiles/interface/pixel-flags.ts";
import type { DepthFrame } from "../camera/frame.ts";

/** Classes are cells of this many ns of return time ... */
const CELL_NS = 2.5;
/** ... and this factor of amplitude. */
const CELL_FACTOR = 2;
/** The largest cells are kept; what is left over is what the scan is for. */
const MAX_CLASSES = 128;

/** Pixels with much the same return. */
export interface DepthClass {
  readonly pixels: number;
  /** Return time after the laser's edge, ns. */
  readonly t0Ns: number;
  /** Electrons of the return that one gate plane's pulses carry (A). */
  readonly amplitudeE: number;
  /** Ambient electrons of a gate plane. */
  readonly ambientE: number;
}

interface Sums {
  pixels: number;
  t0Ns: number;
  logAmplitude: number;
  ambientE: number;
}

/**
 * What a frame sees, as a mixture of classes of return time and amplitude, the largest first. Pixels without a range
 * are in none of them; of a saturated pixel the amplitude is the fit's.
 * @param timeOffsetNs of the profile's readout: range = c/2 (t0 - offset).
 */
export function depthClasses(frame: DepthFrame, timeOffsetNs: number): DepthClass[] {
  const cells = new Map<number, Sums>();
  for (let i = 0; i < frame.flags.length; i++) {
    const amplitudeE = frame.amplitudeE[i]!;
    if ((frame.flags[i]! & PIXEL_INVALID) !== 0 || !(amplitudeE > 0)) continue;
    const t0Ns = frame.rangeM[i]! / RANGE_M_PER_NS + timeOffsetNs;
    const logAmplitude = Math.log(amplitudeE);
    const key = 64 * Math.round(t0Ns / CELL_NS) + Math.round(logAmplitude / Math.log(CELL_FACTOR));
    const cell = cells.get(key) ?? { pixels: 0, t0Ns: 0, logAmplitude: 0, ambientE: 0 };
    cells.set(key, cell);
    cell.pixels++;
    cell.t0Ns += t0Ns;
    cell.logAmplitude += logAmplitude;
    cell.ambientE += Math.max(0, frame.ambientE[i]!);
  }
  return [...cells.values()].sort(byPixels).slice(0, MAX_CLASSES).map(meanOf);
}

/** Equal cells in the order of their times, so that the order of pixels does not matter. */
function byPixels(a: Sums, b: Sums): number {
  return b.pixels - a.pixels || a.t0Ns / a.pixels - b.t0Ns / b.pixels;
}

function meanOf({ ambientE, logAmplitude, pixels, t0Ns }: Sums): DepthClass {
  return {
    pixels,
    t0Ns: t0Ns / pixels,
    amplitudeE: Math.exp(logAmplitude / pixels),
    ambientE: ambientE / pixels,
  };
}

/** Share of the frame's pixels with a saturated gate. */
export function saturatedShare({ flags }: DepthFrame): number {
  let saturated = 0;
  for (let i = 0; i < flags.length; i++) if ((flags[i]! & PIXEL_SATURATED) !== 0) saturated++;
  return saturated / flags.length;
}
