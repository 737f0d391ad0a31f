// What contradicts itself in documents of parts: devices, light sources, materials, spectra. Each passed its schema.

import type { DetectorDocument } from "../schema/detector-schema.ts";
import type { EmitterDocument } from "../schema/emitter-schema.ts";
import type { MaterialDocument } from "../schema/material-schema.ts";
import type { SpectrumDocument } from "../schema/spectrum-schema.ts";
import { checkDetector, type Finding } from "./check-sensor.ts";

/** A detector on its own. */
export function checkDevice(document: DetectorDocument): Finding[] {
  if (document.structure === "photoconductor" || document.structure === "phototransistor") {
    if (document.device.dark.referenceBias.value !== 0) return [];
    const expected = "the bias at which the dark current flows: none flows through a channel at 0 V";
    return [{ path: "device.dark.referenceBias.value", found: "0 V", expected }];
  }
  const found = checkDetector(document);
  const { device, film } = document;
  if (device === undefined || film === undefined) return found;
  if (device.dark.ideality.value === film.ideality.value) return found;
  const expected = `${film.ideality.value} as in film.ideality, or the other way round`;
  return [...found, { path: "device.dark.ideality.value", found: `${device.dark.ideality.value}`, expected }];
}

/** A light source on its own. A laser that is pumped below its threshold gives no laser light. */
export function checkEmitter(document: EmitterDocument): Finding[] {
  if (document.type !== "pumped-laser") return [];
  const { threshold, operatingPump, tunableFrom, tunableTo } = document;
  const found: Finding[] = [];
  if (operatingPump.unit !== threshold.unit) {
    const expected = `"${threshold.unit}", the unit of the threshold`;
    found.push({ path: "operatingPump.unit", found: `"${operatingPump.unit}"`, expected });
  } else if (operatingPump.value <= threshold.value) {
    const expected = `more than the threshold (${threshold.value} ${threshold.unit}): below it this laser emits no laser light`;
    found.push({
      path: "operatingPump.value",
      found: `${operatingPump.value} ${operatingPump.unit}`,
      expected,
    });
  }
  if ((tunableFrom === undefined) !== (tunableTo === undefined)) {
    const path = tunableFrom === undefined ? "tunableFrom" : "tunableTo";
    found.push({ path, found: "nothing", expected: "both ends of the tuning range, or none" });
  }
  return found;
}

/** Index of the first entry that does not exceed the one before; -1 when all rise. */
function firstNotRising(values: readonly number[]): number {
  return values.findIndex((value, i) => i > 0 && value <= (values[i - 1] ?? Number.NEGATIVE_INFINITY));
}

/** A material on its own. */
export function checkMaterial(document: MaterialDocument): Finding[] {
  if (document.family !== "annealed") return [];
  const temperatures = document.anneals.map((step) => step.anneal.value);
  const k = firstNotRising(temperatures);
  if (k < 0) return [];
  const expected = `more than ${temperatures[k - 1]} degC (steps stand by rising temperature)`;
  return [{ path: `anneals.${k}.anneal.value`, found: `${temperatures[k]} degC`, expected }];
}

/** A spectrum on its own. */
export function checkSpectrum(document: SpectrumDocument): Finding[] {
  const { wavelengths, values } = document;
  if (values.value.length !== wavelengths.value.length) {
    const expected = `${wavelengths.value.length}, one for each wavelength`;
    return [{ path: "values.value", found: `a list of ${values.value.length}`, expected }];
  }
  const k = firstNotRising(wavelengths.value);
  if (k < 0) return [];
  const expected = `more than ${wavelengths.value[k - 1]} nm (wavelengths rise)`;
  return [{ path: `wavelengths.value.${k}`, found: `${wavelengths.value[k]} nm`, expected }];
}
