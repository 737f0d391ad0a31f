/**
 * From mean electrons to codes: Poisson and Gaussian noise, soft full well, ADC code, defects.
 * All arithmetic f32, except the inversion of the Poisson law at low means (f64).
 *
 * Not modelled here: lag, flicker and RTS noise, ADC nonlinearity.
 */
import { STREAM_LOW_COUNT, STREAM_TEMPORAL_NOISE } from "../../random/streams.ts";
import * as M from "./memory.ts";
import { normalQuad } from "./normal.ts";
import { philoxPair } from "./philox.ts";
import { poissonCount } from "./poisson.ts";

/** Means below this are drawn by inversion, above by the skewed normal. */
const LOW_MEAN_E: f32 = 20;
/** Pixels whose codes fill one cache line of a plane: all gates of a block are done before the next block. */
const BLOCK_PIXELS: u32 = 32;

/** Random words of 8 pixels x 4 gates. The scratch memory begins with two such blocks, normals' and low counts'. */
const WORDS_BYTES: usize = 128;

const DEFECT_DEAD: u8 = 1;
const DEFECT_STUCK: u8 = 2;

let keyLow: u32 = 0;
let keyHigh: u32 = 0;
let frame: u32 = 0;
let bandFirstPixel: u32 = 0;
let noiseVarianceE2: f32 = 0;
let noiseSigmaE: f32 = 0;
let inverseGain: f32 = 0;
let kneeE: f32 = 0;
let headroomE: f32 = 0;
let maxCode: i32 = 0;
/** True if the low counts' words of the eight pixels at hand are in the scratch memory. */
let lowWordsDrawn: bool = false;

/** What is the same for all pixels of a frame. Full well = knee + headroom; inverse gain in DN per electron. */
export function setExposure(
  seedLow: u32,
  seedHigh: u32,
  frameNumber: u32,
  firstGlobalPixel: u32,
  varianceE2: f32,
  sigmaE: f32,
  dnPerE: f32,
  knee: f32,
  headroom: f32,
  largestCode: i32,
): void {
  keyLow = seedLow;
  keyHigh = seedHigh;
  frame = frameNumber;
  bandFirstPixel = firstGlobalPixel;
  noiseVarianceE2 = varianceE2;
  noiseSigmaE = sigmaE;
  inverseGain = dnPerE;
  kneeE = knee;
  headroomE = headroom;
  maxCode = largestCode;
}

/**
 * Electrons of a Poisson + Gaussian total by the Cornish-Fisher expansion up to the skew:
 * q = mean + s z + c (z^2 - 1), c = kappa3 / (6 kappa2), kappa2 = mean + sigma^2, kappa3 = mean. The quadratic term adds 2 c^2
 * to the variance; s^2 = kappa2 - 2 c^2 takes that off, so mean and variance are exact and the skew is right to 0.1 %.
 */
function skewedNormal(mean: v128, z: v128): v128 {
  const variance = f32x4.add(mean, f32x4.splat(noiseVarianceE2));
  const c = f32x4.div(mean, f32x4.mul(f32x4.splat(6), variance));
  const s = f32x4.sqrt(f32x4.sub(variance, f32x4.mul(f32x4.add(c, c), c)));
  return f32x4.add(f32x4.sub(mean, c), f32x4.mul(z, f32x4.add(s, f32x4.mul(c, z))));
}

/** Replaces the lanes of `electrons` whose mean is low: exact Poisson count plus Gaussian noise. Words at `words`. */
function invertLowMeans(electrons: v128, mean: v128, z: v128, words: usize): v128 {
  const work = M.scratch + 2 * WORDS_BYTES;
  v128.store(work, mean);
  v128.store(work, f32x4.mul(z, f32x4.splat(noiseSigmaE)), 16);
  v128.store(work, electrons, 32);
  for (let lane: usize = 0; lane < 16; lane += 4) {
    const laneMean = load<f32>(work + lane);
    if (laneMean < LOW_MEAN_E) {
      const count = <f32>poissonCount(<f64>laneMean, load<u32>(words + lane));
      store<f32>(work + lane, count + load<f32>(work + lane, 16), 32);
    }
  }
  return v128.load(work, 32);
}

/** Above the knee the well fills as x / (1 + x / headroom): slope 1 at the knee, full well as the limit. */
function softFullWell(electrons: v128): v128 {
  const knee = f32x4.splat(kneeE);
  const above = f32x4.gt(electrons, knee);
  if (!v128.any_true(above)) return electrons;
  const headroom = f32x4.splat(headroomE);
  const excess = f32x4.sub(electrons, knee);
  const bent = f32x4.add(knee, f32x4.div(f32x4.mul(excess, headroom), f32x4.add(headroom, excess)));
  return v128.bitselect(bent, electrons, above);
}

/** floor(q / gain + offset + 0.5), clamped; truncation is floor for what survives the clamp. */
function convert(electrons: v128, offsetPlusHalf: v128): v128 {
  const dn = f32x4.add(f32x4.mul(softFullWell(electrons), f32x4.splat(inverseGain)), offsetPlusHalf);
  const code = i32x4.trunc_sat_f32x4_s(dn);
  return i32x4.min_s(i32x4.max_s(code, i32x4.splat(0)), i32x4.splat(maxCode));
}

function storeCodes(plane: usize, pixel: u32, lanes: u32, code: v128): void {
  const at = plane + ((<usize>pixel) << 1);
  const narrow = i16x8.narrow_i32x4_u(code, code);
  if (lanes >= 4) {
    v128.store64_lane(at, narrow, 0);
    return;
  }
  v128.store(M.scratch + 2 * WORDS_BYTES, narrow);
  for (let lane: usize = 0; lane < <usize>lanes; lane++) {
    store<u16>(at + (lane << 1), load<u16>(M.scratch + 2 * WORDS_BYTES + (lane << 1)));
  }
}

