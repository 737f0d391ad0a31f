// What the film is made of and how: "material=…", and one of "ligand=…", "anneal=…", "linker=…" with "layers=…".

import { PHOTON_EV_NM } from "../../../hw-profiles/derive/constants.ts";
import { photodiodeRiseTimeS } from "../../../hw-profiles/derive/response-time.ts";
import {
  diffusionCm2PerS,
  diffusionTimeS,
  nmToCm,
  transitTimeS,
} from "../../../hw-profiles/derive/transport.ts";
import type { MaterialProfile, SuperlatticeMaterial } from "../../../hw-profiles/device-profile.ts";
import { documentNames, findFile, readDocument } from "../../../hw-profiles/load/document-files.ts";
import { loadMaterial } from "../../../hw-profiles/load/load-part.ts";
import { DesignError } from "../design-error.ts";
import { applyDetector } from "./documents.ts";
import { annealedFilm, type FilmState, rowOf, superlatticeFilm } from "./film-state.ts";
import { type DesignParts, isPart, type Part } from "./parts.ts";

export const FILM_WORDS = ["material", "ligand", "anneal", "linker", "layers"] as const;

type Texts = ReadonlyMap<string, string>;

/** The word that tells the films of a material apart. */
const PROCESS_WORD = { ligand: "ligand", annealed: "anneal", superlattice: "linker" } as const;
/** No chip follows faster, and no laser's edge is steeper: films that are count as this fast. */
const FASTEST_NS = 1;
const THERMAL_V = 0.02585;
const [FEWEST_LAYERS, MOST_LAYERS] = [1, 1000];

/**
 * Choose or make the film. Where a photodiode of this material and process was measured, its document is taken; else the
 * present detector keeps geometry, efficiency at the peak and dark current, and edge and response follow from the material.
 * @throws DesignError for settings that exclude one another.
 */
export function applyFilm(design: DesignParts, texts: Texts, extrapolate: boolean): void {
  const given = FILM_WORDS.filter((word) => texts.has(word));
  if (given.length === 0) return;
  const material = loadMaterial(materialName(design, texts));
  refuseOtherWords(material, given);
  const process = texts.get(PROCESS_WORD[material.family]);
  if (useMeasured(design, texts, material, process)) return;
  if (material.family === "ligand") throw unmeasured(material.name, process);
  makeFilm(
    design,
    material,
    filmOf(material, process, texts.get("layers"), extrapolate),
    biasOf(design, texts),
  );
}

/** The device section's material, if the document has one. */
function filmIn({ device }: Part): { readonly material?: string; readonly process?: string } {
  if (!isPart(device)) return {};
  const { material, process } = device;
  return {
    ...(typeof material === "string" ? { material } : {}),
    ...(typeof process === "string" ? { process } : {}),
  };
}

function materialName(design: DesignParts, texts: Texts): string {
  const { material } = filmIn(design.parts.detector);
  const asked = texts.get("material");
  const detector = texts.get("detector");
  if (asked !== undefined && detector !== undefined && asked !== material) {
    throw new DesignError(
      `set: found detector=${detector}, which is made of ${material ?? "an unnamed material"}, and material=${asked}; leave one of them out`,
    );
  }
  const name = asked ?? material;
  if (name !== undefined) return name;
  throw new DesignError(
    `set: found ${[...texts.keys()].join(", ")} for detector ${String(design.parts.detector["name"])}, which names no material; add material=NAME`,
  );
}

function refuseOtherWords(material: MaterialProfile, given: readonly string[]): void {
  const allowed: readonly string[] = [
    "material",
    PROCESS_WORD[material.family],
    ...(material.family === "superlattice" ? ["layers"] : []),
  ];
  const wrong = given.find((word) => !allowed.includes(word));
  if (wrong === undefined) return;
  throw new DesignError(
    `set: found ${wrong} for ${material.name}, whose films differ by ${PROCESS_WORD[material.family]}; expected ` +
      `${allowed.join(", ")}`,
  );
}

/** Takes the document of a photodiode that was measured with this film, if there is one. */
function useMeasured(
  design: DesignParts,
  texts: Texts,
  material: MaterialProfile,
  process: string | undefined,
): boolean {
  const isSame = (film: { readonly material?: string; readonly process?: string }) =>
    film.material === material.name && (process === undefined || film.process === process);
  if (isSame(filmIn(design.parts.detector))) return !texts.has("layers");
  const name = chooseMeasured(
    measuredFilms()
      .filter(isSame)
      .map(({ name }) => name),
    material.name,
    process,
  );
  if (name === undefined || texts.has("layers")) return false;
  if (texts.has("detector")) {
    throw new DesignError(
      `set: found detector=${texts.get("detector")} and ${PROCESS_WORD[material.family]}=${process}, which is the detector ${name}; leave one of them out`,
    );
  }
  applyDetector(design, name);
  design.notes.push(`detector ${name}, the photodiode that was measured with this film`);
  return true;
}

