// The check of the parameter block: nothing that passes here can make a later stage divide by zero, leave its table
// or produce a number that is not finite.
import { ABI_VERSION, DEVICE_MAGIC, MAX_COLUMNS, MAX_GATES, MAX_ROWS } from "../hw-profiles/interface/abi.ts";
import {
  GATING_FILM_BIAS,
  GATING_SWEPT_RESET,
  MODE_LIDAR,
  PARAM_ABI,
  PARAM_ADC_BITS,
  PARAM_AMBIENT_SCALE,
  PARAM_AMPLITUDE_SCALE,
  PARAM_BLOCK,
  PARAM_BYTES,
  PARAM_CLOCK_HZ,
  PARAM_COMPONENTS,
  PARAM_CRC,
  PARAM_DARK_ACTIVATION_EV,
  PARAM_DARK_EXPOSURE_SCALE,
  PARAM_DARK_REFERENCE_K,
  PARAM_DETECTION_SIGMA,
  PARAM_EXTINCTION,
  PARAM_GAIN_E_PER_DN,
  PARAM_GATE_DELAYS_NS,
  PARAM_GATE_WIDTHS_NS,
  PARAM_GATES,
  PARAM_GATING,
  PARAM_HEIGHT,
  PARAM_LENGTH,
  PARAM_LOW_SIGNAL_SIGMA,
  PARAM_MAGIC,
  PARAM_MISFIT_CHI2,
  PARAM_MODE,
  PARAM_PULSE_PERIOD_NS,
  PARAM_PULSE_WIDTH_NS,
  PARAM_PULSES_PER_GATE,
  PARAM_RANGE_SCALE,
  PARAM_RAW_FORMAT,
  PARAM_READ_NOISE_E,
  PARAM_RESET_NOISE_E,
  PARAM_RESPONSE_TAU_NS,
  PARAM_SATURATION_DN,
  PARAM_SIGMA_SCALE,
  PARAM_T0_MAX_NS,
  PARAM_T0_MIN_NS,
  PARAM_TAIL_FRACTION,
  PARAM_TAIL_TAU_NS,
  PARAM_TIME_OFFSET_NS,
  PARAM_WIDTH,
} from "../hw-profiles/interface/memory-map.ts";
import {
  COMPONENT_LIDAR,
  PIXEL_FORMAT_MONO12P,
  PIXEL_FORMAT_MONO16,
} from "../hw-profiles/interface/reports.ts";
import {
  STATUS_BAD_ABI,
  STATUS_BAD_CRC,
  STATUS_BAD_MAGIC,
  STATUS_BAD_PARAMETER,
  STATUS_LIMIT,
  STATUS_OK,
} from "../hw-profiles/interface/status.ts";
import { crc32c } from "./stages/crc32c.ts";
import { parameters, statusBlock } from "./views.ts";

/** Three unknowns, and at least one degree of freedom for chi-square. */
const GATES_MIN: u32 = 4;
const ADC_BITS_MIN: u32 = 6;
const ADC_BITS_MAX: u32 = 16;
const PULSES_MAX: u32 = 1 << 24;
const CRC_START: u32 = 16;
/** Longest time, ns, and largest of any other quantity that has no limit of its own. */
const LARGEST: f32 = 1e6;
const SMALLEST: f32 = 0.1;
const SCALE_SMALLEST: f32 = 1e-9;
const GAIN_SMALLEST: f32 = 1e-3;
const NOISE_LARGEST: f32 = 1e5;

function refuse(status: u32, offset: u32): u32 {
  statusBlock.detail = offset;
  return status;
}

/** 0, or the offset of the parameter if it is not a number in low..high. `earlier` wins. */
function floatOutside(earlier: u32, offset: u32, low: f32, high: f32): u32 {
  if (earlier !== 0) return earlier;
  const value = load<f32>(PARAM_BLOCK + offset);
  return value >= low && value <= high ? 0 : offset;
}

function wordOutside(earlier: u32, offset: u32, low: u32, high: u32): u32 {
  if (earlier !== 0) return earlier;
  const value = load<u32>(PARAM_BLOCK + offset);
  return value >= low && value <= high ? 0 : offset;
}

