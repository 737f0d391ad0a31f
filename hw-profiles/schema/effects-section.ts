import { z } from "zod";
import { flag, quantity, quantityList } from "./quantity.ts";

const on = flag("Off leaves the effect out, whatever its values.");
const share = { min: 0, max: 1 };
const electrons = { min: 0, max: 1e6 };
const relative = { min: 0, max: 0.5 };
const frequency = { min: 1e-6, max: 1e9 };

/** An effect without values of its own. */
function switchOnly(doc: string) {
  return z.strictObject({ on }).describe(doc);
}

const trap = z.strictObject({
  share: quantity("1", { min: 0, max: 0.5 }, "Share of the charge that is trapped in equilibrium."),
  tau: quantity("ms", { min: 1e-4, max: 1e6 }, "Time constant of capture and release."),
});

/** Every effect of pixel and column, one switch each. rms values are standard deviations. */
export const effects = z.strictObject({
  shotNoise: switchOnly("Shot noise of photons and dark current."),
  biasDependence: switchOnly(
    "EQE and dark current follow the node's voltage; off: those of the operating bias.",
  ),
  darkCurrent: switchOnly("Dark current of the detector."),
  crosstalk: z.strictObject({
    on,
    share: quantity(
      "1",
      { min: 0, max: 0.8 },
      "Share of a pixel's photocharge that goes to its four neighbours together.",
    ),
  }),
  flicker: z.strictObject({
    on,
    corner: quantity(
      "Hz",
      { min: 0, max: 1e9 },
      "Frequency f_c at which 1/f equals the shot noise of the dark current.",
    ),
    min: quantity("Hz", frequency, "Lowest frequency of the 1/f noise."),
  }),
  lag: z.strictObject({ on, traps: z.array(trap).min(1).max(8).describe("Trap species.") }),
  softSaturation: z.strictObject({
    on,
    knee: quantity("1", { min: 0.1, max: 0.999 }, "Share of the full well from which charge is compressed."),
  }),
  resetNoise: switchOnly("kTC noise; pixel.reset tells hard or flushed."),
  nodeCapacitance: z.strictObject({
    on,
    junctionShare: quantity(
      "1",
      { min: 0, max: 0.95 },
      "Share of the node's capacitance at reset that depends on the voltage.",
    ),
    builtIn: quantity("V", { min: 0.05, max: 5 }, "Built-in voltage of C(V)."),
    grading: quantity("1", { min: 0.05, max: 1 }, "Grading exponent of C(V)."),
  }),
  followerNonlinearity: z.strictObject({
    on,
    gainFall: quantity(
      "1",
      { min: 0, max: 0.3 },
      "Relative fall of the follower's gain from reset to full well.",
    ),
  }),
  readNoise: switchOnly("White noise of follower and comparator: pixel.readNoise."),
  followerFlicker: z.strictObject({
    on,
    noise: quantity("e-", electrons, "Total rms of the 1/f noise between its limits."),
    min: quantity("Hz", frequency, "Lowest frequency."),
    max: quantity("Hz", frequency, "Highest frequency."),
  }),
  rts: z.strictObject({
    on,
    pixelShare: quantity("1", share, "Share of the pixels that blink between two levels."),
    amplitude: quantity("e-", electrons, "Mean of the exponential distribution of amplitudes."),
    min: quantity("Hz", frequency, "Lowest rate; log-uniform."),
    max: quantity("Hz", frequency, "Highest rate."),
  }),
  offsetPattern: z.strictObject({
    on,
    rowSpread: quantity(
      "DN",
      { min: 0, max: 1000 },
      "rms over rows; pixels and columns: pixel.offsetSpread, pixel.columnOffsetSpread.",
    ),
  }),
  darkPattern: switchOnly("Dark current differs over pixels: darkSpread of the detector."),
  responsePattern: z.strictObject({
    on,
    rowSpread: quantity("1", relative, "Relative rms over rows; pixels: responseSpread of the detector."),
    columnSpread: quantity("1", relative, "Relative rms over columns."),
  }),
  columnGain: z.strictObject({
    on,
    spread: quantity("1", relative, "Relative rms of the converters' slopes over columns."),
  }),
  rampNoise: z.strictObject({
    on,
    noise: quantity(
      "DN",
      { min: 0, max: 1000 },
      "rms of the ramp's noise, common to all columns of a conversion.",
    ),
  }),
  inl: z.strictObject({
    on,
    points: quantityList(
      "DN",
      { min: -1000, max: 1000 },
      "Ramp error at equal distances from code 0 to 2^bits.",
    ),
  }),
  defects: switchOnly("Dead, hot and stuck pixels."),
});
