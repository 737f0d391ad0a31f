import { DATA_PAYLOAD_MAX } from "../../hw-profiles/interface/reports.ts";

/** Leader, probe, trailer and two partial reports. */
const OTHER_REPORTS = 5;

/** Reports of a frame whose pixels take so many bytes in all enabled components and raw samples together. */
export function reportsOf(pixels: number, bytesPerPixel: number): number {
  return Math.ceil((pixels * bytesPerPixel) / DATA_PAYLOAD_MAX) + OTHER_REPORTS;
}
