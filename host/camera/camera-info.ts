import { ABI_VERSION, DEVICE_MAGIC } from "../../hw-profiles/interface/abi.ts";
import { GATING_SWEPT_RESET } from "../../hw-profiles/interface/memory-map.ts";
import { CameraError } from "./camera-error.ts";
import type { RegisterPort } from "./register-port.ts";

/** What a device says about itself, in plain units. */
export interface CameraInfo {
  readonly device: string;
  readonly vendor: string;
  readonly model: string;
  readonly serialNumber: string;
  readonly firmwareVersion: string;
  readonly abiVersion: number;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly gates: number;
  readonly pulsesPerGate: number;
  readonly gating: "film-bias" | "swept-reset";
  readonly gateDelaysNs: readonly number[];
  readonly gateWidthsNs: readonly number[];
  readonly clockHz: number;
  readonly rowTimeNs: number;
  readonly gateTimeNs: number;
  readonly planeReadTimeNs: number;
  readonly frameTimeNs: number;
  readonly frameRateHz: number;
  readonly temperatureC: number;
  readonly rangeScaleM: number;
  readonly sigmaScaleM: number;
  readonly amplitudeScaleE: number;
  readonly ambientScaleE: number;
  readonly gainEPerDn: number;
  readonly saturationDn: number;
}

/** @throws CameraError when the device is of another kind or of another version of the contract. */
export async function checkDevice(registers: RegisterPort): Promise<void> {
  const magic = await registers.readNumber("DeviceMagic");
  if (magic !== DEVICE_MAGIC)
    throw new CameraError(
      "device",
      `found device magic 0x${magic.toString(16)}, expected 0x${DEVICE_MAGIC.toString(16)}`,
    );
  const abi = await registers.readNumber("AbiVersion");
  if (abi !== ABI_VERSION) {
    const older = abi < ABI_VERSION ? "the device's firmware" : "this host software";
    throw new CameraError("device", `found ABI version ${abi}, expected ${ABI_VERSION}; update ${older}`);
  }
}

async function readGates(registers: RegisterPort, name: string, gates: number): Promise<number[]> {
  const picoseconds = await registers.read(name);
  return typeof picoseconds === "object" ? picoseconds.slice(0, gates).map((ps) => ps / 1000) : [];
}

async function readCycles(registers: RegisterPort, name: string, clockHz: number): Promise<number> {
  return ((await registers.readNumber(name)) / clockHz) * 1e9;
}

/** Read every register that `info` shows. */
export async function readInfo(device: string, registers: RegisterPort): Promise<CameraInfo> {
  const clockHz = await registers.readNumber("DeviceClockFrequency");
  const gates = await registers.readNumber("GateCount");
  const gating = await registers.readNumber("GatingMode");
  return {
    device,
    vendor: await registers.readText("DeviceVendorName"),
    model: await registers.readText("DeviceModelName"),
    serialNumber: await registers.readText("DeviceSerialNumber"),
    firmwareVersion: await registers.readText("DeviceFirmwareVersion"),
    abiVersion: await registers.readNumber("AbiVersion"),
    widthPx: await registers.readNumber("Width"),
    heightPx: await registers.readNumber("Height"),
    gates,
    pulsesPerGate: await registers.readNumber("PulsesPerGate"),
    gating: gating === GATING_SWEPT_RESET ? "swept-reset" : "film-bias",
    gateDelaysNs: await readGates(registers, "GateDelay", gates),
    gateWidthsNs: await readGates(registers, "GateWidth", gates),
    clockHz,
    rowTimeNs: await readCycles(registers, "RowTime", clockHz),
    gateTimeNs: await readCycles(registers, "GateTime", clockHz),
    planeReadTimeNs: await readCycles(registers, "PlaneReadTime", clockHz),
    frameTimeNs: await readCycles(registers, "FrameTime", clockHz),
    frameRateHz: (await registers.readNumber("AcquisitionFrameRate")) / 1000,
    temperatureC: (await registers.readNumber("DeviceTemperature")) / 1000,
    rangeScaleM: await registers.readNumber("Scan3dCoordinateScale"),
    sigmaScaleM: await registers.readNumber("SigmaScale"),
    amplitudeScaleE: await registers.readNumber("AmplitudeScale"),
    ambientScaleE: await registers.readNumber("AmbientScale"),
    gainEPerDn: await registers.readNumber("Gain"),
    saturationDn: await registers.readNumber("SaturationLevel"),
  };
}
