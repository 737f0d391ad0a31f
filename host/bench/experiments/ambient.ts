import type { SpectrumProfile } from "../../../hw-profiles/device-profile.ts";
import { linearSpace } from "../analysis/sampling.ts";
import { publishedOf } from "../run/documents.ts";
import type { Experiment } from "../run/experiment.ts";
import { readFigures } from "./published.ts";

/** Where a silicon filter begins to pass light. */
const SILICON_NM = 1100;
/** Share of the sun's irradiance that a silicon filter leaves. */
export const ambient: Experiment = {
  name: "ambient",
  title: "Sunlight: share beyond 1100 nm",
  subjects: ({ documents }) =>
    documents.spectra.filter((name) => publishedOf(documents.spectrum(name)).length > 0),
  measure({ documents }, subject) {
    const sun = documents.spectrum(subject);
    const published = publishedOf(sun);
    const results = readFigures(this.name, subject, published, {
      shareBeyond1100: () => ({
        simulated: shareBeyond(sun, SILICON_NM),
        kind: "derived",
        conditions: "integral of the document's table",
      }),
    });
    return {
      results,
      figures: [
        {
          experiment: this.name,
          title: sun.title,
          source: published[0]?.source ?? "",
          x: { label: "wavelength", unit: "nm", scale: "linear" },
          y: { label: "irradiance", unit: sun.unit, scale: "linear" },
          series: [{ label: subject, from: "simulated", x: sun.wavelengthsNm, y: sun.values }],
        },
      ],
    };
  },
};

function shareBeyond(sun: SpectrumProfile, nm: number): number {
  const first = sun.wavelengthsNm[0] ?? nm;
  const last = sun.wavelengthsNm.at(-1) ?? nm;
  return irradiance(sun, nm, last) / irradiance(sun, first, last);
}

/** By trapezia of 1 nm, W/m2. */
function irradiance(sun: SpectrumProfile, fromNm: number, toNm: number): number {
  const steps = Math.max(1, Math.round(toNm - fromNm));
  const values = linearSpace(fromNm, toNm, steps + 1).map((nm) => valueAt(sun, nm));
  const ends = (values[0]! + values.at(-1)!) / 2;
  return ((values.reduce((sum, value) => sum + value, 0) - ends) * (toNm - fromNm)) / steps;
}

function valueAt({ wavelengthsNm, values }: SpectrumProfile, nm: number): number {
  const after = wavelengthsNm.findIndex((wavelength) => wavelength >= nm);
  if (after < 0) return 0;
  const high = wavelengthsNm[after]!;
  const low = wavelengthsNm[after - 1];
  if (low === undefined) return high === nm ? values[after]! : 0;
  const share = (nm - low) / (high - low);
  return values[after - 1]! * (1 - share) + values[after]! * share;
}
