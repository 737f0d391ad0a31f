import type { ChipDeviation } from "../../../host/open-camera.ts";
import { table } from "../docs/markdown.ts";
import { type CampaignResult, worst } from "./campaign.ts";

export interface VerifiedChip extends CampaignResult {
  readonly name: string;
  readonly isSmall: boolean;
  readonly deviation: Partial<ChipDeviation>;
}

export interface VerifyConditions {
  readonly distancesM: readonly number[];
  readonly checksM: readonly number[];
  readonly frames: number;
  readonly smallFrames: number;
}

const HEAD = [
  "profile",
  "array",
  "tau",
  "pulse",
  "gates",
  "besides",
  "bias before, mm",
  "largest bias after, mm",
  "at",
  "rms after, mm",
  "tau found, ns",
  "pulse found, ns",
  "tail found",
];

/** docs/calibration-figures.md */
export function figuresPage(chips: readonly VerifiedChip[], conditions: VerifyConditions): string {
  const { checksM, distancesM, frames, smallFrames } = conditions;
  return `# Ranges of chips that deviate, calibrated

\`npm run calibrate:verify\` makes this page; do not edit it. [calibration.md](calibration.md) says what is done.

Every chip is 25 K warmer than its profile says, its delay generator has an integral nonlinearity of 200 ps (the sign is that of the
column) and steps that are off by 20 ps rms. Target with a reflectance of 0.5; calibrated at ${distancesM.join(", ")} m, then
the board's own ranges with the calibration applied at ${checksM.join(", ")} m. A small array is 64 x 48 pixels behind the same
angles, with ${smallFrames} frames a distance; the whole one 320 x 240 with ${frames}. Biases are means over all valid pixels; +- is
their standard error.

${table(HEAD, chips.map(rowOf))}
`;
}

function rowOf({ after, before, calibration, deviation, isSmall, name }: VerifiedChip): string[] {
  const { parameters } = calibration;
  const most = worst(after);
  const rms = Math.sqrt(after.reduce((sum, { biasM }) => sum + biasM * biasM, 0) / after.length);
  const beforeMm = before.map(({ biasM }) => 1000 * biasM);
  return [
    name,
    isSmall ? "small" : "whole",
    `${signed(100 * ((deviation.tauFactor ?? 1) - 1), 0)} %`,
    `${signed(deviation.pulseNs ?? 0, 0)} ns`,
    (deviation.gateInlNs ?? 0) < 0 ? "-" : "+",
    besides(deviation),
    `${signed(Math.min(...beforeMm), 0)} .. ${signed(Math.max(...beforeMm), 0)}`,
    `${signed(1000 * most.biasM, 2)} +- ${(1000 * most.sigmaM).toFixed(2)}`,
    `${most.distanceM} m`,
    (1000 * rms).toFixed(2),
    parameters.tauNs.value.toPrecision(5),
    parameters.pulseWidthNs.value.toPrecision(5),
    parameters.tailFraction.sigma === null ? "-" : `${(100 * parameters.tailFraction.value).toFixed(2)} %`,
  ];
}

function besides({
  biasLineNs,
  gateWidthNs,
  offsetNs,
  pixelNs,
  tailFraction,
  tailTauNs,
}: Partial<ChipDeviation>) {
  const parts = [
    tailFraction && `tail ${100 * tailFraction} % of ${tailTauNs} ns`,
    gateWidthNs && `width ${1000 * gateWidthNs} ps`,
    offsetNs && `offset ${1000 * offsetNs} ps`,
    biasLineNs && `bias line ${1000 * biasLineNs} ps`,
    pixelNs && `pixels ${1000 * pixelNs} ps rms`,
  ];
  return parts.filter((part) => typeof part === "string").join(", ");
}

function signed(value: number, digits: number): string {
  return `${value > 0 ? "+" : ""}${value.toFixed(digits)}`;
}
