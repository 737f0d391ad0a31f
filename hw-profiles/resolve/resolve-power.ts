import type { PowerCellProfile, SpectrumProfile } from "../device-profile.ts";
import type { PowerDocument } from "../schema/power-schema.ts";
import type { SpectrumDocument } from "../schema/spectrum-schema.ts";

const CONDITIONS = ["am15", "behindPerovskite", "behindSilicon", "laser1550"] as const;

export function resolvePowerCell(document: PowerDocument): PowerCellProfile {
  const efficiency: { [Condition in (typeof CONDITIONS)[number]]?: number } = {};
  for (const condition of CONDITIONS) {
    const share = document.efficiency[condition];
    if (share !== undefined) efficiency[condition] = share.value;
  }
  return {
    name: document.name,
    title: document.title,
    type: document.type.value,
    ...(document.peak === undefined ? {} : { peakNm: document.peak.value }),
    ...(document.secondPeak === undefined ? {} : { secondPeakNm: document.secondPeak.value }),
    efficiency,
    published: document.published,
  };
}

export function resolveSpectrum(document: SpectrumDocument): SpectrumProfile {
  return {
    name: document.name,
    title: document.title,
    wavelengthsNm: document.wavelengths.value,
    values: document.values.value,
    unit: document.values.unit,
    relativeError: document.relativeError.value,
    published: document.published,
  };
}
