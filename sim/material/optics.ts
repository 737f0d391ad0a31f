/**
 * Where and how wide a film absorbs and emits. Ligands: the emission lies below the edge by the Stokes shift. Anneals move both
 * with the gap. Superlattices: emission by E(T) and Gamma(T), absorption by the edge, both moved by the layers' coupling.
 *
 * Not modelled: asymmetric lines, reabsorption, higher excitons, temperature of families other than superlattices.
 */
import { filmEdgeEv, rowOf } from "../../hw-profiles/derive/film.ts";
import type { MaterialProfile, SuperlatticeMaterial } from "../../hw-profiles/device-profile.ts";
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
  const linker = rowOf(material, material.linkers, process);
  const shiftEv = layerShiftMev(material, linker, layers) * 1e-3;
  const emission = edgeAtTemperatureEv(material.temperature, temperatureK);
  const warming = emission - edgeAtTemperatureEv(material.temperature, ROOM_TEMPERATURE_K);
  return {
    absorptionEv: material.edgeEv + warming + shiftEv,
    absorptionHalfWidthEv: material.edgeHalfWidthEv,
    emissionEv: emission + shiftEv,
    emissionHalfWidthEv: broadeningEv(material.temperature, temperatureK) / 2,
  };
}

function stokesShiftMev(material: MaterialProfile, process?: string): number {
  if (material.family !== "ligand") return 0;
  return rowOf(material, material.ligands, process).stokesShiftMev ?? 0;
}

/** Lines of a film. @throws ProfileError for an unknown process, and for an anneal outside of the series. */
export function filmLines(material: MaterialProfile, state: FilmState): FilmLines {
  if (material.family === "superlattice") return superlatticeLines(material, state);
  const absorptionEv = filmEdgeEv(material, state.process).value;
  const halfWidth = material.edgeHalfWidthEv;
  return {
    absorptionEv,
    absorptionHalfWidthEv: halfWidth,
    emissionEv: absorptionEv - stokesShiftMev(material, state.process) * 1e-3,
    emissionHalfWidthEv: halfWidth,
  };
}
