import { z } from "zod";
import { paperSource } from "./quantity.ts";

const READINGS = ["exact", "about", "below", "at-most", "above", "range"] as const;

const figure = z.strictObject({
  quantity: z
    .string()
    .regex(/^[a-z][a-zA-Z0-9]*$/)
    .describe("a name in camel case such as fallTime"),
  values: z
    .array(z.number())
    .min(1)
    .max(2)
    .describe("As printed; both ends of a range in the paper's order."),
  unit: z.string().min(1),
  source: paperSource,
  reading: z.enum(READINGS).describe("How the paper qualifies the number."),
  uncertainty: z.number().min(0).exactOptional(),
  wavelengthNm: z.number().min(200).max(10_000).exactOptional(),
  biasV: z.number().min(-100).max(100).exactOptional(),
  gateV: z.number().min(-200).max(200).exactOptional(),
  frequencyHz: z.number().min(0).max(1e15).exactOptional(),
  temperatureK: z.number().min(0).max(2000).exactOptional(),
  condition: z
    .string()
    .min(1)
    .describe("Row of a material's table, or what falls on a cell.")
    .exactOptional(),
  flag: z.string().min(1).describe("A misprint or contradiction in the source.").exactOptional(),
});

/** Figures as printed: experiments are compared with them, the physics never reads them. */
export const published = z.array(figure);
