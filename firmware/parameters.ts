// The check of the parameter block: nothing that passes here can make a later stage divide by zero, leave its table
// or produce a number that is not finite.
import { ABI_VERSION, DEVICE_MAGIC } from "../hw-profiles/interface/abi.ts";
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
import {
  PIXEL_FORMAT_LOSSLESS,
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
import {
  BELOW,
  BITS_FEWEST,
  BITS_MOST,
  COLUMNS_MOST,
  FLOAT,
  FROM,
  firstOutside,
  GAIN_SMALLEST,
  GATES_MOST,
  IN_CODES,
  LARGEST,
  NOISE_LARGEST,
  OFFSET,
  outside,
  ROWS_MOST,
  SCALE_SMALLEST,
  setUnits,
  TEMPERATURE_HIGHEST,
  TEMPERATURE_LOWEST,
  TEN,
  WORD_LARGEST,
} from "./checks.ts";
import { badImagingParameter } from "./imaging/parameters.ts";
import { isImaging } from "./modes.ts";
import { badLidarParameter } from "./parameters-lidar.ts";
import { crc32c } from "./stages/crc32c.ts";
import { imaging, parameters, statusBlock } from "./views.ts";

const CRC_START: u32 = 16;

const MODE = (PARAM_MODE << OFFSET) | (MODE_LIDAR << FROM) | MODE_IMAGING;
const SIZE = memory.data<u32>([
  (PARAM_WIDTH << OFFSET) | (1 << FROM) | COLUMNS_MOST,
  (PARAM_HEIGHT << OFFSET) | (1 << FROM) | ROWS_MOST,
  (PARAM_GATES << OFFSET) | (1 << FROM) | GATES_MOST,
  0,
]);
/** LiDAR: three unknowns, and at least one degree of freedom for chi-square. */
const LIDAR_GATES = (PARAM_GATES << OFFSET) | (4 << FROM) | GATES_MOST;
const CONVERTER = memory.data<u32>([
  (PARAM_ADC_BITS << OFFSET) | (BITS_FEWEST << FROM) | BITS_MOST,
  (PARAM_RAW_FORMAT << OFFSET) | (PIXEL_FORMAT_MONO16 << FROM) | PIXEL_FORMAT_LOSSLESS,
  0,
]);
const CODES = memory.data<u32>([
  (PARAM_SATURATION_DN << OFFSET) | IN_CODES | (1 << FROM) | BELOW,
  (PARAM_CLOCK_HZ << OFFSET) | (1 << FROM) | WORD_LARGEST,
  0,
]);
const PIXEL = memory.data<u32>([
  (PARAM_GAIN_E_PER_DN << OFFSET) | FLOAT | (GAIN_SMALLEST << FROM) | NOISE_LARGEST,
  (PARAM_RESET_NOISE_E << OFFSET) | FLOAT | (0 << FROM) | NOISE_LARGEST,
  (PARAM_READ_NOISE_E << OFFSET) | FLOAT | (0 << FROM) | NOISE_LARGEST,
  (PARAM_DARK_ACTIVATION_EV << OFFSET) | FLOAT | (0 << FROM) | TEN,
  (PARAM_DARK_REFERENCE_K << OFFSET) | FLOAT | (TEMPERATURE_LOWEST << FROM) | TEMPERATURE_HIGHEST,
  (PARAM_DARK_EXPOSURE_SCALE << OFFSET) | FLOAT | (0 << FROM) | LARGEST,
  (PARAM_SIGMA_SCALE << OFFSET) | FLOAT | (SCALE_SMALLEST << FROM) | LARGEST,
  0,
]);

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

function badConverter(): u32 {
  const bad = firstOutside(0, CONVERTER);
  if (bad !== 0) return bad;
  if (parameters.rawFormat === PIXEL_FORMAT_MONO12P && parameters.adcBits > 12) return PARAM_RAW_FORMAT;
  return firstOutside(0, CODES);
}

/** STATUS_OK, or why the parameter block is refused; then STATUS_DETAIL holds the offset of what is wrong. */
export function checkParameters(tables: usize): u32 {
  statusBlock.detail = 0;
  const head = checkHead(tables);
  if (head !== STATUS_OK) return head;
  setUnits(parameters.pulsePeriodNs, f32(1 << parameters.adcBits));
  if (outside(0, MODE) !== 0 || (imaging.mode === MODE_IMAGING) !== isImaging()) {
    return refuse(STATUS_BAD_PARAMETER, PARAM_MODE);
  }
  let size = firstOutside(0, SIZE);
  if (!isImaging()) size = outside(size, LIDAR_GATES);
  if (size !== 0) return refuse(STATUS_LIMIT, size);
  let bad = badConverter();
  if (bad === 0) bad = isImaging() ? badImagingParameter() : badLidarParameter();
  bad = firstOutside(bad, PIXEL);
  return bad === 0 ? STATUS_OK : refuse(STATUS_BAD_PARAMETER, bad);
}
