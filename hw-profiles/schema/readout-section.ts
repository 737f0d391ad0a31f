import { z } from "zod";
import { quantity } from "./quantity.ts";

const scale = { min: 1e-9, max: 1e4 };

/** What the readout logic is told besides the physics. */
export const readoutSection = z.strictObject({
  t0Min: quantity("ns", { min: -1e5, max: 1e5 }, "Start of the range window, round-trip time."),
  t0Max: quantity("ns", { min: -1e5, max: 1e5 }, "End of the range window, round-trip time."),
  timeOffset: quantity(
    "ns",
    { min: -1e5, max: 1e5 },
    "Calibrated delay of the laser edge; range = c/2 (t0 - offset).",
  ),
  detectionSigma: quantity("1", { min: 0, max: 1000 }, "Detection threshold, amplitude over its sigma."),
  lowSignalSigma: quantity("1", { min: 0, max: 1000 }, "Low-signal threshold, amplitude over its sigma."),
  misfitChi2: quantity("1", { min: 0.01, max: 1e6 }, "Misfit threshold, chi-square per degree of freedom."),
  rangeScale: quantity("m", scale, "Range of one LSB."),
  sigmaScale: quantity("m", scale, "Sigma of one LSB."),
  amplitudeScale: quantity("e-", scale, "Amplitude of one LSB."),
  ambientScale: quantity("e-", scale, "Ambient of one LSB."),
  calibrationFrames: quantity(
    "1",
    { min: 1, max: 1e6, integer: true },
    "Frames averaged in the offset and dark maps.",
  ),
});
