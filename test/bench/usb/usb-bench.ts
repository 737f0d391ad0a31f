import { REPORT_BYTES } from "../../../hw-profiles/interface/reports.ts";
import { busRate } from "./bus-rate.ts";
import { cameraRate } from "./camera-rate.ts";

export interface UsbRate {
  readonly route: string;
  readonly reportsPerS: number;
  /** Undefined for the bus alone. */
  readonly framesPerS?: number;
}

const BUS_MS = 2000;

/** Reports a second by every route that needs no other kernel. @param frames of each run of the camera. */
export async function usbRates(frames: number): Promise<UsbRate[]> {
  return [
    { route: "simulation to camera, in process", ...(await cameraRate("in process", frames)) },
    { route: "simulation to camera, USB/IP, HID", ...(await cameraRate("hid", frames)) },
    { route: "simulation to camera, USB/IP, bulk", ...(await cameraRate("bulk", frames)) },
    { route: "bus alone, USB/IP, HID", reportsPerS: await busRate(false, BUS_MS) },
    { route: "bus alone, USB/IP, bulk", reportsPerS: await busRate(true, BUS_MS) },
  ];
}

export function formatUsb(rates: readonly UsbRate[]): string {
  const rows = rates.map(({ framesPerS, reportsPerS, route }) => {
    const megabytes = (reportsPerS * REPORT_BYTES) / 1e6;
    const frames = framesPerS === undefined ? "" : `${framesPerS.toFixed(1)} frames/s`;
    return `${route.padEnd(36)}${reportsPerS.toFixed(0).padStart(8)} reports/s ${megabytes.toFixed(2).padStart(7)} MB/s  ${frames}`.trimEnd();
  });
  return rows.join("\n");
}
