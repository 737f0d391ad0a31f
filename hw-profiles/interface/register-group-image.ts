import { MAX_COLUMNS, MAX_ROWS } from "./abi.ts";
import {
  CORRECT_ALL,
  CORRECT_BAD_PIXELS,
  CORRECT_DARK,
  CORRECT_JUMPS,
  CORRECT_OFFSET,
} from "./memory-map.ts";
import { entry, type RegisterEntry, SFNC } from "./register-entry.ts";
import * as Reg from "./registers.ts";
import {
  COMPONENT_ALL,
  PIXEL_FORMAT_LOSSLESS,
  PIXEL_FORMAT_MONO12P,
  PIXEL_FORMAT_MONO16,
} from "./reports.ts";

const SIZE = { ...SFNC, unit: "px" } as const;
const COLUMNS = { ...SIZE, min: 1, max: MAX_COLUMNS } as const;
const ROWS = { ...SIZE, min: 1, max: MAX_ROWS } as const;
/** 1, 2 or 4; a direction is binned or decimated, not both. */
const STEP = { ...SFNC, min: 1, max: 4 } as const;
export const image: readonly RegisterEntry[] = [
  entry(
    "SensorWidth",
    Reg.REG_SENSOR_WIDTH,
    "ro",
    "u32",
    `Columns of the array, at most ${MAX_COLUMNS}.`,
    SIZE,
  ),
  entry("SensorHeight", Reg.REG_SENSOR_HEIGHT, "ro", "u32", `Rows of the array, at most ${MAX_ROWS}.`, SIZE),
  entry("Width", Reg.REG_WIDTH, "rw", "u32", "Output columns sent. Fixed in LiDAR mode.", COLUMNS),
  entry("Height", Reg.REG_HEIGHT, "rw", "u32", "Output lines sent. Fixed in LiDAR mode.", ROWS),
  entry("OffsetX", Reg.REG_OFFSET_X, "rw", "u32", "First output column sent. Fixed in LiDAR mode.", {
    ...COLUMNS,
    min: 0,
  }),
  entry("OffsetY", Reg.REG_OFFSET_Y, "rw", "u32", "First output line sent. Fixed in LiDAR mode.", {
    ...ROWS,
    min: 0,
  }),
  entry(
    "PixelFormat",
    Reg.REG_PIXEL_FORMAT,
    "rw",
    "u32",
    `Format of raw lines: ${PIXEL_FORMAT_MONO16} Mono16, ${PIXEL_FORMAT_MONO12P} Mono12p, ${PIXEL_FORMAT_LOSSLESS} lossless packing.`,
    { ...SFNC, min: PIXEL_FORMAT_MONO16, max: PIXEL_FORMAT_LOSSLESS },
  ),
  entry(
    "ComponentEnable",
    Reg.REG_COMPONENT_ENABLE,
    "rw",
    "u32",
    "Bit field of the components that a frame carries; see reports.md.",
    { ...SFNC, min: 1, max: COMPONENT_ALL },
  ),
  entry(
    "ProbeX",
    Reg.REG_PROBE_X,
    "rw",
    "u32",
    "Column of the probe pixel, whose samples every frame carries; imaging: output column; 0xFFFFFFFF = off.",
    { unit: "px", min: 0, max: Reg.PROBE_OFF },
  ),
  entry(
    "ProbeY",
    Reg.REG_PROBE_Y,
    "rw",
    "u32",
    "Row of the probe pixel, imaging: output line; 0xFFFFFFFF = off.",
    {
      unit: "px",
      min: 0,
      max: Reg.PROBE_OFF,
    },
  ),
  entry(
    "BinningHorizontal",
    Reg.REG_BINNING_HORIZONTAL,
    "rw",
    "u32",
    "Columns whose levels are averaged before the ADC: 1, 2 or 4. Fixed in LiDAR mode.",
    STEP,
  ),
  entry(
    "BinningVertical",
    Reg.REG_BINNING_VERTICAL,
    "rw",
    "u32",
    "Rows whose levels are averaged before the ADC: 1, 2 or 4. Fixed in LiDAR mode.",
    STEP,
  ),
  entry(
    "DecimationHorizontal",
    Reg.REG_DECIMATION_HORIZONTAL,
    "rw",
    "u32",
    "Every column, every second or every fourth is read: 1, 2 or 4. Fixed in LiDAR mode.",
    STEP,
  ),
  entry(
    "DecimationVertical",
    Reg.REG_DECIMATION_VERTICAL,
    "rw",
    "u32",
    "Every row, every second or every fourth is read: 1, 2 or 4. Fixed in LiDAR mode.",
    STEP,
  ),
  entry(
    "CorrectionEnable",
    Reg.REG_CORRECTION_ENABLE,
    "rw",
    "u32",
    `Bit field of the corrections of imaging mode: ${CORRECT_OFFSET} offset, ${CORRECT_DARK} dark signal, ${CORRECT_BAD_PIXELS} bad pixels, ${CORRECT_JUMPS} jumps of a ramp. Fixed in LiDAR mode.`,
    { min: 0, max: CORRECT_ALL },
  ),
];
