import { MAX_GATES } from "./abi.ts";
import { MODE_IMAGING, MODE_LIDAR, READ_CDS, READ_RAMP, READ_SINGLE } from "./memory-map.ts";
import { entry, type RegisterEntry, SFNC } from "./register-entry.ts";
import * as Reg from "./registers.ts";

export const exposure: readonly RegisterEntry[] = [
  entry(
    "GateCount",
    Reg.REG_GATE_COUNT,
    "ro",
    "u32",
    `Gates K of a frame, at most ${MAX_GATES}; 0 in imaging mode, as all that counts gates and pulses.`,
  ),
  entry(
    "PulsesPerGate",
    Reg.REG_PULSES_PER_GATE,
    "rw",
    "u32",
    "Laser pulses M collected in one gate plane. Fixed in imaging mode, as the thresholds below.",
    {
      min: 1,
      max: 100_000,
    },
  ),
  entry("GatingMode", Reg.REG_GATING_MODE, "ro", "u32", "0 film-bias, 1 swept-reset."),
  entry(
    "DetectionThreshold",
    Reg.REG_DETECTION_THRESHOLD,
    "rw",
    "u32",
    "Amplitude over its sigma below which a pixel has no return.",
    {
      unit: "0.001 sigma",
      min: 0,
      max: 1_000_000,
    },
  ),
  entry(
    "LowSignalThreshold",
    Reg.REG_LOW_SIGNAL_THRESHOLD,
    "rw",
    "u32",
    "Amplitude over its sigma below which a return is flagged as low signal.",
    {
      unit: "0.001 sigma",
      min: 0,
      max: 1_000_000,
    },
  ),
  entry(
    "MisfitThreshold",
    Reg.REG_MISFIT_THRESHOLD,
    "rw",
    "u32",
    "Chi-square per degree of freedom above which a pixel is flagged as misfit.",
    {
      unit: "0.001",
      min: 10,
      max: 1_000_000_000,
    },
  ),
  entry(
    "ExposureTime",
    Reg.REG_EXPOSURE_TIME,
    "rw",
    "u32",
    "LiDAR, fixed: open gate time of one plane, PulsesPerGate times the gate width. Imaging: time in light from the reset to the last read (in CDS and ramp from the first read) of the first line; a written value goes to the nearest that the row sequencer can make.",
    { ...SFNC, unit: "ns", min: 1, max: 0xffffffff },
  ),
  entry(
    "SensorShutterMode",
    Reg.REG_SENSOR_SHUTTER_MODE,
    "rw",
    "u32",
    `${Reg.SHUTTER_ROLLING} rolling, ${Reg.SHUTTER_GLOBAL} global (film gate), ${Reg.SHUTTER_GLOBAL_RESET} global reset. Fixed in LiDAR mode.`,
    { ...SFNC, min: Reg.SHUTTER_ROLLING, max: Reg.SHUTTER_GLOBAL_RESET },
  ),
  entry(
    "ReadMode",
    Reg.REG_READ_MODE,
    "rw",
    "u32",
    `${READ_SINGLE} one read at the end, ${READ_CDS} the end read less the read just after reset, ${READ_RAMP} N reads up the ramp. Fixed in LiDAR mode.`,
    { min: READ_SINGLE, max: READ_RAMP },
  ),
  entry(
    "ReadCount",
    Reg.REG_READ_COUNT,
    "rw",
    "u32",
    "Reads N of a frame. 1 in single and 2 in CDS mode, where a written value is kept for the ramp. Fixed in LiDAR mode.",
    { min: 3, max: MAX_GATES },
  ),
  entry(
    "JumpThreshold",
    Reg.REG_JUMP_THRESHOLD,
    "rw",
    "u32",
    "Gain in chi-square from which a difference of a ramp counts as a jump. Fixed in LiDAR mode.",
    { unit: "0.001", min: 1000, max: 1_000_000_000 },
  ),
  entry(
    "TriggerMode",
    Reg.REG_TRIGGER_MODE,
    "rw",
    "u32",
    "0 frames run freely, 1 each waits for the external trigger.",
    { ...SFNC, min: 0, max: 1 },
  ),
  entry("Mode", Reg.REG_MODE, "ro", "u32", `${MODE_LIDAR} LiDAR, ${MODE_IMAGING} imaging.`),
  entry(
    "GateDelay",
    Reg.REG_GATE_DELAY,
    "ro",
    "i32",
    "Gate openings after the laser edge; the first GateCount elements count.",
    {
      unit: "ps",
      count: MAX_GATES,
    },
  ),
  entry("GateWidth", Reg.REG_GATE_WIDTH, "ro", "u32", "Gate widths; the first GateCount elements count.", {
    unit: "ps",
    count: MAX_GATES,
  }),
];
