import { z } from "zod";
import { MAX_GATES } from "../interface/abi.ts";
import { choice, documentName, flag, quantity, quantityList } from "./quantity.ts";
import { readoutSection } from "./readout-section.ts";
import { adc, array, defects, deviceSeed, optics, pixel, serialNumber } from "./sensor-sections.ts";

const roic = z.strictObject({
  adcBanks: quantity("1", { min: 1, max: 64, integer: true }, "Rows converted at the same time."),
  settle: quantity("ns", { min: 0, max: 1e6 }, "Row select and follower settling before a conversion."),
  transfer: quantity("ns", { min: 0, max: 1e6 }, "Time for a converted row group to leave the chip."),
  pipelined: flag("A row group leaves while the next one converts."),
  globalReset: quantity("ns", { min: 0, max: 1e7 }, "Global reset before each gate plane."),
  gatePhasesPerClock: quantity("1", { min: 1, max: 256, integer: true }, "Gate edges per ROIC clock cycle."),
});

const gates = z.strictObject({
  gating: choice(
    ["film-bias", "swept-reset"],
    "film-bias: a sample integrates from its delay for the gate's width; swept-reset: from its delay to the end.",
  ),
  count: quantity("1", { min: 3, max: MAX_GATES, integer: true }, "Gates K."),
  delays: quantityList("ns", { min: -1e5, max: 1e5 }, "Gate openings after the laser edge, rising."),
  width: quantity("ns", { min: 0.1, max: 1e5 }, "Gate width; for film-bias only.").optional(),
  pulsesPerGate: quantity(
    "1",
    { min: 1, max: 1e6, integer: true },
    "Laser pulses collected in one gate plane.",
  ),
  extinction: quantity("1", { min: 0, max: 0.999 }, "Share of light collected while the gate is closed."),
});

const environment = z.strictObject({
  temperature: quantity("degC", { min: -100, max: 150 }, "Temperature of the chip."),
  ambientSun: quantity(
    "1",
    { min: 0, max: 10 },
    "Sunlight on the scene as a fraction of ASTM G173 global tilt.",
  ),
  sunIrradiance: quantity(
    "W/m2/nm",
    { min: 0, max: 3 },
    "Mean solar spectral irradiance over the filter band.",
  ),
  airExtinction: quantity("1/m", { min: 0, max: 10 }, "Extinction of the air, one way."),
});

/** A LiDAR sensor: chip, gates, optics and surroundings; names its detector and emitter. */
export const lidarSchema = z.strictObject({
  kind: z.literal("sensor"),
  name: documentName,
  title: z.string().min(1),
  mode: z.literal("lidar"),
  serialNumber,
  deviceSeed,
  detector: documentName,
  emitter: documentName,
  array,
  pixel,
  adc,
  roic,
  gates,
  optics,
  environment,
  defects,
  readout: readoutSection,
});

export type LidarDocument = z.infer<typeof lidarSchema>;
