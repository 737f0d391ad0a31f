import { MODE_LIDAR } from "../../../hw-profiles/interface/memory-map.ts";
import {
  COMPONENT_RAW,
  DATA_PAYLOAD_MAX,
  PIXEL_FORMAT_LOSSLESS,
  REPORT_BYTES,
} from "../../../hw-profiles/interface/reports.ts";
import { RegisterPort } from "../../camera/register-port.ts";
import { lineLayout, rawLineBytes } from "../../packet/line-layout.ts";
import type { Transport } from "../transport.ts";

/** Bytes per second that the device sends with its present settings, reports filled to the end; raw lines before packing. */
export async function dataRate(transport: Transport): Promise<number> {
  const registers = new RegisterPort(transport);
  const read = (name: string) => registers.readNumber(name);
  const [width, height] = [await read("Width"), await read("Height")];
  const components = await read("ComponentEnable");
  const framesPerS = (await read("AcquisitionFrameRate")) / 1000;
  const rowBytes = lineLayout(components, width).recordBytes + (await rawRowBytes(read, components, width));
  return rowBytes * height * framesPerS * (REPORT_BYTES / DATA_PAYLOAD_MAX);
}

async function rawRowBytes(
  read: (name: string) => Promise<number>,
  components: number,
  width: number,
): Promise<number> {
  if ((components & COMPONENT_RAW) === 0) return 0;
  const format = await read("PixelFormat");
  const planes = await read((await read("Mode")) === MODE_LIDAR ? "GateCount" : "ReadCount");
  return planes * rawLineBytes(format === PIXEL_FORMAT_LOSSLESS ? 0 : format, width);
}
