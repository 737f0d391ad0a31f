import { MAX_GATES } from "./abi.ts";
import { TIME_MAP_NS } from "./memory-map.ts";
import { entry, type RegisterEntry } from "./register-entry.ts";
import * as Reg from "./registers.ts";

const WIDEST_PS = 50_000;

/** What calibration knows better than the profile. After power-on: the profile's values and no corrections. */
export const calibration: readonly RegisterEntry[] = [
  entry("ResponseTau", Reg.REG_RESPONSE_TAU, "rw", "f32", "Time constant of the film's response.", {
    unit: "ns",
    min: 0.2,
    max: 100_000,
  }),
  entry(
    "ResponseTailFraction",
    Reg.REG_RESPONSE_TAIL_FRACTION,
    "rw",
    "f32",
    "Share of the charge that comes with ResponseTailTau.",
    { min: 0, max: 1 },
  ),
  entry("ResponseTailTau", Reg.REG_RESPONSE_TAIL_TAU, "rw", "f32", "Time constant of the slow tail.", {
    unit: "ns",
    min: 0.2,
    max: 100_000,
  }),
  entry(
    "ResponseActivation",
    Reg.REG_RESPONSE_ACTIVATION,
    "rw",
    "f32",
    "Activation energy of the film's mobility: ResponseTau follows exp(Ea / kT) from ResponseTemperature on.",
    { unit: "eV", min: 0, max: 1 },
  ),
  entry(
    "ResponseTemperature",
    Reg.REG_RESPONSE_TEMPERATURE,
    "rw",
    "i32",
    "Temperature of the chip at which ResponseTau holds.",
    { unit: "0.001 degC", min: -100_000, max: 150_000 },
  ),
  entry("LaserPulseWidth", Reg.REG_LASER_PULSE_WIDTH, "rw", "f32", "Length of the laser's pulse.", {
    unit: "ns",
    min: 0.2,
    max: 100_000,
  }),
  entry(
    "RangeTimeOffset",
    Reg.REG_RANGE_TIME_OFFSET,
    "rw",
    "f32",
    "Return time of range 0: range = c/2 (t0 - RangeTimeOffset - the pixel's time).",
    { unit: "ns", min: -1000, max: 1000 },
  ),
  entry(
    "GateWidthCorrection",
    Reg.REG_GATE_WIDTH_CORRECTION,
    "rw",
    "i32",
    "Added to GateWidth for the gates' true width.",
    { unit: "ps", min: -WIDEST_PS, max: WIDEST_PS },
  ),
  entry(
    "GateCorrectionStart",
    Reg.REG_GATE_CORRECTION_START,
    "rw",
    "i32",
    "Commanded delay of the first point of GateDelayCorrection.",
    { unit: "ps", min: -1_000_000_000, max: 1_000_000_000 },
  ),
  entry(
    "GateCorrectionStep",
    Reg.REG_GATE_CORRECTION_STEP,
    "rw",
    "u32",
    "Distance of the points of GateDelayCorrection.",
    { unit: "ps", min: 1, max: 1_000_000_000 },
  ),
  entry(
    "PixelTimeMapIndex",
    Reg.REG_PIXEL_TIME_MAP_INDEX,
    "rw",
    "u32",
    "Pixel (row x SensorWidth + column) of the first element of PixelTimeMapData; even.",
    { min: 0, max: 0xffffffff },
  ),
  entry(
    "PixelTimeMapData",
    Reg.REG_PIXEL_TIME_MAP_DATA,
    "rw",
    "u32",
    `Window on the map of the pixels' own times: two pixels a word, i16, the first one in the low half; ${1 / TIME_MAP_NS} LSB are 1 ns. What lies beyond the last pixel is dropped. Not while frames are acquired.`,
    { unit: "1/1024 ns", count: Reg.PIXEL_TIME_MAP_WORDS, min: 0, max: 0xffffffff },
  ),
  entry(
    "GateDelayCorrection",
    Reg.REG_GATE_DELAY_CORRECTION,
    "rw",
    "i32",
    "Added to a gate's commanded delay for its true one: points on the delay axis from GateCorrectionStart on, GateCorrectionStep apart, linear between them, held beyond the ends.",
    { unit: "ps", count: MAX_GATES, min: -WIDEST_PS, max: WIDEST_PS },
  ),
];
