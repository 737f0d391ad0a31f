import { z } from "zod";
import { documentName, quantity } from "./quantity.ts";

/** A pulsed light source whose light is matched to the field of view. */
export const emitterSchema = z.strictObject({
  kind: z.literal("emitter"),
  name: documentName,
  title: z.string().min(1),
  wavelength: quantity("nm", { min: 300, max: 4000 }, "Centre wavelength."),
  pulseWidth: quantity("ns", { min: 0.1, max: 10_000 }, "Full width of a rectangular pulse."),
  repetition: quantity("Hz", { min: 1, max: 1e8 }, "Pulse rate while gates are exposed."),
  peakPower: quantity("W", { min: 0, max: 1e6 }, "Optical power during the pulse."),
});

export type EmitterDocument = z.infer<typeof emitterSchema>;
