// Tables built at configuration: the response of every gate on a grid of return times, and matched-filter templates.
import {
  PARAM_BLOCK,
  PARAM_GATE_DELAYS_NS,
  PARAM_GATE_WIDTHS_NS,
} from "../../hw-profiles/interface/memory-map.ts";
import { setup } from "../setup.ts";
import { parameters } from "../views.ts";
import { gateShare, gateSlope } from "./waveform.ts";

/** A unit-norm template is stored times this; |template| . |16-bit samples| stays below 2^31 for 64 gates. */
export const TEMPLATE_UNIT: f64 = 4096;
/** Templates with less contrast than this between gates cannot find anything and stay zero. */
const NORM_SMALLEST: f64 = 1e-6;

function delayNs(gate: u32): f64 {
  return f64(load<f32>(PARAM_BLOCK + PARAM_GATE_DELAYS_NS + (gate << 2)));
}

function widthNs(gate: u32): f64 {
  return f64(load<f32>(PARAM_BLOCK + PARAM_GATE_WIDTHS_NS + (gate << 2)));
}

/** Share and slope of every gate at every node; padding gates are zero. */
export function buildNodes(): void {
  const padded = setup.paddedGates;
  for (let node: u32 = 0; node < setup.nodeCount; node++) {
    const t0Ns = f64(parameters.t0MinNs) + f64(node) * setup.nodeStepNs;
    const row = setup.nodes + node * padded * 8;
    for (let gate: u32 = 0; gate < padded; gate++) {
      const real = gate < setup.gates;
      const share = real ? gateShare(delayNs(gate), widthNs(gate), t0Ns) : 0.0;
      const slope = real ? gateSlope(delayNs(gate), widthNs(gate), t0Ns) * setup.nodeStepNs : 0.0;
      store<f32>(row + (gate << 2), f32(share));
      store<f32>(row + (padded << 2) + (gate << 2), f32(slope));
    }
  }
}

/**
 * Rounds (share - mean) * factor to integers whose sum is exactly zero: the rounded running sum is differenced, so
 * that a constant background, however large, drops out of the correlation.
 */
function storeTemplate(row: usize, shares: usize, mean: f64, factor: f64): void {
  let running: f64 = 0;
  let before: f64 = 0;
  for (let gate: u32 = 0; gate < setup.paddedGates; gate++) {
    if (gate < setup.gates) running += (load<f64>(shares + (gate << 3)) - mean) * factor;
    const rounded = Math.floor(running + 0.5);
    store<i16>(row + (gate << 1), i16(rounded - before));
    before = rounded;
  }
}

function buildTemplate(index: u32): void {
  const shares = setup.electrons; // free at configuration, and large enough for K f64
  const t0Ns = f64(parameters.t0MinNs) + f64(index) * setup.templateStepNs;
  let sum: f64 = 0;
  for (let gate: u32 = 0; gate < setup.gates; gate++) {
    const share = gateShare(delayNs(gate), widthNs(gate), t0Ns);
    store<f64>(shares + (gate << 3), share);
    sum += share;
  }
  const mean = sum / f64(setup.gates);
  let squares: f64 = 0;
  for (let gate: u32 = 0; gate < setup.gates; gate++) {
    const contrast = load<f64>(shares + (gate << 3)) - mean;
    squares += contrast * contrast;
  }
  const norm = Math.sqrt(squares);
  const usable = norm > NORM_SMALLEST;
  storeTemplate(
    setup.templates + index * setup.paddedGates * 2,
    shares,
    mean,
    usable ? TEMPLATE_UNIT / norm : 0.0,
  );
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
