import { entry, type RegisterEntry, SFNC } from "./register-entry.ts";
import * as Reg from "./registers.ts";

export const acquisition: readonly RegisterEntry[] = [
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
