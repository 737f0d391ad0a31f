import { entry, type RegisterEntry } from "./register-entry.ts";
import * as Reg from "./registers.ts";

export const simulation: readonly RegisterEntry[] = [
  entry(
    "SimAmbient",
    Reg.REG_SIM_AMBIENT,
    "rw",
    "u32",
    "Sunlight on the scene, as a fraction of ASTM G173 global tilt. Fixed in imaging mode.",
    {
      unit: "1e-6",
      min: 0,
      max: 10_000_000,
      simulated: true,
    },
  ),
  entry("SimTemperature", Reg.REG_SIM_TEMPERATURE, "rw", "i32", "Temperature of the chip.", {
    unit: "0.001 degC",
    min: -100_000,
    max: 150_000,
    simulated: true,
  }),
  entry(
    "SimLight",
    Reg.REG_SIM_LIGHT,
    "rw",
    "u32",
    "Factor of the scene's light in imaging mode; 0 = dark. Fixed in LiDAR mode.",
    { unit: "1e-6", min: 0, max: 4_000_000_000, simulated: true },
  ),
  entry(
    "SimTriggerPeriod",
    Reg.REG_SIM_TRIGGER_PERIOD,
    "rw",
    "u32",
    "Period of the generator on the external trigger input; 0 = no trigger comes.",
    { unit: "cycles", min: 0, max: 0xffffffff, simulated: true },
  ),
];
