import type { DocumentKind } from "../document-kind.ts";
import { resolvePhotodiode } from "../resolve/resolve-device.ts";
import { resolveMaterial } from "../resolve/resolve-material.ts";
import { resolveSensor, type SensorDocuments } from "../resolve/resolve-sensor.ts";
import { photodiodeSchema } from "../schema/detector-schema.ts";
import { materialSchema } from "../schema/material-schema.ts";
import type { SensorProfile } from "../sensor-profile.ts";
import { withSources } from "./chain-sources.ts";
import { deriveElectronics } from "./derive-electronics.ts";
import { deriveFallTime, deriveFilm } from "./derive-film.ts";
import { deriveImaging } from "./derive-imaging.ts";
import { deriveLight } from "./derive-light.ts";
import { deriveTiming } from "./derive-timing.ts";
import type { DerivedValue } from "./derived-value.ts";
import { type ExplainedValue, listValues } from "./list-values.ts";

export interface ProfileExplanation {
  readonly name: string;
  readonly title: string;
  /** Files of the documents: the one explained and those that it names. */
  readonly documents: Readonly<Partial<Record<DocumentKind, string>>>;
  /** Every value that the documents hold, with unit and source. */
  readonly values: readonly ExplainedValue[];
  /** What follows from them, step by step. */
  readonly derived: readonly DerivedValue[];
}

function quantityOf(values: readonly DerivedValue[], name: string): number {
  const found = values.find((value) => value.name === name);
  if (found === undefined) throw new Error(`found no derived value ${name}, expected one of the electronics`);
  return found.value;
}

/** Material to film, where the detector's document has a device section and names a material. */
function deriveChain(
  documents: SensorDocuments,
  profile: SensorProfile,
  values: readonly ExplainedValue[],
): DerivedValue[] {
  const { device } = photodiodeSchema.parse(documents.detector);
  if (device === undefined || documents.material === undefined) return [];
  const chain = {
    material: resolveMaterial(materialSchema.parse(documents.material)),
    device: resolvePhotodiode(photodiodeSchema.parse(documents.detector), device),
    areaCm2: (profile.array.pitchUm * 1e-4) ** 2 * profile.array.fillFactor,
  };
  const steps = [...deriveFilm(chain), deriveFallTime(chain, profile.detector.fallTimeNs)];
  return withSources(steps, values, chain.material, device.process);
}

function derive(profile: SensorProfile): DerivedValue[] {
  const electronics = deriveElectronics(profile);
  if (profile.mode === "lidar") return [...electronics, ...deriveLight(profile), ...deriveTiming(profile)];
  const charge = {
    gainEPerDn: quantityOf(electronics, "gain"),
    saturationE: quantityOf(electronics, "saturationSignal"),
    quantisationE: quantityOf(electronics, "quantisationNoise"),
    darkRateEPerS: quantityOf(electronics, "darkRate"),
  };
  return [...electronics, ...deriveImaging(profile, charge)];
}

/** Every value of a sensor's documents and what follows from them. Throws ProfileError. */
export function explainDocuments(documents: SensorDocuments): ProfileExplanation {
  const profile = resolveSensor(documents);
  const { emitterFile, materialFile } = documents;
  const values = [
    ...listValues(documents.sensor, "sensor"),
    ...listValues(documents.detector, "detector"),
    ...listValues(documents.emitter, "emitter"),
    ...listValues(documents.material, "material"),
  ];
  return {
    name: profile.name,
    title: profile.title,
    documents: {
      sensor: documents.sensorFile,
      detector: documents.detectorFile,
      ...(emitterFile === undefined ? {} : { emitter: emitterFile }),
      ...(materialFile === undefined ? {} : { material: materialFile }),
    },
    values,
    derived: [...deriveChain(documents, profile, values), ...derive(profile)],
  };
}
