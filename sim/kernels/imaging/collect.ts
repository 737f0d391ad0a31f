/**
 * Light and dark current to charge on the node at every read of a frame. All arithmetic f32, except the inversion of the
 * Poisson law at low means (f64).
 *
 * Not modelled: correlation of flicker between frames, flicker's change with the bias, noise of capture and release,
 * charge that flows back to neighbours from a full node (blooming).
 */
import { flickerCharge } from "./collect-flicker.ts";
import { lagCharge, startTraps } from "./collect-lag.ts";
import * as S from "./collect-settings.ts";
import { generate } from "./collect-shot.ts";
import { drawWords, resetNormals, shotWordsAt } from "./collect-words.ts";

function storeLanes(at: usize, lanes: u32, value: v128): void {
  if (lanes >= 4) {
    v128.store(at, value);
    return;
  }
  v128.store(S.work, value);
  for (let lane: usize = 0; lane < <usize>lanes; lane++) {
    store<f32>(at + (lane << 2), load<f32>(S.work + (lane << 2)));
  }
}

/** Above the knee the diode forward-biases: x / (1 + x / headroom), slope 1 at the knee, full well as the limit. */
function softKnee(q: v128): v128 {
  const knee = f32x4.splat(S.kneeE);
  const above = f32x4.gt(q, knee);
  if (!v128.any_true(above)) return q;
  const headroom = f32x4.splat(S.headroomE);
  const excess = f32x4.sub(q, knee);
  const bent = f32x4.add(knee, f32x4.div(f32x4.mul(excess, headroom), f32x4.add(headroom, excess)));
  return v128.bitselect(bent, q, above);
}

function storeTraps(pixelBytes: usize, lanes: u32): void {
  const planeBytes = (<usize>S.pixels) << 2;
  let to = S.trapsAfter + pixelBytes;
  const end = S.traps + ((<usize>S.species) << 4);
  for (let at = S.traps; at < end; at += 16, to += planeBytes) storeLanes(to, lanes, v128.load(at));
}

/** All reads of up to four pixels, the block's quad 0..3. */
function collectQuad(pixel: u32, lanes: u32, quad: u32): void {
  const pixelBytes = (<usize>pixel) << 2;
  const light = v128.load(S.lightRateEPerS + pixelBytes);
  const dark = v128.load(S.darkRateEPerS + pixelBytes);
  const rootDark = f32x4.sqrt(dark);
  let reset = f32x4.splat(0);
  if (S.resetSigmaE > 0) reset = f32x4.mul(resetNormals(shotWordsAt(quad, 0)), f32x4.splat(S.resetSigmaE));
  if (S.species > 0) startTraps(pixelBytes);
  let q = f32x4.splat(0);
  let to = S.charge + pixelBytes;
  let times = S.readTable;
  for (let read: u32 = 0; read < S.reads; read++) {
    const words = shotWordsAt(quad, read);
    let generated = generate(light, dark, q, times, words);
    if (S.flicker) generated = f32x4.add(generated, flickerCharge(rootDark, read, words));
    q = S.species > 0 ? lagCharge(q, generated, read) : f32x4.add(q, generated);
    const kept = S.kneeE > 0 ? softKnee(q) : q;
    storeLanes(to, lanes, f32x4.add(kept, reset));
    to += (<usize>S.pixels) << 2;
    times += S.READ_TABLE_BYTES;
  }
  if (S.species > 0) storeTraps(pixelBytes, lanes);
}

/**
 * Charge of all reads of a row. Its tables must be in place.
 * @param firstPixel of the row, local index.
 * @param firstBlock of the row, counted over the whole array (collect-words.ts).
 */
export function collectRow(firstPixel: u32, firstBlock: u32): void {
  const random = S.shotNoise || S.flicker || S.resetSigmaE > 0;
  let block = firstBlock;
  for (let column: u32 = 0; column < S.columns; column += 16, block++) {
    if (random) drawWords(block);
    const end = min(S.columns - column, 16);
    for (let at: u32 = 0; at < end; at += 4) {
      collectQuad(firstPixel + column + at, min(end - at, 4), at >> 2);
    }
  }
}
