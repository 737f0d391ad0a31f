import type { MixedSummary } from "../../analysis/mixed-statistics.ts";
import type { PictureTruthSummary } from "../../analysis/picture-statistics.ts";
import type { ReturnSummary } from "../../analysis/return-statistics.ts";
import type { TruthSummary } from "../../analysis/truth-statistics.ts";
import type { StreamSummary } from "./stream-run.ts";

/** What a run says about its errors, for people; nothing without a truth. */
export function truthLines(summary: StreamSummary): string[] {
  const { furtherReturns, mixedLabels, mixedPixels = 0, truth } = summary;
  if (truth === undefined) return [];
  if ("rmseDn" in truth) return pictureLines(truth);
  return [
    ...rangeLines(truth, mixedPixels),
    ...(mixedLabels ? [mixedLine(mixedLabels)] : []),
    ...(furtherReturns ? returnLines(furtherReturns) : []),
  ];
}

function returnLines(found: ReturnSummary): string[] {
  const { falselyFound, oneSurface, severalFound, severalSurfaces, thirdReturns } = found;
  const counts =
    `further returns: a second one in ${severalFound} of ${severalSurfaces} pixels that see several surfaces ` +
    `(${percent(severalFound / severalSurfaces)}) and ${falselyFound} of ${oneSurface} others ` +
    `(${percent(falselyFound / oneSurface)}); a third one in ${thirdReturns}`;
  if (found.secondBiasMm === undefined) return [counts];
  const errors =
    `second returns: bias ${number(found.secondBiasMm, 1)} mm, rms error ${number(found.secondRmseMm, 0)} mm, ` +
    `error/sigma ${number(found.secondZStd, 3)}, ${percent(found.secondCoverage95)} within 1.96 sigma`;
  return [counts, errors];
}

function mixedLine({ falselyLabelled, good, labelled, mixed, resolved }: MixedSummary): string {
  return (
    `mixed pixels: ${labelled} of ${mixed} labelled (${percent(labelled / mixed)}), ${resolved} of them with both depths within ` +
    `3 sigma; ${falselyLabelled} of ${good} others labelled (${percent(falselyLabelled / good)})`
  );
}

function rangeLines(truth: TruthSummary, mixedPixels: number): string[] {
  if (truth.n === 0) return [`no pixel to compare with the truth; ${mixedPixels} see several surfaces`];
  return [
    `truth over ${truth.n} pixels: bias ${number(truth.biasMm, 2)} mm, rms error ${number(truth.rmseMm, 1)} mm = ` +
      `${number(truth.rmseOverCrlb, 3)} x bound, error/sigma ${number(truth.zStd, 3)}, ` +
      `${percent(truth.coverage95)} within 1.96 sigma`,
    `${mixedPixels} pixels see several surfaces`,
  ];
}

function pictureLines(truth: PictureTruthSummary): string[] {
  if (truth.n === 0) return ["no pixel to compare with the truth"];
  const errors =
    `truth over ${truth.n} pixels: bias ${number(truth.biasDn, 2)} DN, rms error ${number(truth.rmseDn, 2)} DN = ` +
    `${number(truth.rmseE, 1)} e- = ${number(truth.rmseOverSigma, 3)} x stated sigma ` +
    `(${number(truth.sigmaRmsDn, 2)} DN), ${percent(truth.coverage95)} within 1.96 sigma`;
  if (truth.temporalRmsDn === undefined) return [errors];
  const temporal = `from frame to frame ${number(truth.temporalRmsDn, 2)} DN = ${number(truth.temporalOverSigma, 3)} x stated sigma`;
  return [errors, temporal];
}

function number(value: number | undefined, digits: number): string {
  return (value ?? Number.NaN).toFixed(digits);
}

function percent(share: number | undefined): string {
  return `${number(100 * (share ?? Number.NaN), 1)} %`;
}
