import { entry, type RegisterEntry, SFNC } from "./register-entry.ts";
import * as Reg from "./registers.ts";

const CYCLES = { unit: "cycles" } as const;
export const timing: readonly RegisterEntry[] = [
  entry(
    "DeviceClockFrequency",
    Reg.REG_DEVICE_CLOCK_FREQUENCY,
    "ro",
    "u32",
    "ROIC clock; every time stamp counts its cycles.",
    {
      ...SFNC,
      unit: "Hz",
    },
  ),
  entry("RowTime", Reg.REG_ROW_TIME, "ro", "u32", "From one row group's reads to the next one's.", CYCLES),
  entry("GateTime", Reg.REG_GATE_TIME, "ro", "u32", "Reset and pulses of one gate plane.", CYCLES),
  entry("PlaneReadTime", Reg.REG_PLANE_READ_TIME, "ro", "u32", "Read of one gate plane.", CYCLES),
  entry(
    "FrameTime",
    Reg.REG_FRAME_TIME,
    "ro",
    "u32",
    "From frame start to frame start, as realised.",
    CYCLES,
  ),
  entry(
    "AcquisitionFrameRate",
    Reg.REG_ACQUISITION_FRAME_RATE,
    "rw",
    "u32",
    "Reads what FrameTime gives. In imaging, writing it picks the nearest frame period that the row sequencer can make. Fixed in LiDAR mode.",
    { ...SFNC, unit: "mHz", min: 1, max: 0xffffffff },
  ),
  entry("DeviceTemperature", Reg.REG_DEVICE_TEMPERATURE, "ro", "i32", "Temperature of the chip.", {
    ...SFNC,
    unit: "0.001 degC",
  }),
  entry(
    "MinFrameTime",
    Reg.REG_MIN_FRAME_TIME,
    "ro",
    "u32",
    "Shortest FrameTime with the present exposure, region and reads.",
    CYCLES,
  ),
  entry(
    "MissedTriggers",
    Reg.REG_MISSED_TRIGGERS,
    "ro",
    "u32",
    "External triggers since AcquisitionStart that came while a frame was under way and were ignored.",
  ),
];
