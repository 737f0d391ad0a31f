// Where the numbers of the chain from material to film come from: paths of the documents' values, and their sources.

import { processNames } from "../derive/film.ts";
import type { MaterialProfile } from "../device-profile.ts";
import type { DerivedValue } from "./derived-value.ts";
import type { ExplainedValue } from "./list-values.ts";

/** Paths of the values that a step of the chain uses. */
const PATHS: Readonly<Record<string, readonly string[]>> = {
  bandEdge: ["material.edge"],
  transitTime: ["detector.device.thickness", "detector.device.builtIn", "detector.operatingBias"],
  filmCapacitance: ["detector.device.relativePermittivity", "detector.device.thickness"],
  rcTime: ["detector.device.load"],
  fallTime: ["detector.fallTime", "detector.device.responseModel"],
};

/** Paths behind the mobility of a row of the material's table. */
function mobilityPaths(material: MaterialProfile, process: string | undefined): readonly string[] {
  const row = process === undefined ? 0 : processNames(material).indexOf(process);
  switch (material.family) {
    case "ligand":
      return [`material.ligands.${row}.mobility`];
    case "annealed": {
      const ofRow = ["scatteringTime", "persistence"].map((key) => `material.anneals.${row}.${key}`);
      return [...(row < 0 ? [] : ofRow), "material.effectiveMass"];
    }
    case "superlattice":
      return ["material.mobility", "material.barrier", "material.effectiveMass"];
  }
}

/** The chain with the sources of its inputs as last steps. */
export function withSources(
  chain: readonly DerivedValue[],
  values: readonly ExplainedValue[],
  material: MaterialProfile,
  process: string | undefined,
): DerivedValue[] {
  const sources = new Map(values.map(({ path, source }) => [path, source]));
  return chain.map((step) => {
    const paths = step.name === "mobility" ? mobilityPaths(material, process) : (PATHS[step.name] ?? []);
    const lines = paths.flatMap((path) => {
      const source = sources.get(path);
      return source === undefined ? [] : [`${path}: ${source}`];
    });
    return { ...step, steps: [...step.steps, ...lines] };
  });
}
