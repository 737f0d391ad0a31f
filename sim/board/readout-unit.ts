import { STATUS_OK } from "../../hw-profiles/interface/status.ts";
import { crc32c } from "./crc32c.ts";
import type { RunLimits } from "./firmware-check.ts";
import { FirmwareHost, type FrameStart } from "./firmware-host.ts";
import type { FramePlan } from "./frame-plan.ts";
import { LineDma } from "./line-dma.ts";

/** Microcontroller and DMA: turns the planes of a frame into data reports. */
export class ReadoutUnit {
  readonly firmware: FirmwareHost;
  /** Names the module's build in the DeviceFirmwareVersion register: CRC-32C of its bytes. */
  readonly firmwareVersion: string;
  private configured: Uint8Array = new Uint8Array(0);

  /** @throws FirmwareError when the board cannot run the module. */
  constructor(module: Uint8Array<ArrayBuffer>, moduleName: string, limits: RunLimits = {}) {
    this.firmware = new FirmwareHost(module, moduleName, limits);
    this.firmwareVersion = `crc ${crc32c(module).toString(16).padStart(8, "0")}`;
  }

  /** Write parameters if they changed. @returns STATUS_*. */
  configure({ parameters }: FramePlan): number {
    if (Buffer.compare(parameters, this.configured) === 0) return STATUS_OK;
    const status = this.firmware.configure(parameters);
    this.configured = status === STATUS_OK ? parameters : new Uint8Array(0);
    return status;
  }

  /** @param codes u16 [plane][line][column]. @returns STATUS_OK, or what stopped the frame. */
  read(plan: FramePlan, start: FrameStart, codes: Uint16Array, send: (report: Uint8Array) => void): number {
    const source = { widthPx: plan.widthPx, gates: plan.planes, planes: codes, maps: plan.maps() };
    const dma = new LineDma(source, this.firmware.layout(), this.firmware.memory);
    const load = (row: number) => dma.load(row);
    const status = this.firmware.runFrame(start, plan.lines, plan.maxReports, load, send);
    if (status !== STATUS_OK) this.configured = new Uint8Array(0);
    return status;
  }
}
