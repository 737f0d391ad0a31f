import { DATA_PAYLOAD_MAX } from "../../hw-profiles/interface/reports.ts";
import { STATUS_OK } from "../../hw-profiles/interface/status.ts";
import type { LidarProfile } from "../../hw-profiles/sensor-profile.ts";
import { type DevicePatterns, devicePatterns } from "../pixel/device-patterns.ts";
import { darkMapAtExposure, type FactoryMaps, factoryCalibration } from "../pixel/factory-calibration.ts";
import { crc32c } from "./crc32c.ts";
import { FirmwareHost, type FrameStart } from "./firmware-host.ts";
import { LineDma } from "./line-dma.ts";
import { parameterBlock } from "./param-block.ts";
import type { BoardSettings } from "./settings.ts";

/** Microcontroller, calibration memory and DMA: turns the gate planes of a frame into data reports. */
export class ReadoutUnit {
  readonly firmware: FirmwareHost;
  /** Names the module's build in the DeviceFirmwareVersion register: CRC-32C of its bytes. */
  readonly firmwareVersion: string;
  private readonly profile: LidarProfile;
  private readonly factory: FactoryMaps;
  private maps: FactoryMaps;
  private mapPulses: number;
  private configured: Uint8Array = new Uint8Array(0);

  /** @throws FirmwareError when the board cannot run the module. */
  constructor(profile: LidarProfile, module: Uint8Array<ArrayBuffer>, moduleName: string) {
    this.profile = profile;
    this.firmware = new FirmwareHost(module, moduleName);
    this.firmwareVersion = `crc ${crc32c(module).toString(16).padStart(8, "0")}`;
    this.factory = factoryCalibration(profile, wholeArray(profile));
    this.maps = this.factory;
    this.mapPulses = profile.gates.pulsesPerGate;
  }

  /** Write parameters and maps if they changed. @returns STATUS_*. */
  configure(settings: BoardSettings): number {
    this.scaleMaps(settings.pulsesPerGate);
    const parameters = parameterBlock(this.profile, settings);
    if (Buffer.compare(parameters, this.configured) === 0) return STATUS_OK;
    const status = this.firmware.configure(parameters);
    this.configured = status === STATUS_OK ? parameters : new Uint8Array(0);
    return status;
  }

  /** @param planes codes, u16 [gate][row][column]. @returns STATUS_OK, or what stopped the frame. */
  read(start: FrameStart, planes: Uint16Array, send: (report: Uint8Array) => void): number {
    const { array, gates } = this.profile;
    const source = { widthPx: array.widthPx, gates: gates.delaysNs.length, planes, maps: this.maps };
    const dma = new LineDma(source, this.firmware.layout(), this.firmware.memory);
    const load = (row: number) => dma.load(row);
    const status = this.firmware.runFrame(start, array.heightPx, largestFrame(this.profile), load, send);
    if (status !== STATUS_OK) this.configured = new Uint8Array(0);
    return status;
  }

  private scaleMaps(pulsesPerGate: number): void {
    if (pulsesPerGate === this.mapPulses) return;
    this.mapPulses = pulsesPerGate;
    this.maps = { ...this.factory, darkDn16: darkMapAtExposure(this.profile, this.factory, pulsesPerGate) };
  }
}

/** Reports of a frame with every component, raw samples in 16 bits, leader, probe, trailer and two partial reports. */
function largestFrame({ array, gates }: LidarProfile): number {
  const bytesPerPixel =
    4 * Uint16Array.BYTES_PER_ELEMENT + 1 + gates.delaysNs.length * Uint16Array.BYTES_PER_ELEMENT;
  return Math.ceil((array.widthPx * array.heightPx * bytesPerPixel) / DATA_PAYLOAD_MAX) + 5;
}

function wholeArray(profile: LidarProfile): DevicePatterns {
  return devicePatterns(profile, { firstPixel: 0, count: profile.array.widthPx * profile.array.heightPx });
}
