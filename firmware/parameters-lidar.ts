// The part of the parameter check that only LiDAR has: gates, pulse, response of the film, range.
import {
  GATING_FILM_BIAS,
  GATING_SWEPT_RESET,
  PARAM_AMBIENT_SCALE,
  PARAM_AMPLITUDE_SCALE,
  PARAM_COMPONENTS,
  PARAM_DETECTION_SIGMA,
  PARAM_EXTINCTION,
  PARAM_GATE_DELAYS_NS,
  PARAM_GATE_WIDTHS_NS,
  PARAM_GATING,
  PARAM_LOW_SIGNAL_SIGMA,
  PARAM_MISFIT_CHI2,
  PARAM_PULSE_PERIOD_NS,
  PARAM_PULSE_WIDTH_NS,
  PARAM_PULSES_PER_GATE,
  PARAM_RANGE_SCALE,
  PARAM_RESPONSE_TAU_NS,
  PARAM_RETURN_CHI2,
  PARAM_RETURN_ORDER,
  PARAM_RETURNS,
  PARAM_T0_MAX_NS,
  PARAM_T0_MIN_NS,
  PARAM_TAIL_FRACTION,
  PARAM_TAIL_TAU_NS,
  PARAM_TIME_OFFSET_NS,
  RETURN_LAST,
  RETURN_STRONGEST,
  RETURNS_MAX,
} from "../hw-profiles/interface/memory-map.ts";
import { COMPONENT_LIDAR } from "../hw-profiles/interface/reports.ts";
import { floatOutside, LARGEST, SCALE_SMALLEST, wordOutside } from "./checks.ts";
import { parameters } from "./views.ts";

/** Three unknowns, and at least one degree of freedom for chi-square. */
export const GATES_MIN: u32 = 4;
const PULSES_MAX: u32 = 1 << 24;
/** Shortest time, ns. */
const SMALLEST: f32 = 0.1;

function badResponse(): u32 {
  let bad = floatOutside(0, PARAM_PULSE_PERIOD_NS, 2.0 * SMALLEST, LARGEST);
  if (bad !== 0) return bad;
  const period = parameters.pulsePeriodNs;
  bad = floatOutside(0, PARAM_PULSE_WIDTH_NS, SMALLEST, 0.9 * period);
  bad = floatOutside(bad, PARAM_RESPONSE_TAU_NS, SMALLEST, LARGEST);
  bad = floatOutside(bad, PARAM_TAIL_FRACTION, 0, 1);
  bad = floatOutside(bad, PARAM_TAIL_TAU_NS, SMALLEST, LARGEST);
  bad = floatOutside(bad, PARAM_EXTINCTION, 0, 0.99);
  bad = floatOutside(bad, PARAM_T0_MIN_NS, -period, period);
  bad = floatOutside(bad, PARAM_T0_MAX_NS, -period, period);
  if (bad === 0 && !(parameters.t0MaxNs - parameters.t0MinNs >= SMALLEST)) bad = PARAM_T0_MAX_NS;
  return floatOutside(bad, PARAM_TIME_OFFSET_NS, -LARGEST, LARGEST);
}

function badGate(): u32 {
  const period = parameters.pulsePeriodNs;
  let bad: u32 = 0;
  for (let gate: u32 = 0; gate < parameters.gates; gate++) {
    bad = floatOutside(bad, PARAM_GATE_DELAYS_NS + 4 * gate, -period, period);
    // With swept reset a gate has no width of its own.
    if (parameters.gating !== GATING_FILM_BIAS) continue;
    bad = floatOutside(bad, PARAM_GATE_WIDTHS_NS + 4 * gate, f32.MIN_NORMAL_VALUE, period);
  }
  return bad;
}

function badOutput(): u32 {
  let bad = floatOutside(0, PARAM_DETECTION_SIGMA, 0, LARGEST);
  bad = floatOutside(bad, PARAM_LOW_SIGNAL_SIGMA, 0, LARGEST);
  bad = floatOutside(bad, PARAM_MISFIT_CHI2, 0, LARGEST);
  bad = floatOutside(bad, PARAM_RANGE_SCALE, SCALE_SMALLEST, LARGEST);
  bad = floatOutside(bad, PARAM_AMPLITUDE_SCALE, SCALE_SMALLEST, LARGEST);
  return floatOutside(bad, PARAM_AMBIENT_SCALE, SCALE_SMALLEST, LARGEST);
}

/** Offset of the first parameter of LiDAR mode that is wrong, 0 if none is. */
export function badLidarParameter(): u32 {
  let bad = wordOutside(0, PARAM_GATING, GATING_FILM_BIAS, GATING_SWEPT_RESET);
  bad = wordOutside(bad, PARAM_PULSES_PER_GATE, 1, PULSES_MAX);
  bad = wordOutside(bad, PARAM_COMPONENTS, 1, COMPONENT_LIDAR);
  bad = wordOutside(bad, PARAM_RETURNS, 1, RETURNS_MAX);
  bad = wordOutside(bad, PARAM_RETURN_ORDER, RETURN_STRONGEST, RETURN_LAST);
  bad = floatOutside(bad, PARAM_RETURN_CHI2, 0, LARGEST);
  if (bad === 0) bad = badResponse();
  if (bad === 0) bad = badGate();
  return bad === 0 ? badOutput() : bad;
}
