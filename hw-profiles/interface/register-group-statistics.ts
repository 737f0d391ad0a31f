import { entry, type RegisterEntry } from "./register-entry.ts";
import * as Reg from "./registers.ts";

export const statistics: readonly RegisterEntry[] = [
  entry(
    "DroppedFrames",
    Reg.REG_DROPPED_FRAMES,
    "ro",
    "u32",
    "Whole frames dropped since AcquisitionStart for want of credit.",
  ),
  entry("ReportsSent", Reg.REG_REPORTS_SENT, "ro", "u32", "Data reports sent since AcquisitionStart."),
  entry(
    "LostReports",
    Reg.REG_LOST_REPORTS,
    "ro",
    "u32",
    "Data reports since power-on that found the queue to the bus full and were lost: the host granted credit and did not read.",
  ),
  entry(
    "LastRefusal",
    Reg.REG_LAST_REFUSAL,
    "ro",
    "string",
    "Why the last refused write was refused: what was found, what was expected. Empty before the first one.",
    { bytes: Reg.STRING_BYTES_REFUSAL },
  ),
];
