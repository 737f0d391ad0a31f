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
  entry(
    "SessionToken",
    Reg.REG_SESSION_TOKEN,
    "rw",
    "u32",
    "Token of the program that uses the device, 0: none. Written while it is 0, the device is the writer's: from then on only requests and credit with this token change anything. The holder writes 0 to let go.",
    { min: 0, max: 0xffffffff },
  ),
  entry(
    "SessionActivity",
    Reg.REG_SESSION_ACTIVITY,
    "ro",
    "u32",
    "Requests and commands of the holder; wraps. It stands still when that program is gone.",
  ),
  entry(
    "SessionTakeover",
    Reg.REG_SESSION_TAKEOVER,
    "wo",
    "u32",
    "As SessionToken, but whoever holds the device: acquisition stops, and the device is the writer's.",
    { min: 1, max: 0xffffffff },
  ),
  entry(
    "StreamInterface",
    Reg.REG_STREAM_INTERFACE,
    "rw",
    "u32",
    `USB interface that data reports leave by: ${Reg.STREAM_HID} HID, ${Reg.STREAM_BULK} vendor bulk. Only one of them carries data at a time; other buses have no choice.`,
    { min: Reg.STREAM_HID, max: Reg.STREAM_BULK },
  ),
];
