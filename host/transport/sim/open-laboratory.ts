import type { DocumentKind } from "../../../hw-profiles/document-kind.ts";
import { documentNames, findFile, readDocument } from "../../../hw-profiles/load/document-files.ts";
import {
  loadDevice,
  loadLightSource,
  loadMaterial,
  loadPowerCell,
  loadSpectrum,
} from "../../../hw-profiles/load/load-part.ts";
import { type Shelf, Laboratory as SimulatedLaboratory } from "../../../sim/lab/laboratory.ts";
import type { Laboratory } from "../../bench/laboratory.ts";

/** Spectrum document of the sun that cells are measured under. */
const SUN = "am15";

/** Names of the package's documents of a kind whose content fits. */
function namesWhere(kind: DocumentKind, fits: (document: object) => boolean): string[] {
  return documentNames(kind).filter((name) => {
    const document = readDocument(findFile(kind, name));
    return typeof document === "object" && document !== null && fits(document);
  });
}

function isSample(emitter: object): boolean {
  return "type" in emitter && emitter.type !== "pulsed-laser";
}

/** The package's documents. Detectors without a section `device` are known as parts of sensors only. */
export function packageShelf(): Shelf {
  return {
    devices: namesWhere("detector", (document) => "device" in document),
    materials: documentNames("material"),
    sources: namesWhere("emitter", isSample),
    cells: documentNames("power"),
    loadDevice,
    loadMaterial,
    loadSource: loadLightSource,
    loadCell: loadPowerCell,
    loadSun: () => loadSpectrum(SUN),
  };
}

/**
 * The simulated laboratory with all of the package's documents, or with those of another shelf.
 * `device`, `material`, `source` and `cell` also take paths. They throw ProfileError for unknown or wrong documents.
 */
export function openLaboratory(shelf: Shelf = packageShelf()): Laboratory {
  return new SimulatedLaboratory(shelf) satisfies Laboratory;
}
