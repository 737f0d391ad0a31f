import { STREAM_RTS_STATE } from "../../random/streams.ts";
import { expNegative } from "../pixel/exp-f64.ts";
import { philoxVectors } from "../pixel/philox.ts";
import * as M from "./convert-memory.ts";

const RTS_BYTES: usize = 24;
const TWO_TO_MINUS_32: f64 = 2.3283064365386963e-10;
/** Pixels whose random words are drawn together, and reads that they serve. */
const BATCH: u32 = 8;
const READS: u32 = 4;
/** Of a batch: global pixels, u32, and whether each was high at the read before, f64. */
const PIXELS: usize = memory.data(32, 16);
const HIGH: usize = memory.data(64, 16);

/**
 * Two-state Markov noise of one pixel of the batch, exact at any times: stationary at the first read, then
 * P(high) = p + (state - p) exp(-(rise + fall) dt). The mean of the two levels counts to the pixel's offset: A (state - p).
 */
function addStates(record: usize, lane: u32, first: u32, end: u32): void {
  const amplitude = load<f32>(record, 4) * M.dnPerE;
  const highShare = load<f64>(record, 8);
  const ratePerS = load<f64>(record, 16);
  const kept = HIGH + ((<usize>lane) << 3);
  let high = load<f64>(kept);
  let word = M.scratch + ((<usize>(lane & 4)) << 4) + ((<usize>(lane & 3)) << 2);
  let level = M.levels + ((<usize>(first * M.levelStride + load<u32>(record))) << 2);
  for (let read = first; read < end; read++, word += 16, level += (<usize>M.levelStride) << 2) {
    let chance = highShare;
    if (read > 0) {
      const time = M.sampleS + ((<usize>read) << 3);
      const left = expNegative(-ratePerS * (load<f64>(time) - load<f64>(time - 8)));
      chance = highShare + (high - highShare) * left;
    }
    high = (<f64>load<u32>(word) + 0.5) * TWO_TO_MINUS_32 < chance ? 1 : 0;
    store<f32>(level, load<f32>(level) + amplitude * <f32>(high - highShare));
  }
  store<f64>(kept, high);
}

/** Up to BATCH records of a row, all reads. */
function addBatch(row: u32, records: usize, count: u32): void {
  const rowPixel = M.firstPixel + row * M.width;
  for (let lane: u32 = 0; lane < count; lane++) {
    store<u32>(PIXELS + ((<usize>lane) << 2), rowPixel + load<u32>(records + <usize>lane * RTS_BYTES));
  }
  const a = v128.load(PIXELS);
  const b = v128.load(PIXELS, 16);
  for (let read: u32 = 0; read < M.reads; read += READS) {
    philoxVectors(M.scratch, 32, 64, a, b, read / READS, M.frame, STREAM_RTS_STATE, M.keyLow, M.keyHigh);
    for (let lane: u32 = 0; lane < count; lane++) {
      addStates(records + <usize>lane * RTS_BYTES, lane, read, min(read + READS, M.reads));
    }
  }
}

/** Telegraph noise of the row's pixels that have it, on all reads' levels. */
export function addTelegraph(row: u32): void {
  const starts = M.rtsStart + ((<usize>row) << 2);
  const end = load<u32>(starts, 4);
  for (let at = load<u32>(starts); at < end; at += BATCH) {
    addBatch(row, M.rtsPixels + <usize>at * RTS_BYTES, min(end - at, BATCH));
  }
}
