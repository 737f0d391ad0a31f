import type { SpectrumProfile } from "../../../hw-profiles/device-profile.ts";
import { linearSpace } from "../analysis/sampling.ts";
import { compare, type PaperFigure } from "../run/compare.ts";
import type { Experiment } from "../run/experiment.ts";

const SUN = "am15";
/** Where a silicon filter begins to pass light. */
const SILICON_NM = 1100;
const SHARE: PaperFigure = {
  quantity: "shareBeyond1100nm",
  values: [0.15],
  unit: "1",
  source: "meng2024, ambient light and power",
  reading: "exact",
};

/** Share of the sun's irradiance that a silicon filter leaves. */
export const ambient: Experiment = {
  name: "ambient",
  title: "Sunlight: share beyond 1100 nm",
  subjects: ({ documents }) => documents.spectra.filter((name) => name === SUN),
  measure({ documents }, subject) {
    const sun = documents.spectrum(subject);
    const last = sun.wavelengthsNm.at(-1) ?? SILICON_NM;
    const share = irradiance(sun, SILICON_NM, last) / irradiance(sun, sun.wavelengthsNm[0] ?? 0, last);
    const result = compare({
      experiment: this.name,
      subject,
      figure: SHARE,
      simulated: share,
      kind: "derived",
      // The table itself is no better.
      tolerance: Math.max(0.03, sun.relativeError),
      conditions: `integral of ${sun.title}`,
    });
    return {
      results: [result],
      figures: [
        {
          experiment: this.name,
          title: sun.title,
          source: SHARE.source,
          x: { label: "wavelength", unit: "nm", scale: "linear" },
          y: { label: "irradiance", unit: sun.unit, scale: "linear" },
          series: [{ label: subject, from: "simulated", x: sun.wavelengthsNm, y: sun.values }],
        },
      ],
    };
  },
};

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
