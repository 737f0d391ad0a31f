import { z } from "zod";
import { MAX_GATES } from "../interface/abi.ts";
import { effects } from "./effects-section.ts";
import { choice, documentName, flag, quantity } from "./quantity.ts";
import { adc, array, defects, deviceSeed, optics, pixel, serialNumber } from "./sensor-sections.ts";

const roic = z.strictObject({
  adcBanks: quantity("1", { min: 1, max: 64, integer: true }, "Output lines converted at the same time."),
  settle: quantity("ns", { min: 0, max: 1e6 }, "Row select and follower settling before a conversion."),
  reset: quantity("ns", { min: 1, max: 1e7 }, "Reset of a row (rolling) or of all rows (global)."),
  transferOverhead: quantity(
    "cycles",
    { min: 0, max: 1e6, integer: true },
    "ROIC clocks of a transfer besides its pixels.",
  ),
  transferPixelsPerCycle: quantity(
    "px/cycle",
    { min: 1, max: 1024, integer: true },
    "Pixels that leave the chip at each ROIC clock.",
  ),
  pipelined: flag("A row group leaves while the next one converts."),
  filmGate: flag("The film's bias can be gated: without, there is no global shutter."),
  extinction: quantity(
    "1",
    { min: 0, max: 0.999 },
    "Share of light collected while the film gate is closed.",
  ),
  maxReads: quantity(
    "1",
    { min: 2, max: MAX_GATES, integer: true },
    "Largest N of an N-read ramp; the frame store holds N planes.",
  ),
  maxAnalogGain: quantity("1", { min: 1, max: 64 }, "Largest gain before the converter."),
});

/** The state after power-on. */
const exposure = z.strictObject({
  exposureTime: quantity("us", { min: 0.01, max: 1e9 }, "From the reset of a row to its last read."),
  frameRate: quantity("Hz", { min: 1e-3, max: 1e5 }, "Frames a second."),
  readMode: choice(
    ["single", "cds", "ramp"],
    "single: one read; cds: less a read just after the reset; ramp: N reads at equal intervals.",
  ),
  reads: quantity(
    "1",
    { min: 1, max: MAX_GATES, integer: true },
    "Reads N of a frame: 1, 2 with cds, 3 and more with ramp.",
  ),
  shutter: choice(
    ["rolling", "global", "global-reset"],
    "rolling: row by row; global: by the film's gate; global-reset: one reset, rows read one after the other.",
  ),
  analogGain: quantity("1", { min: 1, max: 64 }, "Gain before the converter."),
});

const environment = z.strictObject({
  temperature: quantity("degC", { min: -100, max: 150 }, "Temperature of the chip."),
});

/** What the readout logic is told besides the physics. */
const readout = z.strictObject({
  intensityScale: quantity("DN", { min: 1e-6, max: 1e4 }, "DN of one LSB of the intensity."),
  intensityOffset: quantity("1", { min: 0, max: 60_000, integer: true }, "Sent code of signal zero."),
  sigmaScale: quantity("DN", { min: 1e-6, max: 1e4 }, "DN of one LSB of sigma."),
  jumpChi2: quantity(
    "1",
    { min: 0.1, max: 1e6 },
    "Gain in chi-square from which a difference of a ramp counts as a jump.",
  ),
  calibrationFrames: quantity(
    "1",
    { min: 1, max: 1e6, integer: true },
    "Frames averaged in the offset and dark maps.",
  ),
});

/** An imaging sensor: chip, optics, effects and the state after power-on; names its detector. */
export const imagingSchema = z.strictObject({
  kind: z.literal("sensor"),
  name: documentName,
  title: z.string().min(1),
  mode: z.literal("imaging"),
  serialNumber,
  deviceSeed,
  detector: documentName,
  array,
  pixel,
  adc,
  roic,
  optics,
  environment,
  exposure,
  effects,
  defects,
  readout,
});

export type ImagingDocument = z.infer<typeof imagingSchema>;
