import type { CheckedDistance } from "../../calibrate/bias-figure.ts";
import { SCALAR_NAMES } from "../../calibrate/fit-parameters.ts";
import type { PatternTest } from "../../calibrate/pixel-times.ts";
import type { TofCalibration } from "../../calibrate/tof-calibration.ts";
import { table } from "../text/table.ts";
import { bold, printLine } from "../text/terminal.ts";
import type { TofOutcome } from "./tof-run.ts";

const TITLES: Readonly<Record<(typeof SCALAR_NAMES)[number], string>> = {
  tauNs: "time constant",
  pulseWidthNs: "laser pulse",
  tailFraction: "slow tail, share",
  tailTauNs: "slow tail, time constant",
  timeOffsetNs: "time offset",
  gateWidthNs: "gate width correction",
};

/** For people. */
export function printTof({ calibration, checks, files }: TofOutcome): void {
  const { fit, profile, serialNumber, temperatureC } = calibration;
  printLine(bold(`${profile} ${serialNumber} at ${temperatureC} degC`));
  for (const text of table(parameterRows(calibration), [1, 2])) printLine(text);
  printLine(delayText(calibration));
  printLine(
    `chi-square ${fit.chiSquarePerDegree.toFixed(3)} a degree of freedom; a slow tail gains ${fit.tailChiSquare.toFixed(1)}`,
  );
  for (const { pair, r } of fit.correlations) printLine(`correlated: ${pair.join(" and ")}, ${r.toFixed(2)}`);
  for (const [part, test] of Object.entries(calibration.pixelTimes.tests)) printLine(patternText(part, test));
  printLine("");
  for (const text of table(captureRows(calibration), [0, 1, 2, 3])) printLine(text);
  if (checks.length > 0) printChecks(checks);
  printLine("");
  for (const file of files) printLine(`wrote ${file}`);
}

function parameterRows({ parameters }: TofCalibration): string[][] {
  return SCALAR_NAMES.map((name) => {
    const { sigma, unit, value } = parameters[name];
    const error = sigma === null ? "as in the profile" : `+- ${sigma.toPrecision(2)}`;
    return [TITLES[name], value.toPrecision(6), error, unit === "1" ? "" : unit];
  });
}

function delayText({ gateDelays }: TofCalibration): string {
  const { correctionsNs } = gateDelays;
  const rms = Math.sqrt(correctionsNs.reduce((sum, ns) => sum + ns * ns, 0) / correctionsNs.length);
  const largest = Math.max(...correctionsNs.map(Math.abs));
  return `gate delays: ${(1000 * rms).toFixed(0)} ps rms, ${(1000 * largest).toFixed(0)} ps at most`;
}

function patternText(part: string, { f, isUsed, spreadNs, threshold }: PatternTest): string {
  const verdict = isUsed ? `used, ${(1000 * spreadNs).toFixed(1)} ps rms` : "not used";
  return `times of ${part}: F ${f.toFixed(3)}, ${threshold.toFixed(3)} and more pays: ${verdict}`;
}

function captureRows({ captures }: TofCalibration): string[][] {
  const head = ["distance", "pulses", "pixels", "bias before", "+-"];
  const rows = captures.map(({ biasM, biasSigmaM, distanceM, pulsesPerGate, usablePixels }) => [
    `${distanceM} m`,
    String(pulsesPerGate),
    String(usablePixels),
    millimetres(biasM),
    millimetres(biasSigmaM),
  ]);
  return [head, ...rows];
}

function printChecks(checks: readonly CheckedDistance[]): void {
  printLine("");
  const rows = checks.map(({ biasM, distanceM, sigmaM }) => [
    `${distanceM} m`,
    millimetres(biasM),
    millimetres(sigmaM),
  ]);
  for (const text of table([["distance", "bias after", "+-"], ...rows], [0, 1])) printLine(text);
}

function millimetres(lengthM: number): string {
  return `${(1000 * lengthM).toFixed(2)} mm`;
}
