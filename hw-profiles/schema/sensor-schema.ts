import { z } from "zod";
import { MAX_COLUMNS, MAX_GATES, MAX_ROWS } from "../interface/abi.ts";
import { STRING_BYTES_SHORT } from "../interface/registers.ts";
import { choice, documentName, flag, quantity, quantityList } from "./quantity.ts";
import { readoutSection } from "./readout-section.ts";

const array = z.strictObject({
  width: quantity("px", { min: 1, max: MAX_COLUMNS, integer: true }, "Columns."),
  height: quantity("px", { min: 1, max: MAX_ROWS, integer: true }, "Rows."),
  pitch: quantity("um", { min: 0.5, max: 1000 }, "Pixel pitch."),
  fillFactor: quantity("1", { min: 0.01, max: 1 }, "Optically active share of the pixel."),
});

const pixel = z.strictObject({
  nodeCapacitance: quantity("fF", { min: 0.1, max: 10_000 }, "Capacitance of the integration node."),
  swing: quantity("V", { min: 0.05, max: 10 }, "Voltage from reset to full well."),
  reset: choice(["hard", "flushed"], "hard: kTC noise; flushed: hard then soft reset, half of the variance."),
  readNoise: quantity("e-", { min: 0, max: 10_000 }, "rms of follower and comparator, without reset noise."),
  offsetSpread: quantity("DN", { min: 0, max: 1000 }, "rms of the offset pattern over pixels."),
  columnOffsetSpread: quantity("DN", { min: 0, max: 1000 }, "rms of the offset pattern over columns."),
});

const adc = z.strictObject({
  bits: quantity("bit", { min: 6, max: 16, integer: true }, "Resolution of the single-slope converter."),
  clock: quantity("Hz", { min: 1e6, max: 4e9, integer: true }, "Counter clock = ROIC clock."),
  pedestal: quantity("DN", { min: 0, max: 32_768, integer: true }, "Code of an empty pixel."),
  saturation: quantity(
    "DN",
    { min: 1, max: 65_535, integer: true },
    "Codes from here on count as saturated.",
  ),
});

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

const optics = z.strictObject({
  fx: quantity("px", { min: 1, max: 1e6 }, "Focal length over pitch, horizontally."),
  fy: quantity("px", { min: 1, max: 1e6 }, "Focal length over pitch, vertically."),
  cx: quantity("px", { min: -1e5, max: 1e5 }, "Principal point, column; pixel centres at integers."),
  cy: quantity("px", { min: -1e5, max: 1e5 }, "Principal point, row; pixel centres at integers."),
  k1: quantity("1", { min: -2, max: 2 }, "Brown-Conrady radial term r^2."),
  k2: quantity("1", { min: -2, max: 2 }, "Brown-Conrady radial term r^4."),
  k3: quantity("1", { min: -2, max: 2 }, "Brown-Conrady radial term r^6."),
  p1: quantity("1", { min: -1, max: 1 }, "Brown-Conrady tangential term."),
  p2: quantity("1", { min: -1, max: 1 }, "Brown-Conrady tangential term."),
  focalLength: quantity("mm", { min: 0.01, max: 10_000 }, "Focal length."),
  fNumber: quantity("1", { min: 0.3, max: 64 }, "Focal length over aperture diameter."),
  transmission: quantity("1", { min: 0.001, max: 1 }, "Lens and filter in the pass band."),
  filterCentre: quantity("nm", { min: 300, max: 4000 }, "Centre of the band filter."),
  filterWidth: quantity("nm", { min: 0.1, max: 2000 }, "Full width of the band filter."),
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

const fraction = { min: 0, max: 0.5 };
const defects = z.strictObject({
  deadFraction: quantity("1", fraction, "Pixels without response."),
  hotFraction: quantity("1", fraction, "Pixels with a high dark current."),
  stuckFraction: quantity("1", fraction, "Pixels with a constant code."),
  hotDarkFactor: quantity("1", { min: 1, max: 1e6 }, "Dark current of a hot pixel over the median."),
});

/** A LiDAR sensor: chip, gates, optics and surroundings; names its detector and emitter. */
export const sensorSchema = z.strictObject({
  kind: z.literal("sensor"),
  name: documentName,
  title: z.string().min(1),
  mode: z.literal("lidar"),
  serialNumber: z
    .string()
    .regex(/^[\x21-\x7e]+$/)
    .max(STRING_BYTES_SHORT - 1),
  deviceSeed: z.int().min(0).max(0xffffffff).describe("Seed of the device's fixed patterns."),
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

export type SensorDocument = z.infer<typeof sensorSchema>;
