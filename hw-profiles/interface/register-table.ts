// Name, type, unit, access and limits of every register. docs/registers.md is generated from this table.

import { ABI_VERSION, DEVICE_MAGIC, MAX_COLUMNS, MAX_GATES, MAX_ROWS } from "./abi.ts";
import * as Reg from "./registers.ts";
import { COMPONENT_ALL, PIXEL_FORMAT_MONO12P, PIXEL_FORMAT_MONO16 } from "./reports.ts";

export type RegisterAccess = "ro" | "wo" | "rw";
export type RegisterType = "u32" | "i32" | "f32" | "string";

export interface RegisterEntry {
  /** GenICam SFNC name where one exists (`sfnc`), else a vendor name in the same style. */
  readonly name: string;
  readonly address: number;
  /** Bytes of one element; a string has one element of its whole length. */
  readonly bytes: number;
  /** Elements, at consecutive addresses. */
  readonly count: number;
  readonly access: RegisterAccess;
  readonly type: RegisterType;
  /** "" for a plain number, a bit field or a string. */
  readonly unit: string;
  /** Limits of a written value, both allowed. A value outside is answered with STATUS_OUT_OF_RANGE. */
  readonly min?: number;
  readonly max?: number;
  readonly sfnc: boolean;
  /** Exists on simulated boards only. */
  readonly simulated: boolean;
  readonly doc: string;
}

type Extra = Partial<Pick<RegisterEntry, "count" | "bytes" | "unit" | "min" | "max" | "sfnc" | "simulated">>;

function entry(
  name: string,
  address: number,
  access: RegisterAccess,
  type: RegisterType,
  doc: string,
  extra: Extra = {},
): RegisterEntry {
  return {
    name,
    address,
    access,
    type,
    doc,
    bytes: 4,
    count: 1,
    unit: "",
    sfnc: false,
    simulated: false,
    ...extra,
  };
}

const SFNC = { sfnc: true } as const;
const LONG = { ...SFNC, bytes: Reg.STRING_BYTES_LONG } as const;
const SHORT = { ...SFNC, bytes: Reg.STRING_BYTES_SHORT } as const;

const device: readonly RegisterEntry[] = [
  entry("DeviceMagic", Reg.REG_DEVICE_MAGIC, "ro", "u32", `"CQDR", 0x${DEVICE_MAGIC.toString(16)}.`),
  entry(
    "AbiVersion",
    Reg.REG_ABI_VERSION,
    "ro",
    "u32",
    `Version of this contract; this document: ${ABI_VERSION}.`,
  ),
  entry("DeviceVendorName", Reg.REG_DEVICE_VENDOR_NAME, "ro", "string", "Maker of the board.", LONG),
  entry("DeviceModelName", Reg.REG_DEVICE_MODEL_NAME, "ro", "string", "Name of the sensor profile.", LONG),
  entry("DeviceSerialNumber", Reg.REG_DEVICE_SERIAL_NUMBER, "ro", "string", "One per device.", SHORT),
  entry(
    "DeviceFirmwareVersion",
    Reg.REG_DEVICE_FIRMWARE_VERSION,
    "ro",
    "string",
    "Build of the module.",
    SHORT,
  ),
];

const acquisition: readonly RegisterEntry[] = [
  entry("AcquisitionStart", Reg.REG_ACQUISITION_START, "wo", "u32", "Writing 1 starts acquisition.", {
    ...SFNC,
    min: 1,
    max: 1,
  }),
  entry("AcquisitionStop", Reg.REG_ACQUISITION_STOP, "wo", "u32", "Writing 1 stops acquisition.", {
    ...SFNC,
    min: 1,
    max: 1,
  }),
  entry(
    "AcquisitionFrameCount",
    Reg.REG_ACQUISITION_FRAME_COUNT,
    "rw",
    "u32",
    "Frames to send after AcquisitionStart; 0 = until AcquisitionStop.",
    { ...SFNC, min: 0, max: 0xffffffff },
  ),
  entry(
    "AcquisitionStatus",
    Reg.REG_ACQUISITION_STATUS,
    "ro",
    "u32",
    `Bits: ${Reg.ACQUISITION_ACTIVE} active, ${Reg.ACQUISITION_FIFO_WAITING} reports wait for credit.`,
    SFNC,
  ),
];

