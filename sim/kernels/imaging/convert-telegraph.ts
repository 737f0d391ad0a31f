import { STREAM_RTS_STATE } from "../../random/streams.ts";
import { expNegative } from "../pixel/exp-f64.ts";
import { philoxPair } from "../pixel/philox.ts";
import * as M from "./convert-memory.ts";

const RTS_BYTES: usize = 24;
const TWO_TO_MINUS_32: f64 = 2.3283064365386963e-10;

/**
 * Two-state Markov noise of one pixel, exact at any times: stationary at the first read, then
 * P(high) = p + (state - p) exp(-(rise + fall) dt). The mean of the two levels counts to the pixel's offset: A (state - p).
 */
function addStates(pixel: u32, level: usize, amplitude: f32, highShare: f64, ratePerS: f64): void {
  let high: f64 = 0;
  for (let read: u32 = 0; read < M.reads; read++) {
    if ((read & 3) == 0) {
      philoxPair(M.scratch, pixel, read >> 2, M.frame, STREAM_RTS_STATE, M.keyLow, M.keyHigh);
    }
    let chance = highShare;
    if (read > 0) {
      const time = M.sampleS + ((<usize>read) << 3);
      const kept = expNegative(-ratePerS * (load<f64>(time) - load<f64>(time - 8)));
      chance = highShare + (high - highShare) * kept;
    }
    const word = load<u32>(M.scratch + ((<usize>(read & 3)) << 4));
    high = (<f64>word + 0.5) * TWO_TO_MINUS_32 < chance ? 1 : 0;
    store<f32>(level, load<f32>(level) + amplitude * <f32>(high - highShare));
    level += (<usize>M.levelStride) << 2;
  }
}

/** Telegraph noise of the row's pixels that have it, on all reads' levels. */
export function addTelegraph(row: u32): void {
  const starts = M.rtsStart + ((<usize>row) << 2);
  const end = M.rtsPixels + <usize>load<u32>(starts, 4) * RTS_BYTES;
  for (let at = M.rtsPixels + <usize>load<u32>(starts) * RTS_BYTES; at < end; at += RTS_BYTES) {
    const column = load<u32>(at);
    addStates(
      M.firstPixel + row * M.width + column,
      M.levels + ((<usize>column) << 2),
      load<f32>(at, 4) * M.dnPerE,
      load<f64>(at, 8),
      load<f64>(at, 16),
    );
  }
}
