import { entry, type RegisterEntry, SFNC } from "./register-entry.ts";
import * as Reg from "./registers.ts";

export const scales: readonly RegisterEntry[] = [
  entry("Scan3dCoordinateScale", Reg.REG_SCAN3D_COORDINATE_SCALE, "ro", "f32", "Range of one LSB.", {
    ...SFNC,
    unit: "m",
  }),
  entry("SigmaScale", Reg.REG_SIGMA_SCALE, "ro", "f32", "Sigma of one LSB; in imaging mode DN.", {
    unit: "m",
  }),
  entry("AmplitudeScale", Reg.REG_AMPLITUDE_SCALE, "ro", "f32", "Amplitude of one LSB.", { unit: "e-" }),
  entry("AmbientScale", Reg.REG_AMBIENT_SCALE, "ro", "f32", "Ambient of one LSB.", { unit: "e-" }),
  entry("Gain", Reg.REG_GAIN, "rw", "f32", "Analog gain before the ADC, 1 = unity. Fixed in LiDAR mode.", {
    ...SFNC,
    min: 1,
    max: 64,
  }),
  entry("SaturationLevel", Reg.REG_SATURATION_LEVEL, "ro", "u32", "Codes from here on count as saturated.", {
    unit: "DN",
  }),
  entry("IntensityScale", Reg.REG_INTENSITY_SCALE, "ro", "f32", "Intensity of one LSB.", { unit: "DN" }),
  entry("IntensityOffset", Reg.REG_INTENSITY_OFFSET, "ro", "u32", "Sent intensity of signal zero.", {
    unit: "LSB",
  }),
  entry(
    "ElectronsPerDn",
    Reg.REG_ELECTRONS_PER_DN,
    "ro",
    "f32",
    "Electrons of one code at the present gain, for small signals.",
    { unit: "e-/DN" },
  ),
];
