import { ABI_VERSION, DEVICE_MAGIC } from "../../hw-profiles/interface/abi.ts";
import { GATING_SWEPT_RESET, MODE_LIDAR } from "../../hw-profiles/interface/memory-map.ts";
import { WIRE_VERSION } from "../../hw-profiles/interface/reports.ts";
import { CameraError } from "./camera-error.ts";
import type { RegisterPort } from "./register-port.ts";

/** What every device says about itself, in plain units. */
export interface DeviceInfo {
  readonly device: string;
  readonly vendor: string;
  readonly model: string;
  readonly serialNumber: string;
  readonly firmwareVersion: string;
  readonly abiVersion: number;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly clockHz: number;
  readonly rowTimeNs: number;
  readonly frameTimeNs: number;
  readonly frameRateHz: number;
  readonly temperatureC: number;
  readonly gainEPerDn: number;
  readonly saturationDn: number;
}

/** A sensor that sends ranges. */
export interface LidarInfo extends DeviceInfo {
  readonly mode: "lidar";
  readonly gates: number;
  readonly pulsesPerGate: number;
  readonly gating: "film-bias" | "swept-reset";
  readonly gateDelaysNs: readonly number[];
  readonly gateWidthsNs: readonly number[];
  readonly gateTimeNs: number;
  readonly planeReadTimeNs: number;
  readonly rangeScaleM: number;
  readonly sigmaScaleM: number;
  readonly amplitudeScaleE: number;
  readonly ambientScaleE: number;
}

/** A sensor that sends pictures. */
export interface ImagingInfo extends DeviceInfo {
  readonly mode: "imaging";
  readonly sensorWidthPx: number;
  readonly sensorHeightPx: number;
  readonly offsetX: number;
  readonly offsetY: number;
  readonly binningX: number;
  readonly binningY: number;
  readonly decimationX: number;
  readonly decimationY: number;
  readonly shutter: "rolling" | "global" | "global-reset";
  readonly readMode: "single" | "cds" | "ramp";
  readonly reads: number;
  readonly exposureNs: number;
  readonly minFrameTimeNs: number;
  /** Analog gain, 1 = unity. */
  readonly gain: number;
  readonly intensityScaleDn: number;
  readonly sigmaScaleDn: number;
}

export type CameraInfo = LidarInfo | ImagingInfo;

/** By SHUTTER_* and READ_*. */
const SHUTTERS = ["rolling", "global", "global-reset"] as const;
const READ_MODES = ["single", "cds", "ramp"] as const;

/** @throws CameraError when the device is of another kind or of another version of the contract. */
export async function checkDevice(registers: RegisterPort): Promise<void> {
  const magic = await registers.readNumber("DeviceMagic");
  if (magic !== DEVICE_MAGIC)
    throw new CameraError(
      "device",
      `found device magic 0x${magic.toString(16)}, expected 0x${DEVICE_MAGIC.toString(16)}`,
    );
  await requireVersion(registers, "AbiVersion", "ABI version", ABI_VERSION);
  await requireVersion(registers, "WireVersion", "wire version", WIRE_VERSION);
}

async function requireVersion(
  registers: RegisterPort,
  register: string,
  what: string,
  expected: number,
): Promise<void> {
  const found = await registers.readNumber(register);
  if (found === expected) return;
  const older = found < expected ? "the device's firmware" : "this host software";
  throw new CameraError("device", `found ${what} ${found}, expected ${expected}; update ${older}`);
}

/** Read every register that `info` shows. */
export async function readInfo(device: string, registers: RegisterPort): Promise<CameraInfo> {
  const common = await readDevice(device, registers);
  return (await registers.readNumber("Mode")) === MODE_LIDAR
    ? readLidar(common, registers)
    : readImaging(common, registers);
}

async function readDevice(device: string, registers: RegisterPort): Promise<DeviceInfo> {
  const clockHz = await registers.readNumber("DeviceClockFrequency");
  return {
    device,
    vendor: await registers.readText("DeviceVendorName"),
    model: await registers.readText("DeviceModelName"),
    serialNumber: await registers.readText("DeviceSerialNumber"),
    firmwareVersion: await registers.readText("DeviceFirmwareVersion"),
    abiVersion: await registers.readNumber("AbiVersion"),
    widthPx: await registers.readNumber("Width"),
    heightPx: await registers.readNumber("Height"),
    clockHz,
    rowTimeNs: await readCycles(registers, "RowTime", clockHz),
    frameTimeNs: await readCycles(registers, "FrameTime", clockHz),
    frameRateHz: (await registers.readNumber("AcquisitionFrameRate")) / 1000,
    temperatureC: (await registers.readNumber("DeviceTemperature")) / 1000,
    gainEPerDn: await registers.readNumber("ElectronsPerDn"),
    saturationDn: await registers.readNumber("SaturationLevel"),
  };
}

async function readLidar(common: DeviceInfo, registers: RegisterPort): Promise<LidarInfo> {
  const gates = await registers.readNumber("GateCount");
  const gating = await registers.readNumber("GatingMode");
  return {
    ...common,
    mode: "lidar",
    gates,
    pulsesPerGate: await registers.readNumber("PulsesPerGate"),
    gating: gating === GATING_SWEPT_RESET ? "swept-reset" : "film-bias",
    gateDelaysNs: await readGates(registers, "GateDelay", gates),
    gateWidthsNs: await readGates(registers, "GateWidth", gates),
    gateTimeNs: await readCycles(registers, "GateTime", common.clockHz),
    planeReadTimeNs: await readCycles(registers, "PlaneReadTime", common.clockHz),
    rangeScaleM: await registers.readNumber("Scan3dCoordinateScale"),
    sigmaScaleM: await registers.readNumber("SigmaScale"),
    amplitudeScaleE: await registers.readNumber("AmplitudeScale"),
    ambientScaleE: await registers.readNumber("AmbientScale"),
  };
}

async function readImaging(common: DeviceInfo, registers: RegisterPort): Promise<ImagingInfo> {
  return {
    ...common,
    mode: "imaging",
    sensorWidthPx: await registers.readNumber("SensorWidth"),
    sensorHeightPx: await registers.readNumber("SensorHeight"),
    offsetX: await registers.readNumber("OffsetX"),
    offsetY: await registers.readNumber("OffsetY"),
    binningX: await registers.readNumber("BinningHorizontal"),
    binningY: await registers.readNumber("BinningVertical"),
    decimationX: await registers.readNumber("DecimationHorizontal"),
    decimationY: await registers.readNumber("DecimationVertical"),
    shutter: SHUTTERS[await registers.readNumber("SensorShutterMode")] ?? "rolling",
    readMode: READ_MODES[await registers.readNumber("ReadMode")] ?? "single",
    reads: await registers.readNumber("ReadCount"),
    exposureNs: await registers.readNumber("ExposureTime"),
    minFrameTimeNs: await readCycles(registers, "MinFrameTime", common.clockHz),
    gain: await registers.readNumber("Gain"),
    intensityScaleDn: await registers.readNumber("IntensityScale"),
    sigmaScaleDn: await registers.readNumber("SigmaScale"),
  };
}

async function readGates(registers: RegisterPort, name: string, gates: number): Promise<number[]> {
  const picoseconds = await registers.read(name);
  return typeof picoseconds === "object" ? picoseconds.slice(0, gates).map((ps) => ps / 1000) : [];
}

async function readCycles(registers: RegisterPort, name: string, clockHz: number): Promise<number> {
  return ((await registers.readNumber(name)) / clockHz) * 1e9;
}
