// Where a return may be: correlation of the samples with mean-removed unit-norm templates, all in integers.
import { setup, TEMPLATES_IN_STEP } from "../setup.ts";
import { TILE } from "./correct.ts";

/** Samples are taken relative to this, so that any 16-bit code fits a signed lane; templates do not see constants. */
const CODE_MIDDLE = 32768;

/** Interleaves the codes of two gates, four columns a vector, as the dot product wants them. */
function buildPairs(): void {
  const end = setup.codes + (setup.paddedGates << 4);
  let target = setup.pairs;
  const middle = i16x8.splat(i16(-CODE_MIDDLE));
  for (let source = setup.codes; source < end; source += 32) {
    const a = v128.xor(v128.load(source), middle);
    const b = v128.xor(v128.load(source, 16), middle);
    v128.store(target, v128.shuffle<i16>(a, b, 0, 8, 1, 9, 2, 10, 3, 11));
    v128.store(target, v128.shuffle<i16>(a, b, 4, 12, 5, 13, 6, 14, 7, 15), 16);
    target += 32;
  }
}

/** Three templates in step: they share the loads of the codes, and six sums hide each other's latency. */
function correlateVectors(row: usize, target: usize): void {
  let firstL = i32x4.splat(0);
  let firstH = firstL;
  let secondL = firstL;
  let secondH = firstL;
  let thirdL = firstL;
  let thirdH = firstL;
  const rowBytes = setup.paddedGates << 1;
  const end = row + rowBytes;
  let second = end;
  let third = end + rowBytes;
  let pairs = setup.pairs;
  for (let first = row; first < end; first += 4) {
    const low = v128.load(pairs);
    const high = v128.load(pairs, 16);
    const firstWeights = v128.load32_splat(first);
    const secondWeights = v128.load32_splat(second);
    const thirdWeights = v128.load32_splat(third);
    firstL = i32x4.add(firstL, i32x4.dot_i16x8_s(low, firstWeights));
    firstH = i32x4.add(firstH, i32x4.dot_i16x8_s(high, firstWeights));
    secondL = i32x4.add(secondL, i32x4.dot_i16x8_s(low, secondWeights));
    secondH = i32x4.add(secondH, i32x4.dot_i16x8_s(high, secondWeights));
    thirdL = i32x4.add(thirdL, i32x4.dot_i16x8_s(low, thirdWeights));
    thirdH = i32x4.add(thirdH, i32x4.dot_i16x8_s(high, thirdWeights));
    second += 4;
    third += 4;
    pairs += 32;
  }
  v128.store(target, firstL);
  v128.store(target, firstH, 16);
  v128.store(target, secondL, 32);
  v128.store(target, secondH, 48);
  v128.store(target, thirdL, 64);
  v128.store(target, thirdH, 80);
}

/** Codes relative to the middle, two columns a word. */
function shiftCodes(): void {
  const bytes = setup.paddedGates << 4;
  for (let byte: usize = 0; byte < bytes; byte += 4) {
    store<u32>(setup.pairs + byte, load<u32>(setup.codes + byte) ^ 0x80008000);
  }
}

/** Four columns in step: each weight is loaded once for them, and a word of codes holds two. */
function correlateScalar(row: usize, target: usize): void {
  const end = row + (setup.paddedGates << 1);
  for (let half: usize = 0; half < 16; half += 8) {
    let codes = setup.pairs + half;
    let first = 0;
    let second = 0;
    let third = 0;
    let fourth = 0;
    for (let weights = row; weights < end; weights += 2) {
      const weight = i32(load<i16>(weights));
      const early = load<i32>(codes);
      const late = load<i32>(codes, 4);
      first += weight * i32(i16(early));
      second += weight * (early >> 16);
      third += weight * i32(i16(late));
      fourth += weight * (late >> 16);
      codes += 16;
    }
    store<i32>(target, first);
    store<i32>(target, second, 4);
    store<i32>(target, third, 8);
    store<i32>(target, fourth, 12);
    target += 16;
  }
}

/**
 * Correlates the tile's codes with every template (and the row of ones) into setup.correlations. What vectors find in up to
 * two rows beyond the last, which are none, is never read.
 */
export function correlate(): void {
  if (ASC_FEATURE_SIMD) buildPairs();
  else shiftCodes();
  const step: u32 = ASC_FEATURE_SIMD ? TEMPLATES_IN_STEP : 1;
  for (let index: u32 = 0; index <= setup.templateCount; index += step) {
    const row = setup.templates + index * setup.paddedGates * 2;
    const target = setup.correlations + (index << 5);
    if (ASC_FEATURE_SIMD) correlateVectors(row, target);
    else correlateScalar(row, target);
  }
  if (ASC_FEATURE_SIMD) {
    findBestVectors();
  } else {
    for (let lane: u32 = 0; lane < TILE; lane++) findBestScalar(lane);
  }
}

/** Best template of each column; the first one of equals. */
function findBestVectors(): void {
  let source = setup.correlations;
  let highestL = v128.load(source);
  let highestH = v128.load(source, 16);
  let bestL = i32x4.splat(0);
  let bestH = bestL;
  for (let index: u32 = 1; index < setup.templateCount; index++) {
    source += 32;
    const place = i32x4.splat(index);
    const low = v128.load(source);
    const high = v128.load(source, 16);
    bestL = i32x4.max_s(bestL, v128.and(place, i32x4.gt_s(low, highestL)));
    bestH = i32x4.max_s(bestH, v128.and(place, i32x4.gt_s(high, highestH)));
    highestL = i32x4.max_s(highestL, low);
    highestH = i32x4.max_s(highestH, high);
  }
  v128.store(setup.bestTemplates, bestL);
  v128.store(setup.bestTemplates, bestH, 16);
}

function findBestScalar(lane: u32): void {
  let best: u32 = 0;
  let highest = correlation(0, lane);
  for (let index: u32 = 1; index < setup.templateCount; index++) {
    const value = correlation(index, lane);
    if (value > highest) {
      highest = value;
      best = index;
    }
  }
  store<u32>(setup.bestTemplates + (lane << 2), best);
}

/** Correlation of one column of the tile with template `index`. */
export function correlation(index: u32, lane: u32): i32 {
  return load<i32>(setup.correlations + (index << 5) + (lane << 2));
}

/** Index of the template that fits the column best; the first one of equals. */
export function bestTemplate(lane: u32): u32 {
  return load<u32>(setup.bestTemplates + (lane << 2));
}

/** Vertex of the parabola through the best template and its neighbours, -0.5..0.5 template steps. */
export function vertex(best: u32, lane: u32): f64 {
  if (best === 0 || best + 1 >= setup.templateCount) return 0;
  const at = setup.correlations + (best << 5) + (lane << 2);
  const before = f64(load<i32>(at - 32));
  const after = f64(load<i32>(at, 32));
  const curvature = before + after - 2.0 * f64(load<i32>(at));
  if (curvature >= 0.0) return 0;
  const place = (0.5 * (before - after)) / curvature;
  return place < -0.5 ? -0.5 : place > 0.5 ? 0.5 : place;
}

/** Mean code of the column over its gates, DN. */
export function meanCode(lane: u32): f64 {
  return f64(correlation(setup.templateCount, lane)) / f64(setup.gates) + f64(CODE_MIDDLE);
}
