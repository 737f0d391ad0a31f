// The pixel arithmetic of this logic: which gate holds most light.
import { PARAM_BLOCK, PARAM_GATE_DELAYS_NS } from "../hw-profiles/interface/memory-map.ts";
import { setup } from "./setup.ts";
import { parameters } from "./views.ts";

const HALF_LIGHT_M_PER_NS: f64 = 0.149896229;

function codeDn(column: u32, gate: u32): u32 {
  return load<u16>(setup.samples + ((gate * setup.width + column) << 1));
}

/** The gate with the highest code; the first of equals. */
export function brightestGate(column: u32): u32 {
  let best: u32 = 0;
  for (let gate: u32 = 1; gate < setup.gates; gate++) {
    if (codeDn(column, gate) > codeDn(column, best)) best = gate;
  }
  return best;
}

/** Its code over that of the darkest gate, DN. */
export function contrastDn(column: u32, best: u32): u32 {
  let darkest: u32 = codeDn(column, best);
  for (let gate: u32 = 0; gate < setup.gates; gate++) darkest = min(darkest, codeDn(column, gate));
  return codeDn(column, best) - darkest;
}

/** Range of a return whose pulse fills this gate: it came a pulse width before the gate closes. */
export function gateRangeM(gate: u32): f64 {
  const delayNs = f64(load<f32>(PARAM_BLOCK + PARAM_GATE_DELAYS_NS + (gate << 2)));
  const timeNs = delayNs - 0.5 * f64(parameters.pulseWidthNs) - f64(parameters.timeOffsetNs);
  return max(0.0, timeNs * HALF_LIGHT_M_PER_NS);
}
