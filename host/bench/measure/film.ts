import { linearSpace } from "../analysis/sampling.ts";
import { type SpectrumPeak, spectrumPeak } from "../analysis/spectrum-peak.ts";
import type { MaterialBench, SampleState } from "../laboratory.ts";

/** From the far infrared to the blue. */
const COARSE_EV = linearSpace(0.3, 3.5, 1281);
const FINE_POINTS = 401;
/** Fine scan to each side, in full widths of the coarse one. */
const REACH = 1.2;

/** Peak of an emission, energies in eV: a survey scan, then a fine one around the line. */
export function luminescencePeak(film: MaterialBench, state: SampleState): SpectrumPeak {
  return twoScans((energies) => film.luminescence(state, energies));
}

/** Lowest exciton peak of an absorbance, energies in eV. */
export function absorbancePeak(film: MaterialBench, state: SampleState): SpectrumPeak {
  return twoScans((energies) => film.absorbance(state, energies));
}

function twoScans(scan: (energiesEv: readonly number[]) => Float64Array): SpectrumPeak {
  const survey = spectrumPeak(COARSE_EV, scan(COARSE_EV));
  // The blue side of an absorbance does not fall to half.
  const width = 2 * survey.halfWidthBelow;
  const fine = linearSpace(survey.position - REACH * width, survey.position + REACH * width, FINE_POINTS);
  return spectrumPeak(fine, scan(fine));
}
