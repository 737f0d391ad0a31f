import { FEATURE_LIDAR } from "../../interface/image.ts";
import * as Memory from "../../interface/memory-map.ts";
import { COMPONENT_DEPTH, PIXEL_FORMAT_MONO16 } from "../../interface/reports.ts";
import type { GoldenCase, GoldenField } from "./golden-case.ts";
import { goldenMaps, numbersFrom } from "./golden-pixels.ts";

const WIDTH_PX = 32;
const HEIGHT_PX = 4;
const GATES = 32;
const STEP_NS = 6.25;
const FIRST_NS = -12.5;
const FULL_DN = 3900;
/** Gates over which the charge of a pulse rises, and falls. */
const RISE = 6;

/** Codes of a gate train: a triangle where the return is, on a background, with noise. */
function planes(): Uint16Array {
  const next = numbersFrom(2026);
  const pixels = WIDTH_PX * HEIGHT_PX;
  const codes = new Uint16Array(GATES * pixels);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const centre = 2 + next(GATES);
    const height = next(4) === 0 ? next(60) : next(5000);
    const background = 96 + next(400);
    for (let gate = 0; gate < GATES; gate++) {
      const share = Math.max(0, RISE - Math.abs(gate - centre));
      const code = background + Math.trunc((height * share) / RISE) + next(9) - 4;
      codes[gate * pixels + pixel] = Math.min(code, FULL_DN);
    }
  }
  return codes;
}

const WORDS: readonly GoldenField[] = [
  [Memory.PARAM_WIDTH, WIDTH_PX],
  [Memory.PARAM_HEIGHT, HEIGHT_PX],
  [Memory.PARAM_GATES, GATES],
  [Memory.PARAM_ADC_BITS, 12],
  [Memory.PARAM_GATING, Memory.GATING_FILM_BIAS],
  [Memory.PARAM_PULSES_PER_GATE, 500],
  [Memory.PARAM_COMPONENTS, COMPONENT_DEPTH],
  [Memory.PARAM_RAW_FORMAT, PIXEL_FORMAT_MONO16],
  [Memory.PARAM_SATURATION_DN, 3768],
  [Memory.PARAM_PROBE_X, 0xffffffff],
  [Memory.PARAM_CLOCK_HZ, 400_000_000],
  [Memory.PARAM_MODE, Memory.MODE_LIDAR],
  [Memory.PARAM_RETURNS, 1],
  [Memory.PARAM_RETURN_ORDER, Memory.RETURN_STRONGEST],
];

const REALS: readonly GoldenField[] = [
  [Memory.PARAM_PULSE_WIDTH_NS, 39],
  [Memory.PARAM_PULSE_PERIOD_NS, 1000],
  [Memory.PARAM_RESPONSE_TAU_NS, 29.6],
  [Memory.PARAM_TAIL_FRACTION, 0],
  [Memory.PARAM_TAIL_TAU_NS, 200],
  [Memory.PARAM_EXTINCTION, 0],
  [Memory.PARAM_GAIN_E_PER_DN, 50],
  [Memory.PARAM_RESET_NOISE_E, 38.6],
  [Memory.PARAM_READ_NOISE_E, 10],
  [Memory.PARAM_T0_MIN_NS, -2],
  [Memory.PARAM_T0_MAX_NS, 125],
  [Memory.PARAM_TIME_OFFSET_NS, 0],
  [Memory.PARAM_DETECTION_SIGMA, 4.5],
  [Memory.PARAM_LOW_SIGNAL_SIGMA, 7],
  [Memory.PARAM_MISFIT_CHI2, 2],
  [Memory.PARAM_DARK_ACTIVATION_EV, 0.4],
  [Memory.PARAM_DARK_REFERENCE_K, 300],
  [Memory.PARAM_RANGE_SCALE, 0.0005],
  [Memory.PARAM_SIGMA_SCALE, 0.0000625],
  [Memory.PARAM_AMPLITUDE_SCALE, 16],
  [Memory.PARAM_AMBIENT_SCALE, 8],
  [Memory.PARAM_DARK_EXPOSURE_SCALE, 1],
  [Memory.PARAM_RETURN_CHI2, 16],
  ...Array.from({ length: GATES }, (_, gate) => delayAndWidth(gate)).flat(),
];

function delayAndWidth(gate: number): readonly GoldenField[] {
  return [
    [Memory.PARAM_GATE_DELAYS_NS + 4 * gate, FIRST_NS + STEP_NS * gate],
    [Memory.PARAM_GATE_WIDTHS_NS + 4 * gate, 15],
  ];
}

/** 32 gates of 15 ns on the InAs film, depth as at power-on. */
export function lidarCase(): GoldenCase {
  return {
    name: "lidar",
    feature: FEATURE_LIDAR,
    widthPx: WIDTH_PX,
    heightPx: HEIGHT_PX,
    reads: GATES,
    words: WORDS,
    reals: REALS,
    planes: planes(),
    maps: goldenMaps(WIDTH_PX * HEIGHT_PX, numbersFrom(7)),
    temperatureMk: 305_000,
  };
}
