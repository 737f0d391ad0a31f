import { z } from "zod";
import { conductorDevice, diodeDevice, MAX_RESPONSE_NS, transistorDevice } from "./device-section.ts";
import { documentName, quantity } from "./quantity.ts";

const eqePoint = z.strictObject({
  bias: quantity("V", { min: -20, max: 1 }, "Bias; negative is reverse."),
  eqe: quantity(
    "1",
    { min: 0, max: 1000 },
    "External quantum efficiency at the wavelength of emitter or scene; above 1 on the bench only.",
  ),
});

/** What imaging needs to know besides: there the light has one wavelength, and the bias falls while the node fills. */
const film = z.strictObject({
  wavelength: quantity(
    "nm",
    { min: 300, max: 4000 },
    "Wavelength of the EQE points; imaging scenes send this light.",
  ),
  ideality: quantity("1", { min: 0.5, max: 20 }, "Ideality n of the dark current J0 [1 - exp(q V / n k T)]."),
  shuntShare: quantity(
    "1",
    { min: 0, max: 1 },
    "Share of the dark current at the operating bias that flows through the shunt.",
  ),
});

const head = {
  kind: z.literal("detector"),
  name: documentName,
  title: z.string().min(1),
  material: z.string().min(1),
};

const dark = {
  darkCurrentDensity: quantity("A/cm2", { min: 0, max: 1e4 }, "At the reference temperature and bias."),
  darkReferenceTemperature: quantity("K", { min: 150, max: 450 }, "Temperature of the dark current."),
  darkActivation: quantity("eV", { min: 0, max: 2 }, "Activation energy of the dark current."),
};

const fallTime = quantity(
  "ns",
  { min: 0.1, max: MAX_RESPONSE_NS },
  "90-10 % fall time of one pole; tau = fall time / ln 9.",
);

/** A photodiode film, as measured. What sensors need; `film` for imaging; `device` for the bench and the design tool. */
export const photodiodeSchema = z.strictObject({
  ...head,
  structure: z.literal("photodiode").exactOptional(),
  eqePoints: z.array(eqePoint).min(1).describe("By rising bias; interpolated linearly, held at the ends."),
  operatingBias: quantity("V", { min: -20, max: 1 }, "Bias while light is collected."),
  fallTime,
  slowTailFraction: quantity(
    "1",
    { min: 0, max: 0.9 },
    "Share of the charge that arrives with the slow pole.",
  ),
  slowTailTau: quantity("ns", { min: 0.1, max: MAX_RESPONSE_NS }, "Time constant of the slow pole."),
  ...dark,
  darkSpread: quantity(
    "1",
    { min: 0, max: 2 },
    "Lognormal sigma (natural log) of the dark current over pixels.",
  ),
  responseSpread: quantity("1", { min: 0, max: 0.5 }, "Relative rms of the response over pixels."),
  film: film.describe("For imaging sensors and the bench.").optional(),
  device: diodeDevice.describe("For the bench and the design tool.").exactOptional(),
});

/** A film between two contacts. No sensor integrates its current: for the bench only. */
export const photoconductorSchema = z.strictObject({
  ...head,
  structure: z.literal("photoconductor"),
  operatingBias: quantity("V", { min: -1000, max: 1000 }, "Voltage along the channel."),
  fallTime,
  ...dark,
  device: conductorDevice,
});

/** A channel with a gate. No sensor integrates its current: for the bench only. */
export const phototransistorSchema = z.strictObject({
  ...head,
  structure: z.literal("phototransistor"),
  operatingBias: quantity("V", { min: -1000, max: 1000 }, "Drain voltage."),
  fallTime,
  ...dark,
  device: transistorDevice,
});

/** Schema of each structure. */
export const DETECTOR_SCHEMAS = {
  photodiode: photodiodeSchema,
  photoconductor: photoconductorSchema,
  phototransistor: phototransistorSchema,
} as const;

export const detectorSchema = z.discriminatedUnion("structure", [
  photodiodeSchema,
  photoconductorSchema,
  phototransistorSchema,
]);

export type PhotodiodeDocument = z.infer<typeof photodiodeSchema>;
export type PhotoconductorDocument = z.infer<typeof photoconductorSchema>;
export type PhototransistorDocument = z.infer<typeof phototransistorSchema>;
export type DetectorDocument = z.infer<typeof detectorSchema>;
