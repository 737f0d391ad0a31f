import { BOLTZMANN_EV_PER_K, ZERO_CELSIUS_K } from "../../hw-profiles/derive/constants.ts";
import { CalibrationError } from "./calibration-error.ts";
import type { FittedValue, TofCalibration } from "./tof-calibration.ts";

/** Closer temperatures tell no activation energy. */
const LEAST_APART_K = 5;

/**
 * Two calibrations of one device at different temperatures as one that holds in between: the first one, with the activation
 * energy that takes its time constant to the second one's, tau ~ exp(Ea / kT).
 * @throws CalibrationError for different devices, or temperatures that are too close.
 */
export function mergeTemperatures(first: TofCalibration, second: TofCalibration): TofCalibration {
  requireSame(first, second);
  const apartK = Math.abs(first.temperatureC - second.temperatureC);
  if (!(apartK >= LEAST_APART_K))
    throw new CalibrationError(
      `temperatures: found ${apartK.toFixed(1)} K between the calibrations, expected at least ${LEAST_APART_K} K; calibrate the ` +
        "warmed-up chip and the cold one",
    );
  return { ...first, activation: activationOf(first, second) };
}

function activationOf(first: TofCalibration, second: TofCalibration): FittedValue<"eV"> {
  const inverse = ({ temperatureC }: TofCalibration) => 1 / (temperatureC + ZERO_CELSIUS_K);
  const perLog = BOLTZMANN_EV_PER_K / (inverse(first) - inverse(second));
  const [a, b] = [first.parameters.tauNs, second.parameters.tauNs];
  const value = perLog * Math.log(a.value / b.value);
  const sigma = Math.abs(perLog) * Math.hypot((a.sigma ?? 0) / a.value, (b.sigma ?? 0) / b.value);
  // A film that gets slower as it warms is not hopping: its time constant is then taken as fixed.
  return {
    value: Number(Math.max(0, value).toPrecision(6)),
    sigma: Number(sigma.toPrecision(6)),
    unit: "eV",
  };
}

function requireSame(first: TofCalibration, second: TofCalibration): void {
  const found = `${second.profile} ${second.serialNumber}`;
  const expected = `${first.profile} ${first.serialNumber}`;
  if (found === expected) return;
  throw new CalibrationError(
    `calibrations: found ${found} beside ${expected}, expected two of the same device; choose files that belong together`,
  );
}
