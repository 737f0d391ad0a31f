import { z } from "zod";
import { published } from "./published-section.ts";
import { documentName, quantity, quantityList, source } from "./quantity.ts";

const values = z
  .strictObject({
    value: z.array(z.number().min(0).max(1e6)).min(1),
    unit: z.enum(["W/m2/nm", "1"]),
    source,
  })
  .describe("One for each wavelength: irradiance, or transmission.");

/** Linear between the points, 0 outside. */
export const spectrumSchema = z.strictObject({
  kind: z.literal("spectrum"),
  name: documentName,
  title: z.string().min(1),
  wavelengths: quantityList("nm", { min: 100, max: 20_000 }, "Rising."),
  values,
  relativeError: quantity("1", { min: 0, max: 10 }, "Of the values against what they stand for."),
  published,
});

export type SpectrumDocument = z.infer<typeof spectrumSchema>;
