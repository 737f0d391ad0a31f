/**
 * Where and how wide a film absorbs and emits. Ligands: the emission lies below the edge by the Stokes shift. Anneals move both
 * with the gap. Superlattices: emission by E(T) and Gamma(T), absorption by the edge, both moved by the layers' coupling.
 *
 * Not modelled: asymmetric lines, reabsorption, higher excitons, temperature of families other than superlattices.
 */
import type { MaterialProfile, SuperlatticeMaterial } from "../../hw-profiles/device-profile.ts";
import { annealedState, ligandStep, linkerStep } from "./process.ts";
import { layerShiftMev } from "./superlattice.ts";
import { broadeningEv, edgeAtTemperatureEv } from "./temperature.ts";

export const ROOM_TEMPERATURE_K = 300;

export interface FilmState {
  readonly process?: string;
  /** Default 1: no coupling between layers. */
  readonly layers?: number;
  readonly temperatureK?: number;
}

/** Peaks and half widths at half maximum, eV. */
export interface FilmLines {
  readonly absorptionEv: number;
  readonly absorptionHalfWidthEv: number;
  readonly emissionEv: number;
  readonly emissionHalfWidthEv: number;
}

function superlatticeLines(material: SuperlatticeMaterial, state: FilmState): FilmLines {
  const { process, layers = 1, temperatureK = ROOM_TEMPERATURE_K } = state;
  const shiftEv = layerShiftMev(material, linkerStep(material, process), layers) * 1e-3;
  const emission = edgeAtTemperatureEv(material.temperature, temperatureK);
  const warming = emission - edgeAtTemperatureEv(material.temperature, ROOM_TEMPERATURE_K);
  return {
    absorptionEv: material.edgeEv + warming + shiftEv,
    absorptionHalfWidthEv: material.edgeHalfWidthEv,
    emissionEv: emission + shiftEv,
    emissionHalfWidthEv: broadeningEv(material.temperature, temperatureK) / 2,
  };
}

/** Lines of a film. @throws RangeError for an unknown process. */
export function filmLines(material: MaterialProfile, state: FilmState): FilmLines {
  if (material.family === "superlattice") return superlatticeLines(material, state);
  const { edgeEv, edgeHalfWidthEv: halfWidth } = material;
  const annealed = material.family === "annealed" ? annealedState(material, state.process) : undefined;
  const stokesMev =
    material.family === "ligand" ? (ligandStep(material, state.process).stokesShiftMev ?? 0) : 0;
  const absorptionEv = annealed?.gapEv ?? edgeEv;
  return {
    absorptionEv,
    absorptionHalfWidthEv: halfWidth,
    emissionEv: absorptionEv - stokesMev * 1e-3,
    emissionHalfWidthEv: halfWidth,
  };
}
