import { FEATURE_IMAGING } from "../../interface/image.ts";
import * as Memory from "../../interface/memory-map.ts";
import { COMPONENT_IMAGING, COMPONENT_RAW, PIXEL_FORMAT_MONO16 } from "../../interface/reports.ts";
import type { GoldenCase, GoldenField } from "./golden-case.ts";
import { goldenMaps, numbersFrom } from "./golden-pixels.ts";

const WIDTH_PX = 32;
const HEIGHT_PX = 8;
const READS = 2;
const FULL_DN = 3950;
/** One column and row, no binning or decimation: horizontal | vertical << 8. */
const EACH_PIXEL = 0x0101;

/** A reset level and, after a ramp of light over the picture, a signal level. */
function planes(): Uint16Array {
  const next = numbersFrom(1971);
  const pixels = WIDTH_PX * HEIGHT_PX;
  const codes = new Uint16Array(READS * pixels);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const reset = 90 + next(20);
    codes[pixel] = reset;
    codes[pixels + pixel] = Math.min(FULL_DN, reset + pixel * 17 + next(40));
  }
  return codes;
}

const WORDS: readonly GoldenField[] = [
  [Memory.PARAM_WIDTH, WIDTH_PX],
  [Memory.PARAM_HEIGHT, HEIGHT_PX],
  [Memory.PARAM_GATES, READS],
  [Memory.PARAM_ADC_BITS, 12],
  [Memory.PARAM_COMPONENTS, COMPONENT_IMAGING & ~COMPONENT_RAW],
  [Memory.PARAM_RAW_FORMAT, PIXEL_FORMAT_MONO16],
  [Memory.PARAM_SATURATION_DN, 3900],
  [Memory.PARAM_PROBE_X, 0xffffffff],
  [Memory.PARAM_CLOCK_HZ, 40_000_000],
  [Memory.PARAM_MODE, Memory.MODE_IMAGING],
  [Memory.PARAM_READ_MODE, Memory.READ_CDS],
  [Memory.PARAM_CORRECTIONS, Memory.CORRECT_ALL],
  [Memory.PARAM_INTENSITY_OFFSET, 256],
  [Memory.PARAM_EXPOSURE_NS, 10_000_000],
  [Memory.PARAM_BINNING, EACH_PIXEL],
  [Memory.PARAM_DECIMATION, EACH_PIXEL],
];

const REALS: readonly GoldenField[] = [
  [Memory.PARAM_GAIN_E_PER_DN, 20],
  [Memory.PARAM_RESET_NOISE_E, 100],
  [Memory.PARAM_READ_NOISE_E, 30],
  [Memory.PARAM_DARK_ACTIVATION_EV, 0.4],
  [Memory.PARAM_DARK_REFERENCE_K, 300],
  [Memory.PARAM_SIGMA_SCALE, 0.015625],
  [Memory.PARAM_DARK_EXPOSURE_SCALE, 1],
  [Memory.PARAM_INTENSITY_SCALE, 0.125],
  [Memory.PARAM_JUMP_CHI2, 20.25],
  [Memory.PARAM_LINEAR_1, 1],
];

/** Two reads of a picture, correlated double sampling, all corrections. */
export function imagingCase(): GoldenCase {
  return {
    name: "imaging",
    feature: FEATURE_IMAGING,
    widthPx: WIDTH_PX,
    heightPx: HEIGHT_PX,
    reads: READS,
    words: WORDS,
    reals: REALS,
    planes: planes(),
    maps: goldenMaps(WIDTH_PX * HEIGHT_PX, numbersFrom(11)),
    temperatureMk: 298_000,
  };
}