/** Film of every photodiode of the package whose document tells it. */
function measuredFilms(): readonly {
  readonly name: string;
  readonly material: string;
  readonly process?: string;
}[] {
  return documentNames("detector").flatMap((name) => {
    const document = readDocument(findFile("detector", name));
    if (!isPart(document) || (document["structure"] ?? "photodiode") !== "photodiode") return [];
    const film = filmIn(document);
    return film.material === undefined ? [] : [{ name, ...film, material: film.material }];
  });
}

/** The one that was measured, or the one that bears the names of material and process. */
function chooseMeasured(
  names: readonly string[],
  material: string,
  process: string | undefined,
): string | undefined {
  const named = `${material}-${process ?? ""}`.toLowerCase();
  if (names.length < 2) return names[0];
  if (names.includes(named)) return named;
  throw new DesignError(
    `set: found material=${material}, of which several photodiodes were measured; expected one of them as detector=NAME: ${names.join(", ")}`,
  );
}

function unmeasured(material: string, process: string | undefined): DesignError {
  const known = new Set(
    measuredFilms().flatMap((film) =>
      film.material === material && film.process !== undefined ? [film.process] : [],
    ),
  );
  return new DesignError(
    `set: found ligand=${process ?? "nothing"}, expected one of ${[...known].join(", ")}: of other ligands on ${material} no photodiode was measured`,
  );
}

function filmOf(
  material: Exclude<MaterialProfile, { family: "ligand" }>,
  process: string | undefined,
  layers: string | undefined,
  extrapolate: boolean,
): FilmState {
  if (process === undefined) {
    throw new DesignError(
      `set: found material=${material.name} alone, expected ${PROCESS_WORD[material.family]}=… with it`,
    );
  }
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

/** The bias that the film will have; a text that is no number is told where the bias is set. */
function biasOf(design: DesignParts, texts: Texts): number {
  const asked = Number(texts.get("bias"));
  return Number.isFinite(asked) ? asked : design.number("detector", "operatingBias");
}

/** Edge and response of the material on the present detector's geometry. */
function makeFilm(design: DesignParts, material: MaterialProfile, film: FilmState, biasV: number): void {
  const detector = String(design.parts.detector["name"]);
  if (!isPart(design.parts.detector["device"])) {
    throw new DesignError(
      `set: found detector ${detector} without geometry (device), expected one with it to make another film on`,
    );
  }
  const thicknessNm = design.number("detector", "device.thickness");
  const lengthCm = nmToCm(thicknessNm);
  const voltageV = Math.max(THERMAL_V, Math.abs(biasV));
  const driftS = transitTimeS(lengthCm, film.mobilityCm2PerVs, voltageV);
  const diffusionS = diffusionTimeS(lengthCm, diffusionCm2PerS(film.mobilityCm2PerVs, THERMAL_V));
  // Carriers drift through the depleted film: diffusion counts only where it would be faster than the field.
  const riseS = photodiodeRiseTimeS({ driftS: Math.min(driftS, diffusionS), rcS: 0, diffusionS: 0 });
  const fallNs = Math.max(FASTEST_NS, riseS * 1e9);
  const peakNm = PHOTON_EV_NM / film.edgeEv;
  design.write("detector", "fallTime", fallNs, material.name);
  design.write("detector", "device.spectrum.peak", peakNm, material.name);
  design.write("detector", "device.spectrum.halfWidth", material.edgeHalfWidthEv, material.name);
  design.write("detector", "film.wavelength", peakNm, material.name);
  design.rename("detector", `${material.name}-film`, `Film of ${material.title} in the place of ${detector}`);
  design.notes.push(
    ...film.notes,
    `film of ${material.name}: mobility ${Number(film.mobilityCm2PerVs.toPrecision(3))} cm2/(V s), edge at ${Math.round(peakNm)} nm, transit ` +
      `${Number((driftS * 1e9).toPrecision(3))} ns${riseS * 1e9 < FASTEST_NS ? ` (counts as ${FASTEST_NS} ns)` : ""}; geometry, efficiency at the peak and dark current are those of ${detector}, as no photodiode of it was measured`,
  );
}
