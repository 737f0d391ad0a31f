// The check of the parameter block: nothing that passes here can make a later stage divide by zero, leave its table
// or produce a number that is not finite.
import { ABI_VERSION, DEVICE_MAGIC, MAX_COLUMNS, MAX_GATES, MAX_ROWS } from "../hw-profiles/interface/abi.ts";
import {
  MODE_IMAGING,
  MODE_LIDAR,
  PARAM_ABI,
  PARAM_ADC_BITS,
  PARAM_BLOCK,
  PARAM_BYTES,
  PARAM_CLOCK_HZ,
  PARAM_CRC,
  PARAM_DARK_ACTIVATION_EV,
  PARAM_DARK_EXPOSURE_SCALE,
  PARAM_DARK_REFERENCE_K,
  PARAM_GAIN_E_PER_DN,
  PARAM_GATES,
  PARAM_HEIGHT,
  PARAM_LENGTH,
  PARAM_MAGIC,
  PARAM_MODE,
  PARAM_RAW_FORMAT,
  PARAM_READ_NOISE_E,
  PARAM_RESET_NOISE_E,
  PARAM_SATURATION_DN,
  PARAM_SIGMA_SCALE,
  PARAM_WIDTH,
} from "../hw-profiles/interface/memory-map.ts";
import { PIXEL_FORMAT_MONO12P, PIXEL_FORMAT_MONO16 } from "../hw-profiles/interface/reports.ts";
import {
  STATUS_BAD_ABI,
  STATUS_BAD_CRC,
  STATUS_BAD_MAGIC,
  STATUS_BAD_PARAMETER,
  STATUS_LIMIT,
  STATUS_OK,
} from "../hw-profiles/interface/status.ts";
import { floatOutside, LARGEST, SCALE_SMALLEST, wordOutside } from "./checks.ts";
import { badImagingParameter, READS_MIN } from "./imaging/parameters.ts";
import { badLidarParameter, GATES_MIN } from "./parameters-lidar.ts";
import { crc32c } from "./stages/crc32c.ts";
import { imaging, parameters, statusBlock } from "./views.ts";

const ADC_BITS_MIN: u32 = 6;
const ADC_BITS_MAX: u32 = 16;
const CRC_START: u32 = 16;
const GAIN_SMALLEST: f32 = 1e-3;
const NOISE_LARGEST: f32 = 1e5;

function refuse(status: u32, offset: u32): u32 {
  statusBlock.detail = offset;
  return status;
}

function checkHead(tables: usize): u32 {
  if (parameters.magic !== DEVICE_MAGIC) return refuse(STATUS_BAD_MAGIC, PARAM_MAGIC);
  if (parameters.abi !== ABI_VERSION) return refuse(STATUS_BAD_ABI, PARAM_ABI);
  if (parameters.length !== PARAM_BYTES) return refuse(STATUS_BAD_CRC, PARAM_LENGTH);
  const crc = crc32c(tables, 0, PARAM_BLOCK + CRC_START, PARAM_BYTES - CRC_START);
  return crc === parameters.crc ? STATUS_OK : refuse(STATUS_BAD_CRC, PARAM_CRC);
}

function badSize(): u32 {
  const least = imaging.mode === MODE_IMAGING ? READS_MIN : GATES_MIN;
  let bad = wordOutside(0, PARAM_WIDTH, 1, MAX_COLUMNS);
  bad = wordOutside(bad, PARAM_HEIGHT, 1, MAX_ROWS);
  return wordOutside(bad, PARAM_GATES, least, MAX_GATES);
}

function badConverter(): u32 {
  let bad = wordOutside(0, PARAM_ADC_BITS, ADC_BITS_MIN, ADC_BITS_MAX);
  bad = wordOutside(bad, PARAM_RAW_FORMAT, PIXEL_FORMAT_MONO16, PIXEL_FORMAT_MONO12P);
  if (bad !== 0) return bad;
  if (parameters.rawFormat === PIXEL_FORMAT_MONO12P && parameters.adcBits > 12) return PARAM_RAW_FORMAT;
  bad = wordOutside(0, PARAM_SATURATION_DN, 1, (1 << parameters.adcBits) - 1);
  return wordOutside(bad, PARAM_CLOCK_HZ, 1, u32.MAX_VALUE);
}

function badPixelPhysics(): u32 {
  let bad = floatOutside(0, PARAM_GAIN_E_PER_DN, GAIN_SMALLEST, NOISE_LARGEST);
  bad = floatOutside(bad, PARAM_RESET_NOISE_E, 0, NOISE_LARGEST);
  bad = floatOutside(bad, PARAM_READ_NOISE_E, 0, NOISE_LARGEST);
  bad = floatOutside(bad, PARAM_DARK_ACTIVATION_EV, 0, 10);
  bad = floatOutside(bad, PARAM_DARK_REFERENCE_K, 50, 1000);
  bad = floatOutside(bad, PARAM_DARK_EXPOSURE_SCALE, 0, LARGEST);
  return floatOutside(bad, PARAM_SIGMA_SCALE, SCALE_SMALLEST, LARGEST);
}

/** STATUS_OK, or why the parameter block is refused; then STATUS_DETAIL holds the offset of what is wrong. */
export function checkParameters(tables: usize): u32 {
  statusBlock.detail = 0;
  const head = checkHead(tables);
  if (head !== STATUS_OK) return head;
  if (wordOutside(0, PARAM_MODE, MODE_LIDAR, MODE_IMAGING) !== 0)
    return refuse(STATUS_BAD_PARAMETER, PARAM_MODE);
  const size = badSize();
  if (size !== 0) return refuse(STATUS_LIMIT, size);
  let bad = badConverter();
  if (bad === 0) bad = imaging.mode === MODE_IMAGING ? badImagingParameter() : badLidarParameter();
  if (bad === 0) bad = badPixelPhysics();
  return bad === 0 ? STATUS_OK : refuse(STATUS_BAD_PARAMETER, bad);
}
