import { ELECTRON_MASS_KG, ELEMENTARY_CHARGE_C } from "../../../hw-profiles/derive/constants.ts";
import { nonlinearFit } from "./nonlinear-fit.ts";

export interface ComplexSpectrum {
  readonly real: ArrayLike<number>;
  readonly imaginary: ArrayLike<number>;
}

export interface DrudeSmithFit {
  readonly scatteringTimeS: number;
  readonly scatteringTimeError: number;
  /** Persistence of velocity c, -1..0. */
  readonly persistence: number;
  readonly persistenceError: number;
  /** n q^2 tau / m*, S/m: the conductivity at zero frequency were c zero. */
  readonly drudeConductivity: number;
  readonly drudeConductivityError: number;
}

/**
 * sigma = sigma_D / (1 - i w tau) [1 + c / (1 - i w tau)] fitted to real and imaginary part together [chen2023].
 * @param spectrum in S/m; its scatter is taken as one size for all points.
 */
export function fitDrudeSmith(frequenciesHz: readonly number[], spectrum: ComplexSpectrum): DrudeSmithFit {
  const omega = frequenciesHz.map((f) => 2 * Math.PI * f);
  const largest = Math.max(
    ...Array.from(spectrum.real, Math.abs),
    ...Array.from(spectrum.imaginary, Math.abs),
  );
  const residuals = ([drude = 0, tauFs = 0, c = 0]: readonly number[]) =>
    omega.flatMap((w, i) => {
      const model = drudeSmith(drude, tauFs * 1e-15, c, w);
      return [spectrum.real[i]! / largest - model.real, spectrum.imaginary[i]! / largest - model.imaginary];
    });
  // Two starts: the parabola of squares has a second, worse valley for short times.
  const fits = [30, 80].map((tauFs) => nonlinearFit(residuals, [4, tauFs, -0.8]));
  const [first, second] = fits as [(typeof fits)[0], (typeof fits)[0]];
  const { parameters, standardErrors } = second.residualRms < first.residualRms ? second : first;
  return {
    scatteringTimeS: parameters[1]! * 1e-15,
    scatteringTimeError: standardErrors[1]! * 1e-15,
    persistence: parameters[2]!,
    persistenceError: standardErrors[2]!,
    drudeConductivity: parameters[0]! * largest,
    drudeConductivityError: standardErrors[0]! * largest,
  };
}

export function drudeSmith(
  drudeConductivity: number,
  tauS: number,
  persistence: number,
  omega: number,
): { readonly real: number; readonly imaginary: number } {
  // 1 / (1 - i x) = (1 + i x) / (1 + x^2), with x = w tau.
  const x = omega * tauS;
  const norm = 1 / (1 + x * x);
  const re = 1 + persistence * norm;
  const im = persistence * x * norm;
  return {
    real: drudeConductivity * norm * (re - x * im),
    imaginary: drudeConductivity * norm * (im + x * re),
  };
}

/** n = sigma_D m* / (q^2 tau), per m3. @param effectiveMass in electron masses. */
export function carrierDensity(drudeConductivity: number, tauS: number, effectiveMass: number): number {
  return (drudeConductivity * effectiveMass * ELECTRON_MASS_KG) / (ELEMENTARY_CHARGE_C ** 2 * tauS);
}

/** Short-range dc mobility (q tau / m*)(1 + c), cm2/Vs [chen2023]. */
export function shortRangeMobility(tauS: number, persistence: number, effectiveMass: number): number {
  return ((ELEMENTARY_CHARGE_C * tauS) / (effectiveMass * ELECTRON_MASS_KG)) * (1 + persistence) * 1e4;
}
