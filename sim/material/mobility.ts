/** Mobility of a film by its process: from the document's table, or by Drude and Smith from what the anneal left. */
import { drudeSmithMobilityCm2PerVs } from "../../hw-profiles/derive/transport.ts";
import type { MaterialProfile } from "../../hw-profiles/device-profile.ts";
import { annealedState, ligandStep } from "./process.ts";

/** cm2/(V s); undefined where the material has neither a mobility nor the means to derive one. */
export function filmMobility(material: MaterialProfile, process?: string): number | undefined {
  if (material.family === "ligand") return ligandStep(material, process).mobilityCm2PerVs;
  if (material.family === "superlattice") return material.mobilityCm2PerVs;
  const { scatteringTimeFs, persistence } = annealedState(material, process);
  if (scatteringTimeFs === undefined || persistence === undefined) return undefined;
  if (material.effectiveMass === undefined) return undefined;
  return drudeSmithMobilityCm2PerVs(scatteringTimeFs, persistence, material.effectiveMass);
}
