/** From ray hits to the mean signal of every gate. All arithmetic f32. */
import * as M from "./memory.ts";
import { attenuateRays, PAIR_BYTES, weighRays, weighRows } from "./rays.ts";

/** (l0 + l2) + (l1 + l3) */
function sumLanes(v: v128): f32 {
  const pairs = f32x4.add(v, v128.shuffle<i32>(v, v, 2, 3, 0, 1));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}

/** Sum of weight times row over the pairs, 32 gates from `gateBytes` on. */
function collect32(pairs: usize, end: usize, gateBytes: usize, destination: usize): void {
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let s4 = s0;
  let s5 = s0;
  let s6 = s0;
  let s7 = s0;
  for (let pair = pairs; pair < end; pair += PAIR_BYTES) {
    const row = <usize>load<u32>(pair) + gateBytes;
    const weight = v128.load32_splat(pair, 4);
    s0 = f32x4.add(s0, f32x4.mul(weight, v128.load(row)));
    s1 = f32x4.add(s1, f32x4.mul(weight, v128.load(row, 16)));
    s2 = f32x4.add(s2, f32x4.mul(weight, v128.load(row, 32)));
    s3 = f32x4.add(s3, f32x4.mul(weight, v128.load(row, 48)));
    s4 = f32x4.add(s4, f32x4.mul(weight, v128.load(row, 64)));
    s5 = f32x4.add(s5, f32x4.mul(weight, v128.load(row, 80)));
    s6 = f32x4.add(s6, f32x4.mul(weight, v128.load(row, 96)));
    s7 = f32x4.add(s7, f32x4.mul(weight, v128.load(row, 112)));
  }
  v128.store(destination, s0);
  v128.store(destination, s1, 16);
  v128.store(destination, s2, 32);
  v128.store(destination, s3, 48);
  v128.store(destination, s4, 64);
  v128.store(destination, s5, 80);
  v128.store(destination, s6, 96);
  v128.store(destination, s7, 112);
}

function collect4(pairs: usize, end: usize, gateBytes: usize, destination: usize): void {
  let sum = f32x4.splat(0);
  for (let pair = pairs; pair < end; pair += PAIR_BYTES) {
    const row = <usize>load<u32>(pair) + gateBytes;
    sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(pair, 4), v128.load(row)));
  }
  v128.store(destination, sum);
}

function collect(pairs: usize, end: usize, destination: usize): void {
  const rowBytes = (<usize>M.gateStride) << 2;
  let at: usize = 0;
  for (; at + 128 <= rowBytes; at += 128) collect32(pairs, end, at, destination + at);
  for (; at < rowBytes; at += 16) collect4(pairs, end, at, destination + at);
}

function sumGates(mean: usize): f32 {
  const rowBytes = (<usize>M.gateStride) << 2;
  let sum = f32x4.splat(0);
  for (let at: usize = 0; at < rowBytes; at += 16) sum = f32x4.add(sum, v128.load(mean + at));
  return sumLanes(sum);
}

function sumAmbientRho(firstRay: usize): f32 {
  const bytes = (<usize>M.raysPerPixel) << 2;
  let sum = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    sum = f32x4.add(sum, v128.load(M.ambientRho + firstRay + at));
  }
  return sumLanes(sum);
}

/** Chart: whatever the link budget says, a pixel that sees anything collects `signal` in all and `ambient` a gate. */
function applyChart(pixelBytes: usize, mean: usize, signal: f32, ambient: f32): void {
  const rowBytes = (<usize>M.gateStride) << 2;
  const sum = sumGates(mean);
  const scale = sum > 0 ? signal / sum : 0;
  for (let at: usize = 0; at < rowBytes; at += 16) {
    v128.store(mean + at, f32x4.mul(v128.load(mean + at), f32x4.splat(scale)));
  }
  store<f32>(M.ambientE + pixelBytes, sum > 0 ? ambient : 0);
}

/**
 * Fills meanE, ambientE and signalE of `count` pixels from `firstPixel` (local indices).
 * @param chartSignalE electrons over all gates of each pixel that has hits, or 0: link budget.
 * @param chartAmbientE ambient electrons a gate, used with chartSignalE > 0.
 */
export function gatherSignal(
  firstPixel: u32,
  count: u32,
  extinctionPerM: f64,
  chartSignalE: f32,
  chartAmbientE: f32,
): void {
  const rayBytes = (<usize>M.raysPerPixel) << 2;
  const weights = M.scratch;
  const positions = weights + rayBytes;
  const list = positions + rayBytes;
  const pairs = list + 2 * rayBytes;
  const inverseRays = <f32>1 / <f32>M.raysPerPixel;
  for (let pixel = <usize>firstPixel, end = <usize>(firstPixel + count); pixel < end; pixel++) {
    const pixelBytes = pixel << 2;
    const firstRay = pixel * rayBytes;
    const mean = M.meanE + pixel * ((<usize>M.gateStride) << 2);
    const scaleE = load<f32>(M.signalScaleE + pixelBytes) * inverseRays;
    weighRays(firstRay, scaleE, load<f32>(M.lateRows + pixelBytes), weights, positions);
    if (extinctionPerM > 0) attenuateRays(firstRay, extinctionPerM, weights);
    collect(pairs, weighRows(weights, positions, list, pairs), mean);
    const ambientRho = sumAmbientRho(firstRay) * inverseRays;
    store<f32>(M.ambientE + pixelBytes, load<f32>(M.ambientScaleE + pixelBytes) * ambientRho);
    if (chartSignalE > 0) applyChart(pixelBytes, mean, chartSignalE, chartAmbientE);
    store<f32>(M.signalE + pixelBytes, sumGates(mean));
  }
}
