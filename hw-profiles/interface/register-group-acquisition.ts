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
  entry(
    "SettingsHold",
    Reg.REG_SETTINGS_HOLD,
    "rw",
    "u32",
    "1: settings that are written from now on wait, and frames keep those of before; 0: they take effect together, at the next frame's start.",
    { min: 0, max: 1 },
  ),
  entry(
    "SettingsFrame",
    Reg.REG_SETTINGS_FRAME,
    "ro",
    "u32",
    "Number of the next frame to start: from it on, frames have what was written before this read, unless SettingsHold is 1.",
  ),
];