/** One gate of four pixels, with its four normals' words and low counts' words. */
function exposeGate(gate: u32, pixel: u32, lanes: u32, mean: v128, offset: v128, words: usize): void {
  const z = normalQuad(v128.load(words), M.normalTable);
  let electrons = skewedNormal(mean, z);
  if (v128.any_true(f32x4.lt(mean, f32x4.splat(LOW_MEAN_E)))) {
    electrons = invertLowMeans(electrons, mean, z, words + WORDS_BYTES);
  }
  storeCodes(M.codes + <usize>gate * ((<usize>M.pixels) << 1), pixel, lanes, convert(electrons, offset));
}

/** Random words of four gates of eight pixels; those for low means follow later, where there are any. */
function drawWords(group: u32, pixel: u32): void {
  philoxPair(M.scratch, bandFirstPixel + pixel, group, frame, STREAM_TEMPORAL_NOISE, keyLow, keyHigh);
  lowWordsDrawn = false;
}

function drawLowWords(group: u32, firstOfEight: u32): void {
  const words = M.scratch + WORDS_BYTES;
  philoxPair(words, bandFirstPixel + firstOfEight, group, frame, STREAM_LOW_COUNT, keyLow, keyHigh);
  lowWordsDrawn = true;
}

/** Four gates of four pixels; `half` 1 if they are the second four of the eight that words were drawn for. */
function exposeQuad(group: u32, pixel: u32, lanes: u32, half: u32): void {
  const pixelBytes = (<usize>pixel) << 2;
  const background = f32x4.add(v128.load(M.ambientE + pixelBytes), v128.load(M.darkE + pixelBytes));
  const offset = f32x4.add(v128.load(M.offsetDn + pixelBytes), f32x4.splat(0.5));

  const rowBytes = (<usize>M.gateStride) << 2;
  const from = M.meanE + <usize>pixel * rowBytes + ((<usize>group) << 4);
  const r0 = v128.load(from);
  const r1 = v128.load(from + rowBytes);
  const r2 = v128.load(from + 2 * rowBytes);
  const r3 = v128.load(from + 3 * rowBytes);
  const a01 = v128.shuffle<i32>(r0, r1, 0, 4, 1, 5);
  const a23 = v128.shuffle<i32>(r2, r3, 0, 4, 1, 5);
  const b01 = v128.shuffle<i32>(r0, r1, 2, 6, 3, 7);
  const b23 = v128.shuffle<i32>(r2, r3, 2, 6, 3, 7);
  const m0 = f32x4.add(v128.shuffle<i64>(a01, a23, 0, 2), background);
  const m1 = f32x4.add(v128.shuffle<i64>(a01, a23, 1, 3), background);
  const m2 = f32x4.add(v128.shuffle<i64>(b01, b23, 0, 2), background);
  const m3 = f32x4.add(v128.shuffle<i64>(b01, b23, 1, 3), background);
  const lowest = f32x4.pmin(f32x4.pmin(m0, m1), f32x4.pmin(m2, m3));
  const low = v128.any_true(f32x4.lt(lowest, f32x4.splat(LOW_MEAN_E)));
  if (low && !lowWordsDrawn) drawLowWords(group, pixel - (half << 2));

  const words = M.scratch + ((<usize>half) << 6);
  const gate = group << 2;
  const left = M.gates - gate;
  exposeGate(gate, pixel, lanes, m0, offset, words);
  if (left > 1) exposeGate(gate + 1, pixel, lanes, m1, offset, words + 16);
  if (left > 2) exposeGate(gate + 2, pixel, lanes, m2, offset, words + 32);
  if (left > 3) exposeGate(gate + 3, pixel, lanes, m3, offset, words + 48);
}

/** Four gates of up to eight pixels. */
function exposeOct(group: u32, pixel: u32, lanes: u32): void {
  drawWords(group, pixel);
  exposeQuad(group, pixel, min(lanes, 4), 0);
  if (lanes > 4) exposeQuad(group, pixel + 4, lanes - 4, 1);
}

/** A dead pixel shows its offset, a stuck one its code, in every gate. */
function overwriteDefect(pixel: u32): void {
  const kind = load<u8>(M.defect + pixel);
  let code = <u16>0;
  if (kind == DEFECT_DEAD) {
    const dn = <i32>(load<f32>(M.offsetDn + ((<usize>pixel) << 2)) + <f32>0.5);
    code = <u16>min(max(dn, 0), maxCode);
  } else if (kind == DEFECT_STUCK) {
    code = load<u16>(M.stuckCode + ((<usize>pixel) << 1));
  } else {
    return;
  }
  const planeBytes = (<usize>M.pixels) << 1;
  let at = M.codes + ((<usize>pixel) << 1);
  for (let gate: u32 = 0; gate < M.gates; gate++, at += planeBytes) store<u16>(at, code);
}

function exposeBlock(first: u32, end: u32): void {
  for (let group: u32 = 0; group << 2 < M.gates; group++) {
    for (let pixel = first; pixel < end; pixel += 8) exposeOct(group, pixel, min(end - pixel, 8));
  }
  for (let pixel = first; pixel < end; pixel++) {
    if (load<u8>(M.defect + pixel)) overwriteDefect(pixel);
  }
}

/** Codes of all gates of `count` pixels from `firstPixel` (local indices). Call setExposure first. */
export function expose(firstPixel: u32, count: u32): void {
  const end = firstPixel + count;
  for (let first = firstPixel; first < end; first += BLOCK_PIXELS) {
    exposeBlock(first, min(first + BLOCK_PIXELS, end));
  }
}
