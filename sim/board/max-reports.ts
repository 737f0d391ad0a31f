import { DATA_PAYLOAD_MAX, RAW_HEAD_BYTES } from "../../hw-profiles/interface/reports.ts";

/** Leader, probe, trailer and two partial reports. */
const OTHER_REPORTS = 5;

/**
 * Reports of the largest frame whose pixels take so many bytes in all components and raw samples in 16 bits together.
 * Lossless packing adds at most a byte to each of `rawLines`, and a head to every report.
 */
export function reportsOf(pixels: number, bytesPerPixel: number, rawLines: number): number {
  return Math.ceil((pixels * bytesPerPixel + rawLines) / (DATA_PAYLOAD_MAX - RAW_HEAD_BYTES)) + OTHER_REPORTS;
}
