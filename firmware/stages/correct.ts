// First stage: eight columns of gate planes become eight lists of electrons, electronic offset removed.
// The dark signal stays in: it is the same in every gate, so the fit puts it into the background, where its shot noise
// belongs; classify.ts takes it off the reported ambient. Temperature law of the dark map: darkFactor().
import { setup } from "../setup.ts";
import { parameters } from "../views.ts";
import { exp } from "./math.ts";

/** Columns of a tile. */
export const TILE: u32 = 8;
/** Stands for a sample that must not be used: saturated, or padding. Finite, so that its product with weight 0 is 0. */
export const UNUSABLE_E: f32 = 1e30;

const BOLTZMANN_EV_PER_K: f64 = 8.617333262e-5;
/** No film holds e^40 times its reference dark current; the bound keeps the factor finite. */
const DARK_EXPONENT_LARGEST: f64 = 40;

/** Dark signal now / dark signal in the map: exposure and thermal activation [physics.md 6]. */
export function darkFactor(temperatureMk: u32): f32 {
  const inverse = 1000.0 / f64(temperatureMk) - 1.0 / f64(parameters.darkReferenceK);
  const exponent = -(f64(parameters.darkActivationEv) / BOLTZMANN_EV_PER_K) * inverse;
  return f32(f64(parameters.darkExposureScale) * exp(min(exponent, DARK_EXPONENT_LARGEST)));
}

/** Copies the tile's samples, clipped at the saturation level; padding gates look saturated. Counts saturated gates. */
export function loadCodes(column: u32): void {
  const stride = setup.width << 1;
  let source = setup.samples + (column << 1);
  let target = setup.codes;
  const end = target + (setup.gates << 4);
  if (ASC_FEATURE_SIMD) {
    const limit = i16x8.splat(i16(setup.saturationDn));
    let count = i16x8.splat(0);
    for (; target < end; target += 16) {
      const clipped = i16x8.min_u(v128.load(source), limit);
      count = i16x8.sub(count, i16x8.eq(clipped, limit));
      v128.store(target, clipped);
      source += stride;
    }
    v128.store(setup.saturatedGates, count);
    for (; target < setup.codes + (setup.paddedGates << 4); target += 16) v128.store(target, limit);
    return;
  }
  memory.fill(setup.saturatedGates, 0, 16);
  for (; target < end; target += 16) {
    for (let byte: usize = 0; byte < 16; byte += 2) {
      let code = u32(load<u16>(source + byte));
      if (code >= setup.saturationDn) {
        code = setup.saturationDn;
        const counter = setup.saturatedGates + byte;
        store<u16>(counter, load<u16>(counter) + 1);
      }
      store<u16>(target + byte, u16(code));
    }
    source += stride;
  }
  const padded = setup.codes + (setup.paddedGates << 4);
  for (; target < padded; target += 2) store<u16>(target, u16(setup.saturationDn));
}

/** Four gates of one column: codes -> electrons. */
function storeLanes(codes: v128, offset: v128, target: usize): void {
  const limit = i32x4.splat(setup.saturationDn);
  const electrons = f32x4.mul(
    f32x4.convert_i32x4_s(i32x4.sub(i32x4.shl(codes, 4), offset)),
    f32x4.splat(setup.gainE16),
  );
  v128.store(target, v128.bitselect(f32x4.splat(UNUSABLE_E), electrons, i32x4.eq(codes, limit)));
}

/** Two columns, given as their four gates each in one vector of u16. */
function storeColumns(codes: v128, column: u32, target: usize, next: usize): void {
  storeLanes(i32x4.extend_low_i16x8_u(codes), offsetOf(column), target);
  storeLanes(i32x4.extend_high_i16x8_u(codes), offsetOf(column + 1), target + next);
}

function offsetOf(column: u32): v128 {
  return i32x4.splat(i32(load<u16>(setup.offsetMap + (column << 1))));
}

/** Turns the tile of codes by 90 degrees into f32[8][paddedGates] electrons at `electrons`. */
export function toElectrons(column: u32, electrons: usize): void {
  const pixel = setup.paddedGates << 2;
  if (ASC_FEATURE_SIMD) {
    for (let gate: u32 = 0; gate < setup.paddedGates; gate += 4) {
      const source = setup.codes + (gate << 4);
      const target = electrons + (gate << 2);
      const a = v128.load(source);
      const b = v128.load(source, 16);
      const c = v128.load(source, 32);
      const d = v128.load(source, 48);
      const abLow = v128.shuffle<i16>(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
      const abHigh = v128.shuffle<i16>(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
      const cdLow = v128.shuffle<i16>(c, d, 0, 8, 1, 9, 2, 10, 3, 11);
      const cdHigh = v128.shuffle<i16>(c, d, 4, 12, 5, 13, 6, 14, 7, 15);
      storeColumns(v128.shuffle<i32>(abLow, cdLow, 0, 4, 1, 5), column, target, pixel);
      storeColumns(v128.shuffle<i32>(abLow, cdLow, 2, 6, 3, 7), column + 2, target + 2 * pixel, pixel);
      storeColumns(v128.shuffle<i32>(abHigh, cdHigh, 0, 4, 1, 5), column + 4, target + 4 * pixel, pixel);
      storeColumns(v128.shuffle<i32>(abHigh, cdHigh, 2, 6, 3, 7), column + 6, target + 6 * pixel, pixel);
    }
    return;
  }
  let target = electrons;
  for (let lane: u32 = 0; lane < TILE; lane++) {
    const offset = i32(load<u16>(setup.offsetMap + ((column + lane) << 1)));
    let source = setup.codes + (lane << 1);
    for (const end = target + pixel; target < end; target += 4) {
      const code = i32(load<u16>(source));
      const value = code === i32(setup.saturationDn) ? UNUSABLE_E : f32((code << 4) - offset) * setup.gainE16;
      store<f32>(target, value);
      source += 16;
    }
  }
}