const SIZE = { ...SFNC, unit: "px" } as const;
const image: readonly RegisterEntry[] = [
  entry(
    "SensorWidth",
    Reg.REG_SENSOR_WIDTH,
    "ro",
    "u32",
    `Columns of the array, at most ${MAX_COLUMNS}.`,
    SIZE,
  ),
  entry("SensorHeight", Reg.REG_SENSOR_HEIGHT, "ro", "u32", `Rows of the array, at most ${MAX_ROWS}.`, SIZE),
  entry("Width", Reg.REG_WIDTH, "ro", "u32", "Columns sent.", SIZE),
  entry("Height", Reg.REG_HEIGHT, "ro", "u32", "Rows sent.", SIZE),
  entry("OffsetX", Reg.REG_OFFSET_X, "ro", "u32", "First column sent.", SIZE),
  entry("OffsetY", Reg.REG_OFFSET_Y, "ro", "u32", "First row sent.", SIZE),
  entry(
    "PixelFormat",
    Reg.REG_PIXEL_FORMAT,
    "rw",
    "u32",
    `Format of raw gate lines: ${PIXEL_FORMAT_MONO16} Mono16, ${PIXEL_FORMAT_MONO12P} Mono12p.`,
    { ...SFNC, min: PIXEL_FORMAT_MONO16, max: PIXEL_FORMAT_MONO12P },
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
    "Column of the probe pixel, whose gate samples every frame carries; 0xFFFFFFFF = off.",
    { unit: "px", min: 0, max: Reg.PROBE_OFF },
  ),
  entry("ProbeY", Reg.REG_PROBE_Y, "rw", "u32", "Row of the probe pixel; 0xFFFFFFFF = off.", {
    unit: "px",
    min: 0,
    max: Reg.PROBE_OFF,
  }),
];

const gating: readonly RegisterEntry[] = [
  entry("GateCount", Reg.REG_GATE_COUNT, "ro", "u32", `Gates K of a frame, at most ${MAX_GATES}.`),
  entry(
    "PulsesPerGate",
    Reg.REG_PULSES_PER_GATE,
    "rw",
    "u32",
    "Laser pulses M collected in one gate plane.",
    {
      min: 1,
      max: 100_000,
    },
  ),
  entry("GatingMode", Reg.REG_GATING_MODE, "ro", "u32", "0 film-bias, 1 swept-reset."),
  entry(
    "DetectionThreshold",
    Reg.REG_DETECTION_THRESHOLD,
    "rw",
    "u32",
    "Amplitude over its sigma below which a pixel has no return.",
    {
      unit: "0.001 sigma",
      min: 0,
      max: 1_000_000,
    },
  ),
  entry(
    "LowSignalThreshold",
    Reg.REG_LOW_SIGNAL_THRESHOLD,
    "rw",
    "u32",
    "Amplitude over its sigma below which a return is flagged as low signal.",
    {
      unit: "0.001 sigma",
      min: 0,
      max: 1_000_000,
    },
  ),
  entry(
    "MisfitThreshold",
    Reg.REG_MISFIT_THRESHOLD,
    "rw",
    "u32",
    "Chi-square per degree of freedom above which a pixel is flagged as misfit.",
    {
      unit: "0.001",
      min: 10,
      max: 1_000_000_000,
    },
  ),
  entry(
    "ExposureTime",
    Reg.REG_EXPOSURE_TIME,
    "ro",
    "u32",
    "Open gate time of one plane: PulsesPerGate times the gate width.",
    {
      ...SFNC,
      unit: "ns",
    },
  ),
  entry(
    "GateDelay",
    Reg.REG_GATE_DELAY,
    "ro",
    "i32",
    "Gate openings after the laser edge; the first GateCount elements count.",
    {
      unit: "ps",
      count: MAX_GATES,
    },
  ),
  entry("GateWidth", Reg.REG_GATE_WIDTH, "ro", "u32", "Gate widths; the first GateCount elements count.", {
    unit: "ps",
    count: MAX_GATES,
  }),
];

