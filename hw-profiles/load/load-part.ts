import type {
  DeviceProfile,
  LightSourceProfile,
  MaterialProfile,
  PowerCellProfile,
  SpectrumProfile,
} from "../device-profile.ts";
import type { DocumentKind } from "../document-kind.ts";
import { checkDevice, checkEmitter, checkMaterial, checkSpectrum } from "../resolve/check-parts.ts";
import type { Finding } from "../resolve/check-sensor.ts";
import { ProfileError } from "../resolve/profile-error.ts";
import {
  resolvePhotoconductor,
  resolvePhotodiode,
  resolvePhototransistor,
} from "../resolve/resolve-device.ts";
import { resolveLightSource } from "../resolve/resolve-light-source.ts";
import { resolveMaterial } from "../resolve/resolve-material.ts";
import { resolvePowerCell, resolveSpectrum } from "../resolve/resolve-power.ts";
import { type DetectorDocument, detectorSchema } from "../schema/detector-schema.ts";
import { emitterSchema } from "../schema/emitter-schema.ts";
import { lintDocument } from "../schema/lint-document.ts";
import { materialSchema } from "../schema/material-schema.ts";
import { powerSchema } from "../schema/power-schema.ts";
import { spectrumSchema } from "../schema/spectrum-schema.ts";
import { findFile, readDocument } from "./document-files.ts";

interface Schema<Document> {
  parse(document: unknown): Document;
}

/** Read a document of a kind that stands alone, check its shape, then what contradicts itself. Throws ProfileError. */
function readPart<Document>(
  kind: DocumentKind,
  nameOrPath: string,
  schema: Schema<Document>,
  check: (document: Document) => Finding[],
): { readonly document: Document; readonly file: string } {
  const file = findFile(kind, nameOrPath);
  const raw = readDocument(file);
  const issues = lintDocument(raw, kind, file);
  if (issues.length > 0) throw new ProfileError(issues);
  const document = schema.parse(raw);
  const findings = check(document);
  if (findings.length > 0) throw new ProfileError(findings.map((finding) => ({ file, ...finding })));
  return { document, file };
}

function resolveDevice(document: DetectorDocument, file: string): DeviceProfile {
  if (document.structure === "photoconductor") return resolvePhotoconductor(document);
  if (document.structure === "phototransistor") return resolvePhototransistor(document);
  const { device } = document;
  if (device !== undefined) return resolvePhotodiode(document, device);
  const expected = "an object with area, spectrum, noise and so on, which the bench needs";
  throw new ProfileError([{ file, path: "device", found: "nothing", expected }]);
}

/** Load a detector as a device of the bench, by name or path. Throws ProfileError. */
export function loadDevice(nameOrPath: string): DeviceProfile {
  const { document, file } = readPart("detector", nameOrPath, detectorSchema, checkDevice);
  return resolveDevice(document, file);
}

/** Load a light source, by name or path. Throws ProfileError; also for a laser that is pumped below its threshold. */
export function loadLightSource(nameOrPath: string): LightSourceProfile {
  return resolveLightSource(readPart("emitter", nameOrPath, emitterSchema, checkEmitter).document);
}

/** Load a material, by name or path. Throws ProfileError. */
export function loadMaterial(nameOrPath: string): MaterialProfile {
  return resolveMaterial(readPart("material", nameOrPath, materialSchema, checkMaterial).document);
}

/** Load a spectrum or filter, by name or path. Throws ProfileError. */
export function loadSpectrum(nameOrPath: string): SpectrumProfile {
  return resolveSpectrum(readPart("spectrum", nameOrPath, spectrumSchema, checkSpectrum).document);
}

/** Load a power cell, by name or path. Throws ProfileError. */
export function loadPowerCell(nameOrPath: string): PowerCellProfile {
  return resolvePowerCell(readPart("power", nameOrPath, powerSchema, () => []).document);
}
