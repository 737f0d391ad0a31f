// One evaluation of the model mu_k = A f_k(t0) + B against a pixel's samples: the weighted sums of the normal equations.
// Four lanes: gate k adds to lane k mod 4, in SIMD and in scalar builds alike, so that both give the same bits.
import { setup } from "../setup.ts";
import { UNUSABLE_E } from "./correct.ts";

/** Order of the sums; f share, g slope, r residual, every term times its weight. */
export const SUM_FF = 0;
export const SUM_F = 1;
export const SUM_FG = 2;
export const SUM_ONE = 3;
export const SUM_G = 4;
export const SUM_GG = 5;
export const SUM_FR = 6;
export const SUM_R = 7;
export const SUM_GR = 8;
export const SUM_RR = 9;
export const SUMS: u32 = 10;

/** A sum of the last evaluation. */
export function sumOf(index: u32): f64 {
  return load<f64>(setup.sums + (index << 3));
}

/** Adds the lanes of four sums, (0 + 1) + (2 + 3) each, and stores them from sum `index` on. */
function storeSums(index: u32, a: v128, b: v128, c: v128, d: v128): void {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 2, 4, 6), v128.shuffle<f32>(a, b, 1, 3, 5, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 2, 4, 6), v128.shuffle<f32>(c, d, 1, 3, 5, 7));
  const sums = f32x4.add(v128.shuffle<f32>(ab, cd, 0, 2, 4, 6), v128.shuffle<f32>(ab, cd, 1, 3, 5, 7));
  const target = setup.sums + (index << 3);
  v128.store(target, f64x2.promote_low_f32x4(sums));
  v128.store(target, f64x2.promote_low_f32x4(v128.shuffle<f32>(sums, sums, 2, 3, 2, 3)), 16);
}

/** The same for the lanes that evaluateLane() left at setup.laneSums. */
function addLanesScalar(): void {
  for (let index: u32 = 0; index < SUMS; index++) {
    const lanes = setup.laneSums + (index << 4);
    const total = load<f32>(lanes) + load<f32>(lanes, 4) + (load<f32>(lanes, 8) + load<f32>(lanes, 12));
    store<f64>(setup.sums + (index << 3), f64(total));
  }
}

/**
 * Compares the pixel's electrons with the response at setup.response.
 * Weight = 1 / (mu + reset^2 + read^2 + gain^2/12), from the model and not from the data, which would bias the fit
 * [physics.md 7]; 0 for an unusable sample.
 */
export function evaluate(electrons: usize, amplitude: f32, background: f32): void {
  if (ASC_FEATURE_SIMD) {
    evaluateVector(electrons, amplitude, background);
    return;
  }
  for (let lane: u32 = 0; lane < 4; lane++) evaluateLane(lane, electrons, amplitude, background);
  addLanesScalar();
}

function evaluateVector(electrons: usize, amplitude: f32, background: f32): void {
  const shares = setup.response;
  const row = setup.paddedGates << 2;
  const noise = f32x4.splat(setup.noiseVarianceE2);
  const zero = f32x4.splat(0);
  let ff = zero;
  let f1 = zero;
  let fg = zero;
  let one = zero;
  let g1 = zero;
  let gg = zero;
  let fr = zero;
  let r1 = zero;
  let gr = zero;
  let rr = zero;
  for (let byte: usize = 0; byte < row; byte += 16) {
    const f = v128.load(shares + byte);
    const g = v128.load(shares + row + byte);
    const mu = f32x4.add(f32x4.mul(f, f32x4.splat(amplitude)), f32x4.splat(background));
    const y = v128.load(electrons + byte);
    const r = f32x4.sub(y, mu);
    const full = f32x4.div(f32x4.splat(1), f32x4.add(f32x4.pmax(mu, zero), noise));
    const w = v128.and(full, f32x4.lt(y, f32x4.splat(UNUSABLE_E)));
    const wf = f32x4.mul(w, f);
    const wg = f32x4.mul(w, g);
    const wr = f32x4.mul(w, r);
    ff = f32x4.add(ff, f32x4.mul(wf, f));
    f1 = f32x4.add(f1, wf);
    fg = f32x4.add(fg, f32x4.mul(wf, g));
    one = f32x4.add(one, w);
    g1 = f32x4.add(g1, wg);
    gg = f32x4.add(gg, f32x4.mul(wg, g));
    fr = f32x4.add(fr, f32x4.mul(wr, f));
    r1 = f32x4.add(r1, wr);
    gr = f32x4.add(gr, f32x4.mul(wr, g));
    rr = f32x4.add(rr, f32x4.mul(wr, r));
  }
  storeSums(SUM_FF, ff, f1, fg, one);
  storeSums(SUM_G, g1, gg, fr, r1);
  storeSums(SUM_GR, gr, rr, zero, zero);
}

function evaluateLane(lane: u32, electrons: usize, amplitude: f32, background: f32): void {
  const shares = setup.response;
  const row = setup.paddedGates << 2;
  let ff: f32 = 0;
  let f1: f32 = 0;
  let fg: f32 = 0;
  let one: f32 = 0;
  let g1: f32 = 0;
  let gg: f32 = 0;
  let fr: f32 = 0;
  let r1: f32 = 0;
  let gr: f32 = 0;
  let rr: f32 = 0;
  for (let byte: usize = lane << 2; byte < row; byte += 16) {
    const f = load<f32>(shares + byte);
    const g = load<f32>(shares + row + byte);
    const mu = f * amplitude + background;
    const y = load<f32>(electrons + byte);
    const r = y - mu;
    const w: f32 = y < UNUSABLE_E ? 1.0 / ((mu < 0 ? 0 : mu) + setup.noiseVarianceE2) : 0;
    const wf = w * f;
    const wg = w * g;
    const wr = w * r;
    ff += wf * f;
    f1 += wf;
    fg += wf * g;
    one += w;
    g1 += wg;
    gg += wg * g;
    fr += wr * f;
    r1 += wr;
    gr += wr * g;
    rr += wr * r;
  }
  const sums = setup.laneSums + (lane << 2);
  store<f32>(sums, ff);
  store<f32>(sums, f1, SUM_F << 4);
  store<f32>(sums, fg, SUM_FG << 4);
  store<f32>(sums, one, SUM_ONE << 4);
  store<f32>(sums, g1, SUM_G << 4);
  store<f32>(sums, gg, SUM_GG << 4);
  store<f32>(sums, fr, SUM_FR << 4);
  store<f32>(sums, r1, SUM_R << 4);
  store<f32>(sums, gr, SUM_GR << 4);
  store<f32>(sums, rr, SUM_RR << 4);
}