const CYCLES = { unit: "cycles" } as const;
const timing: readonly RegisterEntry[] = [
  entry(
    "DeviceClockFrequency",
    Reg.REG_DEVICE_CLOCK_FREQUENCY,
    "ro",
    "u32",
    "ROIC clock; every time stamp counts its cycles.",
    {
      ...SFNC,
      unit: "Hz",
    },
  ),
  entry("RowTime", Reg.REG_ROW_TIME, "ro", "u32", "From one row group's conversion to the next.", CYCLES),
  entry("GateTime", Reg.REG_GATE_TIME, "ro", "u32", "Reset and pulses of one gate plane.", CYCLES),
  entry("PlaneReadTime", Reg.REG_PLANE_READ_TIME, "ro", "u32", "Read of one gate plane.", CYCLES),
  entry("FrameTime", Reg.REG_FRAME_TIME, "ro", "u32", "From frame start to frame start.", CYCLES),
  entry("AcquisitionFrameRate", Reg.REG_ACQUISITION_FRAME_RATE, "ro", "u32", "Follows from FrameTime.", {
    ...SFNC,
    unit: "mHz",
  }),
  entry("DeviceTemperature", Reg.REG_DEVICE_TEMPERATURE, "ro", "i32", "Temperature of the chip.", {
    ...SFNC,
    unit: "0.001 degC",
  }),
];

const scales: readonly RegisterEntry[] = [
  entry("Scan3dCoordinateScale", Reg.REG_SCAN3D_COORDINATE_SCALE, "ro", "f32", "Range of one LSB.", {
    ...SFNC,
    unit: "m",
  }),
  entry("SigmaScale", Reg.REG_SIGMA_SCALE, "ro", "f32", "Sigma of one LSB.", { unit: "m" }),
  entry("AmplitudeScale", Reg.REG_AMPLITUDE_SCALE, "ro", "f32", "Amplitude of one LSB.", { unit: "e-" }),
  entry("AmbientScale", Reg.REG_AMBIENT_SCALE, "ro", "f32", "Ambient of one LSB.", { unit: "e-" }),
  entry("Gain", Reg.REG_GAIN, "ro", "f32", "Electrons of one code.", { ...SFNC, unit: "e-/DN" }),
  entry("SaturationLevel", Reg.REG_SATURATION_LEVEL, "ro", "u32", "Codes from here on count as saturated.", {
    unit: "DN",
  }),
];

const statistics: readonly RegisterEntry[] = [
  entry(
    "DroppedFrames",
    Reg.REG_DROPPED_FRAMES,
    "ro",
    "u32",
    "Whole frames dropped since AcquisitionStart for want of credit.",
  ),
  entry("ReportsSent", Reg.REG_REPORTS_SENT, "ro", "u32", "Data reports sent since AcquisitionStart."),
];

const simulation: readonly RegisterEntry[] = [
  entry(
    "SimAmbient",
    Reg.REG_SIM_AMBIENT,
    "rw",
    "u32",
    "Sunlight on the scene, as a fraction of ASTM G173 global tilt.",
    {
      unit: "1e-6",
      min: 0,
      max: 10_000_000,
      simulated: true,
    },
  ),
  entry("SimTemperature", Reg.REG_SIM_TEMPERATURE, "rw", "i32", "Temperature of the chip.", {
    unit: "0.001 degC",
    min: -100_000,
    max: 150_000,
    simulated: true,
  }),
];

/** Every register, by address. */
export const REGISTERS: readonly RegisterEntry[] = [
  ...device,
  ...acquisition,
  ...image,
  ...gating,
  ...timing,
  ...scales,
  ...statistics,
  ...simulation,
];
