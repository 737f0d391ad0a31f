import { PHOTON_EV_NM } from "../../../hw-profiles/derive/constants.ts";
import { AnalysisError } from "../analysis/analysis-error.ts";
import { linearSpace, logSpace } from "../analysis/sampling.ts";
import { type SpectrumPeak, spectrumPeak } from "../analysis/spectrum-peak.ts";
import { fitThreshold, type ThresholdFit } from "../analysis/threshold.ts";
import type { SourceBench } from "../laboratory.ts";

/** Pump levels of the survey, whatever the unit. */
const SURVEY = logSpace(1e-9, 1e3, 481);
/** Output per pump rises by more than this at threshold. */
const KINK = 5;
const SURVEY_EV = linearSpace(0.5, 1.2, 28_001);
const FINE_POINTS = 401;
/** Drive of the spectra, times the threshold. */
export const DRIVE = 2;

export interface LightCurve extends ThresholdFit {
  readonly pump: readonly number[];
  readonly output: Float64Array;
}

/** Light-light curve around the threshold, which a survey over all pump levels finds. */
export function lightCurve(laser: SourceBench, seed: number): LightCurve {
  const output = laser.output(SURVEY, seed);
  const gain = (i: number) => output[i]! / SURVEY[i]!;
  const kink = SURVEY.findIndex((_, i) => i > 0 && gain(i) > KINK * gain(0));
  if (kink < 0)
    throw new AnalysisError(
      `${laser.name} does not lase up to ${SURVEY.at(-1)} ${laser.pumpUnit}, expected a threshold`,
    );
  const pump = linearSpace(0.2 * SURVEY[kink]!, 2 * SURVEY[kink]!, 73);
  const curve = laser.output(pump, seed);
  return { ...fitThreshold(pump, curve), pump, output: curve };
}

/** Line of the laser above threshold, energies in eV: a survey, then a scan of the line. */
export function laserLine(laser: SourceBench, seed: number): SpectrumPeak {
  const scan = (energies: readonly number[]) =>
    laser.spectrum(
      energies.map((ev) => PHOTON_EV_NM / ev),
      DRIVE,
      seed,
    );
  const survey = spectrumPeak(SURVEY_EV, scan(SURVEY_EV));
  const reach = 1.5 * survey.fwhm;
  const fine = linearSpace(survey.position - reach, survey.position + reach, FINE_POINTS);
  return spectrumPeak(fine, scan(fine));
}
