import { z } from "zod";
import { documentName, quantity } from "./quantity.ts";

const eqePoint = z.strictObject({
  bias: quantity("V", { min: -20, max: 1 }, "Bias; negative is reverse."),
  eqe: quantity(
    "1",
    { min: 0, max: 1 },
    "External quantum efficiency at the wavelength of emitter or scene.",
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

/** A photodiode film, as measured. */
export const detectorSchema = z.strictObject({
  kind: z.literal("detector"),
  name: documentName,
  title: z.string().min(1),
  material: z.string().min(1),
  eqePoints: z.array(eqePoint).min(1).describe("By rising bias; interpolated linearly, held at the ends."),
  operatingBias: quantity("V", { min: -20, max: 1 }, "Bias while light is collected."),
  fallTime: quantity(
    "ns",
    { min: 0.1, max: 10_000 },
    "90-10 % fall time of one pole; tau = fall time / ln 9.",
  ),
  slowTailFraction: quantity(
    "1",
    { min: 0, max: 0.9 },
    "Share of the charge that arrives with the slow pole.",
  ),
  slowTailTau: quantity("ns", { min: 0.1, max: 100_000 }, "Time constant of the slow pole."),
  darkCurrentDensity: quantity("A/cm2", { min: 0, max: 1 }, "At the reference temperature and bias."),
  darkReferenceTemperature: quantity("K", { min: 150, max: 450 }, "Temperature of the dark current."),
  darkActivation: quantity("eV", { min: 0, max: 2 }, "Activation energy of the dark current."),
  darkSpread: quantity(
    "1",
    { min: 0, max: 2 },
    "Lognormal sigma (natural log) of the dark current over pixels.",
  ),
  responseSpread: quantity("1", { min: 0, max: 0.5 }, "Relative rms of the response over pixels."),
  film: film.describe("For imaging sensors.").optional(),
});

export type DetectorDocument = z.infer<typeof detectorSchema>;
