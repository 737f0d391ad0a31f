import { resolveSensor, type SensorDocuments } from "../resolve/resolve-sensor.ts";
import type { SensorProfile } from "../sensor-profile.ts";
import { deriveElectronics } from "./derive-electronics.ts";
import { deriveImaging } from "./derive-imaging.ts";
import { deriveLight } from "./derive-light.ts";
import { deriveTiming } from "./derive-timing.ts";
import type { DerivedValue } from "./derived-value.ts";
import { type ExplainedValue, listValues } from "./list-values.ts";

export interface ProfileExplanation {
  readonly name: string;
  readonly title: string;
  /** Files or names of the documents; imaging sensors have no emitter. */
  readonly documents: { readonly sensor: string; readonly detector: string; readonly emitter?: string };
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
  const { emitterFile } = documents;
  return {
    name: profile.name,
    title: profile.title,
    documents: {
      sensor: documents.sensorFile,
      detector: documents.detectorFile,
      ...(emitterFile === undefined ? {} : { emitter: emitterFile }),
    },
    values: [
      ...listValues(documents.sensor, "sensor"),
      ...listValues(documents.detector, "detector"),
      ...listValues(documents.emitter, "emitter"),
    ],
    derived: derive(profile),
  };
}
