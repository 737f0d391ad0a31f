/**
 * Light to electrons per second: crosstalk between neighbours, then response. A pixel keeps 1 - share of its photocharge
 * and gives share / 4 to each of its four neighbours; what would leave the array stays in the pixel at its border, so the
 * sum over the array is kept. The splitting of a Poisson process is Poisson again: only the means mix.
 */
import * as S from "./collect-settings.ts";

/** The same operations for four pixels as mixOne for one. */
function mixQuad(at: usize, rowBytes: usize, keep: v128, quarter: v128): v128 {
  const vertical = f32x4.add(v128.load(at - rowBytes), v128.load(at + rowBytes));
  const horizontal = f32x4.add(v128.load(at - 4), v128.load(at + 4));
  const given = f32x4.mul(f32x4.add(vertical, horizontal), quarter);
  return f32x4.add(f32x4.mul(v128.load(at), keep), given);
}

function mixOne(at: usize, rowBytes: usize, left: usize, right: usize, keep: f32, quarter: f32): f32 {
  const vertical = load<f32>(at - rowBytes) + load<f32>(at + rowBytes);
  const horizontal = load<f32>(left) + load<f32>(right);
  return load<f32>(at) * keep + (vertical + horizontal) * quarter;
}

function mixBorders(from: usize, to: usize, response: usize, rowBytes: usize, keep: f32, quarter: f32): void {
  const end = rowBytes - 4;
  const inner = end > 0 ? <usize>4 : 0;
  const first = mixOne(from, rowBytes, from, from + inner, keep, quarter);
  const last = mixOne(from + end, rowBytes, from + end - inner, from + end, keep, quarter);
  store<f32>(to, first * load<f32>(response));
  store<f32>(to + end, last * load<f32>(response + end));
}

/**
 * @param photons f32 [rows + 2][columns], photons/s, with the rows above and below the band; three spare floats at the end.
 * @param response f32 [rows][columns], electrons per photon.
 * @param share of the photocharge that goes to the four neighbours together.
 */
export function collectLight(photons: usize, response: usize, share: f32): void {
  const rowBytes = (<usize>S.columns) << 2;
  const keep = <f32>1 - share;
  const quarter = share * <f32>0.25;
  const keeps = f32x4.splat(keep);
  const quarters = f32x4.splat(quarter);
  const rows = S.pixels / S.columns;
  let from = photons + rowBytes;
  let to = S.lightRateEPerS;
  let gain = response;
  for (let row: u32 = 0; row < rows; row++) {
    for (let at: usize = 0; at < rowBytes; at += 16) {
      const mixed = share > 0 ? mixQuad(from + at, rowBytes, keeps, quarters) : v128.load(from + at);
      v128.store(to + at, f32x4.mul(mixed, v128.load(gain + at)));
    }
    if (share > 0) mixBorders(from, to, gain, rowBytes, keep, quarter);
    from += rowBytes;
    to += rowBytes;
    gain += rowBytes;
  }
}
