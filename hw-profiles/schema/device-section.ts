import { z } from "zod";
import { published } from "./published-section.ts";
import { choice, documentName, quantity } from "./quantity.ts";

/** Longest time constant of a device, ns: a second. */
export const MAX_RESPONSE_NS = 1e9;

const spectrum = z.strictObject({
  peak: quantity("nm", { min: 300, max: 5000 }, "Exciton peak; EQE and gain hold there."),
  halfWidth: quantity("eV", { min: 0.001, max: 1 }, "Half width at half maximum of the exciton peak."),
  plateau: quantity("1", { min: 0, max: 1 }, "Response on the blue side relative to the peak."),
  minimum: quantity("nm", { min: 200, max: 5000 }, "Shortest wavelength that reaches the film."),
});

const referenceBias = quantity(
  "V",
  { min: -1000, max: 1000 },
  "Bias of darkCurrentDensity. A diode at 0 V: the current whose shot noise it shows.",
);

const diodeDark = z.strictObject({
  referenceBias,
  ideality: quantity("1", { min: 0.5, max: 20 }, "Ideality of the junction."),
  shuntShare: quantity(
    "1",
    { min: 0, max: 1 },
    "Share of the reference current that flows past the junction.",
  ),
  series: quantity("ohm cm2", { min: 0, max: 1e9 }, "Series resistance that limits the forward current."),
});

/** A channel is ohmic. */
const channelDark = z.strictObject({ referenceBias });

const noise = z.strictObject({
  shotMultiple: quantity(
    "1",
    { min: 0, max: 1e7 },
    "White noise (amplitude) as a multiple of the dark current's shot noise.",
  ),
  corner: quantity("Hz", { min: 0, max: 1e9 }, "Frequency at which flicker and white noise are equal."),
  flickerReading: choice(
    ["power", "amplitude"],
    'What falls as 1/f: the power of the noise (slope 1), or its amplitude ("amplitude", slope 2).',
  ),
  excess: quantity("A/rtHz", { min: 0, max: 1 }, "White noise besides that."),
});

/** What the bench and the design tool know of every device, besides what sensors use. */
export const deviceShape = {
  material: documentName.describe("Name of a material document."),
  process: z
    .string()
    .min(1)
    .describe("Row of the material's table: ligand, anneal in C, or linker.")
    .exactOptional(),
  area: quantity("cm2", { min: 1e-10, max: 100 }, "Active area."),
  thickness: quantity("nm", { min: 1, max: 1e6 }, "Film that is depleted."),
  spectrum,
  noise,
  riseTime: quantity("ns", { min: 0.1, max: MAX_RESPONSE_NS }, "10-90 % rise time of one pole."),
  responseModel: choice(
    ["measured", "area-scaled", "material"],
    "measured: rise and fall time as given; area-scaled: their RC part follows the area; material: from transit, RC and diffusion.",
  ),
  powerExponent: quantity("1", { min: 0.01, max: 1 }, "Photocurrent ~ P^k."),
  referencePower: quantity("W", { min: 1e-18, max: 1 }, "Light power at which EQE or gain hold if k < 1."),
  published,
};

const speedPoint = z.strictObject({
  bias: quantity("V", { min: -20, max: 1 }, "Bias; negative is reverse."),
  relativeTau: quantity("1", { min: 1e-3, max: 1e3 }, "Time constants relative to riseTime and fallTime."),
});

/** Photodiodes. */
export const diodeDevice = z.strictObject({
  ...deviceShape,
  dark: diodeDark,
  relativePermittivity: quantity("1", { min: 1, max: 1000 }, "Of the film."),
  load: quantity("ohm", { min: 0, max: 1e9 }, "Resistance that the diode drives on the bench."),
  builtIn: quantity("V", { min: 0, max: 5 }, "Built-in voltage; drives the drift together with the bias."),
  speedPoints: z
    .array(speedPoint)
    .min(1)
    .describe("By rising bias, where the speed is known at several biases.")
    .exactOptional(),
});

const efficiency = quantity("1", { min: 1e-6, max: 1 }, "Carriers per photon before gain, at the peak.");
const mobility = quantity("cm2/(V s)", { min: 1e-9, max: 1e6 }, "Of the carriers that circulate.");
const channelLength = quantity("um", { min: 0.01, max: 1e5 }, "Between the contacts.");

/** Photoconductors: gain = lifetime / transit. */
export const conductorDevice = z.strictObject({
  ...deviceShape,
  dark: channelDark,
  internalQuantumEfficiency: efficiency,
  carrierLifetime: quantity("s", { min: 1e-12, max: 1e3 }, "Of the carriers that circulate."),
  mobility,
  channelLength,
  builtIn: quantity("V", { min: 0, max: 10 }, "Adds to the bias."),
});

const gatePoint = z.strictObject({
  gate: quantity("V", { min: -200, max: 200 }, "Gate voltage."),
  relativeGain: quantity("1", { min: 1e-9, max: 1e9 }, "Gain relative to the first point."),
  relativeNoise: quantity("1", { min: 1e-9, max: 1e9 }, "Noise amplitude relative to the first point."),
});

/** Phototransistors: trapped charge works on the gate. */
export const transistorDevice = z.strictObject({
  ...deviceShape,
  dark: channelDark,
  internalQuantumEfficiency: efficiency,
  trapLifetime: quantity("s", { min: 1e-12, max: 1e3 }, "Of the trapped charge."),
  mobility,
  channelLength,
  gatePoints: z.array(gatePoint).min(1).describe("The operating gate voltage first."),
});
