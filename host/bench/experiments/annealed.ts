import type { AnnealedMaterial } from "../../../hw-profiles/device-profile.ts";
import type { BenchContext } from "../run/experiment.ts";

/** Annealed materials of the laboratory. */
export function annealedNames({ laboratory, documents }: BenchContext): readonly string[] {
  return laboratory.materials.filter((name) => documents.material(name).family === "annealed");
}

/** Document of an annealed material. @throws RangeError for another family. */
export function annealedOf({ documents }: BenchContext, name: string): AnnealedMaterial {
  const material = documents.material(name);
  if (material.family === "annealed") return material;
  throw new RangeError(`found ${name} of family ${material.family}, expected "annealed"`);
}

/** Quantities of the Drude-Smith fits. */
export const DRUDE_SMITH: readonly string[] = ["scatteringTime", "persistence", "carrierDensity"];
