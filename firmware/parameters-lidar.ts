// The part of the parameter check that only LiDAR has: gates, pulse, response of the film, range.
import {
  GATING_FILM_BIAS,
  GATING_SWEPT_RESET,
  PARAM_AMBIENT_SCALE,
  PARAM_AMPLITUDE_SCALE,
  PARAM_BLOCK,
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
import {
  COMPONENTS_LIDAR,
  EXTINCTION_MOST,
  FLOAT,
  FROM,
  firstOutside,
  IN_PERIODS,
  LARGEST,
  MINUS_LARGEST,
  MINUS_ONE,
  MOST_OF_PERIOD,
  OFFSET,
  outside,
  PULSES_MOST,
  SCALE_SMALLEST,
  TIME_SMALLEST,
  TWICE_TIME_SMALLEST,
  WIDTH_SMALLEST,
} from "./checks.ts";
import { parameters } from "./views.ts";

/** Shortest range window, ns. */
const WINDOW_SMALLEST: f32 = 0.1;

const UP_TO_WINDOW = memory.data<u32>([
  (PARAM_GATING << OFFSET) | (GATING_FILM_BIAS << FROM) | GATING_SWEPT_RESET,
  (PARAM_PULSES_PER_GATE << OFFSET) | (1 << FROM) | PULSES_MOST,
  (PARAM_COMPONENTS << OFFSET) | (1 << FROM) | COMPONENTS_LIDAR,
  (PARAM_RETURNS << OFFSET) | (1 << FROM) | RETURNS_MAX,
  (PARAM_RETURN_ORDER << OFFSET) | (RETURN_STRONGEST << FROM) | RETURN_LAST,
  (PARAM_RETURN_CHI2 << OFFSET) | FLOAT | (0 << FROM) | LARGEST,
  (PARAM_PULSE_PERIOD_NS << OFFSET) | FLOAT | (TWICE_TIME_SMALLEST << FROM) | LARGEST,
  (PARAM_PULSE_WIDTH_NS << OFFSET) | FLOAT | IN_PERIODS | (TIME_SMALLEST << FROM) | MOST_OF_PERIOD,
  (PARAM_RESPONSE_TAU_NS << OFFSET) | FLOAT | (TIME_SMALLEST << FROM) | LARGEST,
  (PARAM_TAIL_FRACTION << OFFSET) | FLOAT | (0 << FROM) | 1,
  (PARAM_TAIL_TAU_NS << OFFSET) | FLOAT | (TIME_SMALLEST << FROM) | LARGEST,
  (PARAM_EXTINCTION << OFFSET) | FLOAT | (0 << FROM) | EXTINCTION_MOST,
  (PARAM_T0_MIN_NS << OFFSET) | FLOAT | IN_PERIODS | (MINUS_ONE << FROM) | 1,
  (PARAM_T0_MAX_NS << OFFSET) | FLOAT | IN_PERIODS | (MINUS_ONE << FROM) | 1,
  0,
]);
const TIME_OFFSET = (PARAM_TIME_OFFSET_NS << OFFSET) | FLOAT | (MINUS_LARGEST << FROM) | LARGEST;
const GATE_DELAY = (PARAM_GATE_DELAYS_NS << OFFSET) | FLOAT | IN_PERIODS | (MINUS_ONE << FROM) | 1;
const GATE_WIDTH = (PARAM_GATE_WIDTHS_NS << OFFSET) | FLOAT | IN_PERIODS | (WIDTH_SMALLEST << FROM) | 1;
const OUTPUT = memory.data<u32>([
  (PARAM_DETECTION_SIGMA << OFFSET) | FLOAT | (0 << FROM) | LARGEST,
  (PARAM_LOW_SIGNAL_SIGMA << OFFSET) | FLOAT | (0 << FROM) | LARGEST,
  (PARAM_MISFIT_CHI2 << OFFSET) | FLOAT | (0 << FROM) | LARGEST,
  (PARAM_RANGE_SCALE << OFFSET) | FLOAT | (SCALE_SMALLEST << FROM) | LARGEST,
  (PARAM_AMPLITUDE_SCALE << OFFSET) | FLOAT | (SCALE_SMALLEST << FROM) | LARGEST,
  (PARAM_AMBIENT_SCALE << OFFSET) | FLOAT | (SCALE_SMALLEST << FROM) | LARGEST,
  0,
]);

function badGate(earlier: u32): u32 {
  let bad = earlier;
  for (let gate: u32 = 0; gate < parameters.gates; gate++) {
    const next = gate << (OFFSET + 2);
    bad = outside(bad, GATE_DELAY + next);
    // With swept reset a gate has no width of its own.
    if (parameters.gating === GATING_FILM_BIAS) bad = outside(bad, GATE_WIDTH + next);
  }
  return bad;
}

/**
 * Offset of the first gate that with the window does not fit a period, 0 if none: the response counts one pulse in full,
 * and what earlier ones left. With swept reset there are no others.
 */
function badPeriod(): u32 {
  if (parameters.gating !== GATING_FILM_BIAS) return 0;
  const period = parameters.pulsePeriodNs;
  for (let gate = PARAM_GATE_DELAYS_NS; gate < PARAM_GATE_DELAYS_NS + 4 * parameters.gates; gate += 4) {
    const delay = load<f32>(PARAM_BLOCK + gate);
    if (parameters.t0MaxNs - delay > period - parameters.pulseWidthNs) return gate;
    const close = delay + load<f32>(PARAM_BLOCK + gate + PARAM_GATE_WIDTHS_NS - PARAM_GATE_DELAYS_NS);
    if (close - parameters.t0MinNs > period) return gate;
  }
  return 0;
}

/** Offset of the first parameter of LiDAR mode that is wrong, 0 if none is. */
export function badLidarParameter(): u32 {
  let bad = (parameters.components & ~COMPONENT_LIDAR) !== 0 ? u32(PARAM_COMPONENTS) : 0;
  bad = firstOutside(bad, UP_TO_WINDOW);
  if (bad === 0 && !(parameters.t0MaxNs - parameters.t0MinNs >= WINDOW_SMALLEST)) bad = PARAM_T0_MAX_NS;
  bad = badGate(outside(bad, TIME_OFFSET));
  if (bad === 0) bad = badPeriod();
  return firstOutside(bad, OUTPUT);
}
