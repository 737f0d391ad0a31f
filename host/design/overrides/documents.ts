// Settings that put another document in the place of the sensor's: "detector=pbs-reference", "emitter=...".

import { findPartFile, readDocument } from "../../../hw-profiles/load/document-files.ts";
import { ProfileError } from "../../../hw-profiles/resolve/profile-error.ts";
import { lintDocument } from "../../../hw-profiles/schema/lint-document.ts";
import { DesignError } from "../design-error.ts";
import { type DesignParts, isPart, type Part } from "./parts.ts";

/** A document of the package or beside the sensor, checked on its own. */
function readPart(kind: "detector" | "emitter", name: string, design: DesignParts): Part {
  const file = findPartFile(kind, name, design.files.sensor);
  const document = readDocument(file);
  const issues = lintDocument(document, kind, file);
  if (issues.length > 0 || !isPart(document)) throw new ProfileError(issues);
  return document;
}

/** @throws ProfileError for an unknown name, DesignError for a device that no pixel can read. */
export function applyDetector(design: DesignParts, name: string): void {
  const document = readPart("detector", name, design);
  const structure = document["structure"] ?? "photodiode";
  if (structure !== "photodiode") {
    throw new DesignError(
      `set: found detector=${name}, a ${String(structure)}; expected a photodiode, as a pixel collects charge and a ` +
        `${String(structure)} passes a steady current; cqd bench measures it`,
    );
  }
  design.replace("detector", document);
}

/** @throws ProfileError for an unknown name, DesignError for a light that makes no pulses. */
export function applyEmitter(design: DesignParts, name: string): void {
  const document = readPart("emitter", name, design);
  const type = document["type"] ?? "pulsed-laser";
  if (type !== "pulsed-laser") {
    throw new DesignError(
      `set: found emitter=${name}, a ${String(type)} without pulse width, rate and peak power; expected a pulsed laser ` +
        "such as laser-940nm-39ns; wavelength=NM moves its line",
    );
  }
  design.replace("emitter", document);
}
