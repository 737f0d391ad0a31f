import { z } from "zod";
import { published } from "./published-section.ts";
import { choice, documentName, quantity } from "./quantity.ts";

const share = (doc: string) => quantity("1", { min: 0, max: 1 }, doc).exactOptional();
const peak = quantity("nm", { min: 300, max: 4000 }, "Exciton peak of the absorber.").exactOptional();

/** A solar or laser-power cell. */
export const powerSchema = z.strictObject({
  kind: z.literal("power"),
  name: documentName,
  title: z.string().min(1),
  type: choice(["single-junction", "tandem", "laser-power"], "Build."),
  peak,
  secondPeak: peak,
  efficiency: z.strictObject({
    am15: share("Under AM1.5."),
    behindPerovskite: share("Behind a perovskite filter, of the full irradiance of AM1.5."),
    behindSilicon: share("Behind a silicon filter, of the full irradiance of AM1.5."),
    laser1550: share("Under a laser of 1550 nm."),
  }),
  published,
});

export type PowerDocument = z.infer<typeof powerSchema>;
