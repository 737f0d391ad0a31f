// Matched-filter templates, built at configuration.
import { setup } from "../setup.ts";
import { parameters } from "../views.ts";
import { respond } from "./response.ts";

/** A unit-norm template is stored times this; |template| . |16-bit samples| stays below 2^31 for 64 gates. */
export const TEMPLATE_UNIT: f64 = 4096;
/** Templates with less contrast than this between gates cannot find anything and stay zero. */
const NORM_SMALLEST: f64 = 1e-6;

/**
 * Rounds (share - mean) * factor to integers whose sum is exactly zero: the rounded running sum is differenced, so
 * that a constant background, however large, drops out of the correlation.
 */
function storeTemplate(row: usize, mean: f64, factor: f64): void {
  let running: f64 = 0;
  let before: f64 = 0;
  for (let gate: u32 = 0; gate < setup.paddedGates; gate++) {
    if (gate < setup.gates) running += (shareOf(gate) - mean) * factor;
    const rounded = Math.floor(running + 0.5);
    store<i16>(row + (gate << 1), i16(rounded - before));
    before = rounded;
  }
}

/** Share of a gate in the response at setup.response. */
function shareOf(gate: u32): f64 {
  return f64(load<f32>(setup.response + (gate << 2)));
}

function buildTemplate(index: u32): void {
  respond(min(f64(index) * setup.templateStepNs, setup.spanNs), setup.response);
  let sum: f64 = 0;
  for (let gate: u32 = 0; gate < setup.gates; gate++) sum += shareOf(gate);
  const mean = sum / f64(setup.gates);
  let squares: f64 = 0;
  for (let gate: u32 = 0; gate < setup.gates; gate++) {
    const contrast = shareOf(gate) - mean;
    squares += contrast * contrast;
  }
  const norm = Math.sqrt(squares);
  const usable = norm > NORM_SMALLEST;
  storeTemplate(setup.templates + index * setup.paddedGates * 2, mean, usable ? TEMPLATE_UNIT / norm : 0.0);
  const scales = setup.templateScales + (index << 3);
  store<f32>(scales, f32(usable ? f64(parameters.gainEPerDn) / (TEMPLATE_UNIT * norm) : 0.0));
  store<f32>(scales, f32(mean), 4);
}

/** All templates, and a last row of ones that sums the samples. */
export function buildTemplates(): void {
  for (let index: u32 = 0; index < setup.templateCount; index++) buildTemplate(index);
  const ones = setup.templates + setup.templateCount * setup.paddedGates * 2;
  for (let gate: u32 = 0; gate < setup.paddedGates; gate++) {
    store<i16>(ones + (gate << 1), gate < setup.gates ? 1 : 0);
  }
}
