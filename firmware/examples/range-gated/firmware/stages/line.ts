// A range-gated camera in place of the package's stage: a pixel shows what came back from one slice of range, and nothing
// else. The matched filter finds the return; there is no fit, so range comes in the filter's steps.
import { PIXEL_BAD, PIXEL_NO_RETURN, PIXEL_SATURATED } from "../../hw-profiles/interface/pixel-flags.ts";
import { setup } from "../setup.ts";
import { parameters } from "../views.ts";
import { countFlags } from "./classify.ts";
import { loadCodes, TILE, toElectrons } from "./correct.ts";
import { bestTemplate, correlate, correlation } from "./matched-filter.ts";

/** The slice that the camera sees, m. */
const NEAREST_M: f64 = 4;
const FARTHEST_M: f64 = 6;
/** Weaker returns do not show, electrons. */
const AMPLITUDE_SMALLEST_E: f64 = 3000;

const HALF_LIGHT_M_PER_NS: f64 = 0.149896229;
/** Standard deviation of a uniform distribution over one step. */
const STEP_SIGMA: f64 = 0.288675;

function put(column: u32, rangeM: f64, amplitudeE: f64, flags: u32): void {
  const sigmaM = rangeM > 0.0 ? setup.templateStepNs * HALF_LIGHT_M_PER_NS * STEP_SIGMA : 0.0;
  store<u16>(setup.rangeLine + (column << 1), u16(rangeM / f64(parameters.rangeScale)));
  store<u16>(setup.sigmaLine + (column << 1), u16(min(sigmaM / f64(parameters.sigmaScale), 65535.0)));
  store<u16>(
    setup.amplitudeLine + (column << 1),
    u16(min(amplitudeE / f64(parameters.amplitudeScale), 65535.0)),
  );
  store<u16>(setup.ambientLine + (column << 1), 0);
  store<u8>(setup.flagsLine + column, u8(flags));
  countFlags(flags, 1);
}

function processPixel(column: u32, lane: u32): void {
  if (load<u8>(setup.badMap + column) !== 0) {
    put(column, 0, 0, PIXEL_BAD);
    return;
  }
  const best = bestTemplate(lane);
  const timeNs = f64(parameters.t0MinNs) + f64(best) * setup.templateStepNs - f64(parameters.timeOffsetNs);
  const rangeM = timeNs * HALF_LIGHT_M_PER_NS;
  const amplitudeE = f64(correlation(best, lane)) * f64(load<f32>(setup.templateScales + (best << 3)));
  const saturated: u32 = load<u16>(setup.saturatedGates + (lane << 1)) !== 0 ? PIXEL_SATURATED : 0;
  const inSlice = rangeM >= NEAREST_M && rangeM <= FARTHEST_M && amplitudeE >= AMPLITUDE_SMALLEST_E;
  if (inSlice) put(column, rangeM, amplitudeE, saturated);
  else put(column, 0, 0, PIXEL_NO_RETURN | saturated);
}

/** Turns the samples of a line into its range, sigma, amplitude, ambient and flags. */
export function processPixels(): void {
  for (let column: u32 = 0; column < setup.width; column += TILE) {
    loadCodes(column);
    toElectrons(column, setup.electrons);
    correlate();
    const lanes = min(TILE, setup.width - column);
    for (let lane: u32 = 0; lane < lanes; lane++) processPixel(column + lane, lane);
  }
}
