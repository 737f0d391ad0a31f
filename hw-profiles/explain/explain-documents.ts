import { resolveSensor, type SensorDocuments } from "../resolve/resolve-sensor.ts";
import { deriveElectronics } from "./derive-electronics.ts";
import { deriveLight } from "./derive-light.ts";
import { deriveTiming } from "./derive-timing.ts";
import type { DerivedValue } from "./derived-value.ts";
import { type ExplainedValue, listValues } from "./list-values.ts";

export interface ProfileExplanation {
  readonly name: string;
  readonly title: string;
  /** Files or names of the three documents. */
  readonly documents: { readonly sensor: string; readonly detector: string; readonly emitter: string };
  /** Every value that the documents hold, with unit and source. */
  readonly values: readonly ExplainedValue[];
  /** What follows from them, step by step. */
  readonly derived: readonly DerivedValue[];
}

/** Every value of a sensor's documents and what follows from them. Throws ProfileError. */
export function explainDocuments(documents: SensorDocuments): ProfileExplanation {
  const profile = resolveSensor(documents);
  return {
    name: profile.name,
    title: profile.title,
    documents: {
      sensor: documents.sensorFile,
      detector: documents.detectorFile,
      emitter: documents.emitterFile,
    },
    values: [
      ...listValues(documents.sensor, "sensor"),
      ...listValues(documents.detector, "detector"),
      ...listValues(documents.emitter, "emitter"),
    ],
    derived: [...deriveElectronics(profile), ...deriveLight(profile), ...deriveTiming(profile)],
  };
}
