import { z } from "zod";
import { published } from "./published-section.ts";
import { choice, documentName, quantity, quantityIn } from "./quantity.ts";

const head = { kind: z.literal("emitter"), name: documentName, title: z.string().min(1) };
const wavelength = quantity("nm", { min: 300, max: 4000 }, "Centre wavelength.");

/** A pulsed light source whose light is matched to the field of view. */
export const pulsedLaserSchema = z.strictObject({
  ...head,
  type: z.literal("pulsed-laser").exactOptional(),
  wavelength,
  pulseWidth: quantity("ns", { min: 0.1, max: 10_000 }, "Full width of a rectangular pulse."),
  repetition: quantity("Hz", { min: 1, max: 1e8 }, "Pulse rate while gates are exposed."),
  peakPower: quantity("W", { min: 0, max: 1e6 }, "Optical power during the pulse."),
});

const PUMP_UNITS = ["J/cm2", "W/cm2", "W"] as const;

/** An optically pumped laser of quantum dots. */
export const pumpedLaserSchema = z.strictObject({
  ...head,
  type: z.literal("pumped-laser"),
  wavelength,
  tunableFrom: quantity("nm", { min: 300, max: 4000 }, "Short end of the tuning range.").exactOptional(),
  tunableTo: quantity("nm", { min: 300, max: 4000 }, "Long end of the tuning range.").exactOptional(),
  pumpWavelength: quantity("nm", { min: 200, max: 4000 }, "Of the pump."),
  pump: choice(["pulsed", "continuous"], "How it is pumped."),
  threshold: quantityIn(PUMP_UNITS, { min: 0, max: 1e12 }, "Pump level at which it lases."),
  operatingPump: quantityIn(
    PUMP_UNITS,
    { min: 0, max: 1e12 },
    "Pump level in use, in the unit of the threshold.",
  ),
  linewidth: quantity("eV", { min: 1e-9, max: 0.2 }, "Full width at half maximum of the line."),
  gain: quantity("1/cm", { min: 0, max: 1e5 }, "Of the medium."),
  temperature: choice(["cryogenic", "room", "both"], "Where it lases."),
  slopeEfficiency: quantity("1", { min: 0, max: 1 }, "Output per pump above the threshold."),
  published,
});

/** A light-emitting diode. */
export const ledSchema = z.strictObject({
  ...head,
  type: z.literal("led"),
  wavelength,
  fwhm: quantity("nm", { min: 0.1, max: 500 }, "Full width at half maximum of the electroluminescence."),
  eqe: quantity("1", { min: 0, max: 1 }, "Photons out per electron in."),
  lifetime: quantity("ns", { min: 0.01, max: 1e6 }, "Effective lifetime of the luminescence."),
  angular: choice(["lambertian"], "Radiant intensity by angle."),
  ageing: z.strictObject({
    t50: quantity("min", { min: 1e-3, max: 1e9 }, "Time to half of the luminance."),
    luminance: quantity("cd/m2", { min: 1e-3, max: 1e7 }, "Initial luminance of t50."),
    acceleration: quantity("1", { min: 0.1, max: 10 }, "n of L0^n T50 = const."),
  }),
  published,
});

/** Schema of each type. */
export const EMITTER_SCHEMAS = {
  "pulsed-laser": pulsedLaserSchema,
  "pumped-laser": pumpedLaserSchema,
  led: ledSchema,
} as const;

export const emitterSchema = z.discriminatedUnion("type", [pulsedLaserSchema, pumpedLaserSchema, ledSchema]);

export type PulsedLaserDocument = z.infer<typeof pulsedLaserSchema>;
export type PumpedLaserDocument = z.infer<typeof pumpedLaserSchema>;
export type LedDocument = z.infer<typeof ledSchema>;
export type EmitterDocument = z.infer<typeof emitterSchema>;
