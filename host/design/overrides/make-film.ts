// A film that no photodiode was made of: edge and response of the material on the present detector's geometry.

import { PHOTON_EV_NM } from "../../../hw-profiles/derive/constants.ts";
import {
  diffusionCm2PerS,
  diffusionTimeS,
  nmToCm,
  transitTimeS,
} from "../../../hw-profiles/derive/transport.ts";
import type {
  LigandMaterial,
  MaterialProfile,
  SuperlatticeMaterial,
} from "../../../hw-profiles/device-profile.ts";
import { DesignError } from "../design-error.ts";
import { annealedFilm, type FilmState, rowOf, superlatticeFilm } from "./film-state.ts";
import { type DesignParts, isPart } from "./parts.ts";

/** How the film is made, as the user says it. */
export interface FilmProcess {
  /** Anneal in degrees C, or linker. */
  readonly process: string;
  readonly layers: string | undefined;
  /** V; the document's where undefined. */
  readonly bias: string | undefined;
  readonly extrapolate: boolean;
}

/** No chip follows faster, and no laser's edge is steeper: films that are count as this fast. */
const FASTEST_NS = 1;
/** k_B T / q at 300 K. */
const THERMAL_V = 0.02585;
const [FEWEST_LAYERS, MOST_LAYERS] = [1, 1000];

/**
 * Put the film in the place of the detector's, whose geometry, efficiency at the peak and dark current stay. The fall time is that of
 * carriers across it: by the field, or by diffusion where that is faster.
 * @throws DesignError for a process that the material does not have, or a detector without geometry.
 */
export function makeFilm(
  design: DesignParts,
  material: Exclude<MaterialProfile, LigandMaterial>,
  process: FilmProcess,
): void {
  const detector = String(design.parts.detector["name"]);
  if (!isPart(design.parts.detector["device"])) {
    throw new DesignError(
      `set: found detector ${detector} without geometry (device), expected one with it to make another film on`,
    );
  }
  const film = filmOf(material, process);
  const transitNs = 1e9 * transitS(design, film.mobilityCm2PerVs, process.bias);
  const peakNm = PHOTON_EV_NM / film.edgeEv;
  design.write("detector", "fallTime", Math.max(FASTEST_NS, transitNs), material.name);
  design.write("detector", "device.spectrum.peak", peakNm, material.name);
  design.write("detector", "device.spectrum.halfWidth", material.edgeHalfWidthEv, material.name);
  design.write("detector", "film.wavelength", peakNm, material.name);
  design.rename("detector", `${material.name}-film`, `Film of ${material.title} in the place of ${detector}`);
  const short = transitNs < FASTEST_NS ? ` (counts as ${FASTEST_NS} ns)` : "";
  design.notes.push(
    ...film.notes,
    `film of ${material.name}: mobility ${digits(film.mobilityCm2PerVs)} cm2/(V s), edge at ${Math.round(peakNm)} nm, transit ` +
      `${digits(transitNs)} ns${short}; geometry, efficiency at the peak and dark current are those of ${detector}, as no photodiode of it was measured`,
  );
}

function digits(value: number): number {
  return Number(value.toPrecision(3));
}

function transitS(design: DesignParts, mobilityCm2PerVs: number, bias: string | undefined): number {
  const asked = Number(bias);
  // A bias that is no number is told where the bias is set.
  const biasV = Number.isFinite(asked) ? asked : design.number("detector", "operatingBias");
  const lengthCm = nmToCm(design.number("detector", "device.thickness"));
  const driftS = transitTimeS(lengthCm, mobilityCm2PerVs, Math.max(THERMAL_V, Math.abs(biasV)));
  return Math.min(driftS, diffusionTimeS(lengthCm, diffusionCm2PerS(mobilityCm2PerVs, THERMAL_V)));
}

function filmOf(
  material: Exclude<MaterialProfile, LigandMaterial>,
  { extrapolate, layers, process }: FilmProcess,
): FilmState {
  if (material.family === "annealed") return annealedFilm(material, annealOf(process), extrapolate);
  const linker = rowOf(material, "linker", material.linkers, (row) => row.linker, process);
  return superlatticeFilm(material, linker, layersOf(material, layers));
}

function annealOf(text: string): number {
  const annealC = text.trim() === "" ? Number.NaN : Number(text);
  if (Number.isFinite(annealC)) return annealC;
  throw new DesignError(`set: found anneal=${text}, expected a temperature in degrees Celsius`);
}

function layersOf({ name }: SuperlatticeMaterial, text = "8"): number {
  const layers = Number(text);
  if (Number.isInteger(layers) && layers >= FEWEST_LAYERS && layers <= MOST_LAYERS) return layers;
  throw new DesignError(
    `set: found layers=${text} for ${name}, expected a whole number from ${FEWEST_LAYERS} to ${MOST_LAYERS}`,
  );
}
