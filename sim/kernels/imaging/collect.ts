/**
 * Light and dark current to charge on the node at every read of a frame. All arithmetic f32, except the inversion of the
 * Poisson law at low means (f64).
 *
 * Not modelled: correlation of flicker between frames, flicker's change with the bias, noise of capture and release,
 * charge that flows back to neighbours from a full node (blooming).
 */
import { addFlicker } from "./collect-flicker.ts";
import { lagCharge, lagPair, startTraps, storeTraps } from "./collect-lag.ts";
import * as S from "./collect-settings.ts";
import { generate } from "./collect-shot.ts";
import { drawFlickerNormals, drawResetNormals, drawWords } from "./collect-words.ts";
import { storeLanes } from "./store-lanes.ts";

/** Above the knee the diode forward-biases: x / (1 + x / headroom), slope 1 at the knee, full well as the limit. */
function softKnee(q: v128): v128 {
  const knee = f32x4.splat(S.kneeE);
  const above = f32x4.gt(q, knee);
  if (i32x4.bitmask(above) == 0) return q;
  const headroom = f32x4.splat(S.headroomE);
  const excess = f32x4.sub(q, knee);
  const bent = f32x4.add(knee, f32x4.div(f32x4.mul(excess, headroom), f32x4.add(headroom, excess)));
  return v128.bitselect(bent, q, above);
}

/** Charge on the nodes after the interval before `read`, knee and reset noise left out. */
function fillNodes(quads: u32, read: u32): void {
  if (S.species == 2) {
    lagPair(quads, read);
    return;
  }
  for (let quad: u32 = 0, at = S.work; quad < quads; quad++, at += 16) {
    const q = v128.load(at);
    const generated = v128.load(at, S.GENERATED);
    v128.store(at, S.species > 0 ? lagCharge(q, generated, read, quad) : f32x4.add(q, generated));
  }
}

/** The charge that the read sees. */
function showNodes(pixelBytes: usize, lanes: u32, read: u32): void {
  let to = S.charge + ((<usize>read * <usize>S.pixels) << 2) + pixelBytes;
  const end = S.work + ((<usize>lanes) << 2);
  for (let at = S.work; at < end; at += 16, to += 16) {
    const q = v128.load(at);
    const kept = S.kneeE > 0 ? softKnee(q) : q;
    let reset = f32x4.splat(0);
    if (S.resetSigmaE > 0) reset = f32x4.mul(v128.load(at, S.RESET_NORMALS), f32x4.splat(S.resetSigmaE));
    storeLanes(to, <u32>(end - at) >> 2, f32x4.add(kept, reset));
  }
}

function drawNormals(block: u32, quads: u32, read: u32): void {
  drawWords(block, quads, read);
  if (S.flicker) drawFlickerNormals(quads, read);
  if (read == 0 && S.resetSigmaE > 0) drawResetNormals(quads);
}

/** All reads of up to CHUNK_PIXELS pixels. In passes, as these have few steps that wait for each other. */
function collectChunk(pixel: u32, lanes: u32, block: u32): void {
  const pixelBytes = (<usize>pixel) << 2;
  const quads = (lanes + 3) >> 2;
  const random = S.shotNoise || S.flicker || S.resetSigmaE > 0;
  memory.fill(S.work, 0, S.CHUNK_BYTES);
  if (S.species > 0) startTraps(pixelBytes, quads);
  let times = S.readTable;
  for (let read: u32 = 0; read < S.reads; read++, times += S.READ_TABLE_BYTES) {
    if (random) drawNormals(block, quads, read);
    generate(pixelBytes, quads, times);
    if (S.flicker) addFlicker(pixelBytes, quads, read);
    fillNodes(quads, read);
    showNodes(pixelBytes, lanes, read);
  }
  if (S.species > 0) storeTraps(pixelBytes, lanes);
}

/**
 * Charge of all reads of a row. Its tables must be in place.
 * @param firstPixel of the row, local index.
 * @param firstBlock of the row, counted over the whole array (collect-words.ts).
 */
export function collectRow(firstPixel: u32, firstBlock: u32): void {
  let block = firstBlock;
  for (let column: u32 = 0; column < S.columns; column += S.CHUNK_PIXELS, block += S.CHUNK_PIXELS >> 4) {
    collectChunk(firstPixel + column, min(S.columns - column, S.CHUNK_PIXELS), block);
  }
}
