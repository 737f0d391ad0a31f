// Sections that sensors of all modes have.

import { z } from "zod";
import { MAX_COLUMNS, MAX_ROWS } from "../interface/abi.ts";
import { STRING_BYTES_SHORT } from "../interface/registers.ts";
import { choice, quantity } from "./quantity.ts";

export const serialNumber = z
  .string()
  .regex(/^[\x21-\x7e]+$/)
  .max(STRING_BYTES_SHORT - 1);

export const deviceSeed = z.int().min(0).max(0xffffffff).describe("Seed of the device's fixed patterns.");

export const array = z.strictObject({
  width: quantity("px", { min: 1, max: MAX_COLUMNS, integer: true }, "Columns."),
  height: quantity("px", { min: 1, max: MAX_ROWS, integer: true }, "Rows."),
  pitch: quantity("um", { min: 0.5, max: 1000 }, "Pixel pitch."),
  fillFactor: quantity("1", { min: 0.01, max: 1 }, "Optically active share of the pixel."),
});

export const pixel = z.strictObject({
  nodeCapacitance: quantity("fF", { min: 0.1, max: 10_000 }, "Capacitance of the integration node."),
  swing: quantity("V", { min: 0.05, max: 10 }, "Voltage from reset to full well."),
  reset: choice(["hard", "flushed"], "hard: kTC noise; flushed: hard then soft reset, half of the variance."),
  readNoise: quantity("e-", { min: 0, max: 10_000 }, "rms of follower and comparator, without reset noise."),
  offsetSpread: quantity("DN", { min: 0, max: 1000 }, "rms of the offset pattern over pixels."),
  columnOffsetSpread: quantity("DN", { min: 0, max: 1000 }, "rms of the offset pattern over columns."),
});

export const adc = z.strictObject({
  bits: quantity("bit", { min: 6, max: 16, integer: true }, "Resolution of the single-slope converter."),
  clock: quantity("Hz", { min: 1e6, max: 4e9, integer: true }, "Counter clock = ROIC clock."),
  pedestal: quantity("DN", { min: 0, max: 32_768, integer: true }, "Code of an empty pixel."),
  saturation: quantity(
    "DN",
    { min: 1, max: 65_535, integer: true },
    "Codes from here on count as saturated.",
  ),
});

export const optics = z.strictObject({
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

const fraction = { min: 0, max: 0.5 };
export const defects = z.strictObject({
  deadFraction: quantity("1", fraction, "Pixels without response."),
  hotFraction: quantity("1", fraction, "Pixels with a high dark current."),
  stuckFraction: quantity("1", fraction, "Pixels with a constant code."),
  hotDarkFactor: quantity("1", { min: 1, max: 1e6 }, "Dark current of a hot pixel over the median."),
});