function checkHead(tables: usize): u32 {
  if (parameters.magic !== DEVICE_MAGIC) return refuse(STATUS_BAD_MAGIC, PARAM_MAGIC);
  if (parameters.abi !== ABI_VERSION) return refuse(STATUS_BAD_ABI, PARAM_ABI);
  if (parameters.length !== PARAM_BYTES) return refuse(STATUS_BAD_CRC, PARAM_LENGTH);
  const crc = crc32c(tables, 0, PARAM_BLOCK + CRC_START, PARAM_BYTES - CRC_START);
  return crc === parameters.crc ? STATUS_OK : refuse(STATUS_BAD_CRC, PARAM_CRC);
}

function badSize(): u32 {
  let bad = wordOutside(0, PARAM_WIDTH, 1, MAX_COLUMNS);
  bad = wordOutside(bad, PARAM_HEIGHT, 1, MAX_ROWS);
  return wordOutside(bad, PARAM_GATES, GATES_MIN, MAX_GATES);
}

function badWord(): u32 {
  let bad = wordOutside(0, PARAM_ADC_BITS, ADC_BITS_MIN, ADC_BITS_MAX);
  bad = wordOutside(bad, PARAM_GATING, GATING_FILM_BIAS, GATING_SWEPT_RESET);
  bad = wordOutside(bad, PARAM_PULSES_PER_GATE, 1, PULSES_MAX);
  bad = wordOutside(bad, PARAM_COMPONENTS, 1, COMPONENT_LIDAR);
  bad = wordOutside(bad, PARAM_RAW_FORMAT, PIXEL_FORMAT_MONO16, PIXEL_FORMAT_MONO12P);
  if (bad !== 0) return bad;
  if (parameters.rawFormat === PIXEL_FORMAT_MONO12P && parameters.adcBits > 12) return PARAM_RAW_FORMAT;
  bad = wordOutside(0, PARAM_SATURATION_DN, 1, (1 << parameters.adcBits) - 1);
  return wordOutside(bad, PARAM_CLOCK_HZ, 1, u32.MAX_VALUE);
}

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

function badPixelPhysics(): u32 {
  let bad = floatOutside(0, PARAM_GAIN_E_PER_DN, GAIN_SMALLEST, NOISE_LARGEST);
  bad = floatOutside(bad, PARAM_RESET_NOISE_E, 0, NOISE_LARGEST);
  bad = floatOutside(bad, PARAM_READ_NOISE_E, 0, NOISE_LARGEST);
  bad = floatOutside(bad, PARAM_DARK_ACTIVATION_EV, 0, 10);
  bad = floatOutside(bad, PARAM_DARK_REFERENCE_K, 50, 1000);
  return floatOutside(bad, PARAM_DARK_EXPOSURE_SCALE, 0, LARGEST);
}

function badOutput(): u32 {
  let bad = floatOutside(0, PARAM_DETECTION_SIGMA, 0, LARGEST);
  bad = floatOutside(bad, PARAM_LOW_SIGNAL_SIGMA, 0, LARGEST);
  bad = floatOutside(bad, PARAM_MISFIT_CHI2, 0, LARGEST);
  bad = floatOutside(bad, PARAM_RANGE_SCALE, SCALE_SMALLEST, LARGEST);
  bad = floatOutside(bad, PARAM_SIGMA_SCALE, SCALE_SMALLEST, LARGEST);
  bad = floatOutside(bad, PARAM_AMPLITUDE_SCALE, SCALE_SMALLEST, LARGEST);
  return floatOutside(bad, PARAM_AMBIENT_SCALE, SCALE_SMALLEST, LARGEST);
}

/** STATUS_OK, or why the parameter block is refused; then STATUS_DETAIL holds the offset of what is wrong. */
export function checkParameters(tables: usize): u32 {
  statusBlock.detail = 0;
  const head = checkHead(tables);
  if (head !== STATUS_OK) return head;
  if (wordOutside(0, PARAM_MODE, MODE_LIDAR, MODE_LIDAR) !== 0)
    return refuse(STATUS_BAD_PARAMETER, PARAM_MODE);
  const size = badSize();
  if (size !== 0) return refuse(STATUS_LIMIT, size);
  let bad = badWord();
  if (bad === 0) bad = badResponse();
  if (bad === 0) bad = badGate();
  if (bad === 0) bad = badPixelPhysics();
  if (bad === 0) bad = badOutput();
  return bad === 0 ? STATUS_OK : refuse(STATUS_BAD_PARAMETER, bad);
}
