import { normalFromWord } from "../random/normal.ts";
import { philox4x32 } from "../random/philox.ts";
import { STREAM_RAMP_NOISE } from "../random/streams.ts";

/** Halves of the run's seed, and the frame. */
export interface FrameKey {
  readonly low: number;
  readonly high: number;
  readonly frame: number;
}

/**
 * Noise of the ramp in the conversions of one line, DN: one normal a read, common to all columns. It belongs to the line's
 * first sensor row, so that the region does not change it.
 * @param to one element a read.
 */
export function fillRampNoise(to: Float32Array, rmsDn: number, sensorRow: number, key: FrameKey): void {
  for (let first = 0; first < to.length; first += 4) {
    const words = philox4x32([sensorRow, first >> 2, key.frame, STREAM_RAMP_NOISE], key.low, key.high);
    for (let read = first; read < Math.min(first + 4, to.length); read++) {
      to[read] = rmsDn * normalFromWord(words[read & 3]!);
    }
  }
}
