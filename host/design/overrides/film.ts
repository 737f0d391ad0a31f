// What the film is made of and how: "material=…", and one of "ligand=…", "anneal=…", "linker=…" with "layers=…".

import type { MaterialProfile } from "../../../hw-profiles/device-profile.ts";
import { documentNames, findFile, readDocument } from "../../../hw-profiles/load/document-files.ts";
import { loadMaterial } from "../../../hw-profiles/load/load-part.ts";
import { DesignError } from "../design-error.ts";
import { applyDetector } from "./documents.ts";
import { makeFilm } from "./make-film.ts";
import { type DesignParts, isPart, type Part } from "./parts.ts";

export const FILM_WORDS = ["material", "ligand", "anneal", "linker", "layers"] as const;

type Texts = ReadonlyMap<string, string>;

/** The word that tells the films of a material apart. */
const PROCESS_WORD = { ligand: "ligand", annealed: "anneal", superlattice: "linker" } as const;

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
  if (process === undefined) {
    const word = PROCESS_WORD[material.family];
    throw new DesignError(`set: found material=${material.name} alone, expected ${word}=… with it`);
  }
  makeFilm(design, material, { process, layers: texts.get("layers"), bias: texts.get("bias"), extrapolate });
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
