// What an EMVA 1288 measurement of an imaging profile must find, when its chain is linear: bias dependence, soft saturation,
// C(V), follower nonlinearity, INL, lag, photodiode flicker and defects off. The device's patterns are drawn by the simulator, as
// they are what the measurement looks at; the figures are worked out here.

import type { EffectName, ImagingProfile } from "../../../hw-profiles/sensor-profile.ts";
import { chargePatterns } from "../../../sim/pixel/charge-patterns.ts";
import { columnSteps, offsetMapDn, rtsPixels } from "../../../sim/pixel/imaging-patterns.ts";
import type { EmvaResult } from "./analyse.ts";
import { meanOf, patternStatistics } from "./statistics.ts";

const ELEMENTARY_CHARGE_C = 1.602176634e-19;
const BOLTZMANN_J_PER_K = 1.380649e-23;

/** Effects under which K, QE and dark current are not those of the profile, and why. */
export const NONLINEAR_EFFECTS: ReadonlyMap<EffectName, string> = new Map([
  ["biasDependence", "EQE and dark current fall as the node fills: smaller slopes, sub-Poisson variance"],
  ["softSaturation", "compresses the last part of the well"],
  ["nodeCapacitance", "C(V) bends the transfer"],
  ["followerNonlinearity", "bends the transfer"],
  ["inl", "bends the ramp"],
  ["lag", "a frame keeps charge of the one before"],
  ["flicker", "variance of the dark current grows faster than the exposure"],
  ["defects", "hot and dead pixels move means and widen the patterns"],
]);

export type ExpectedFigures = Pick<
  EmvaResult,
  | "gainDnPerE"
  | "responsivityDnPerPhoton"
  | "quantumEfficiency"
  | "darkCurrentMeanEPerS"
  | "darkNoiseE"
  | "dsnuE"
  | "prnuPercent"
>;

/** Conditions of the spatial stacks. */
export interface SpatialPoint {
  readonly exposureNs: number;
  readonly photons: number;
  readonly temperatureC: number;
}

/** @throws Error when an effect of NONLINEAR_EFFECTS is on: what the measurement finds then is not in the profile. */
export function expectedFigures(profile: ImagingProfile, point: SpatialPoint): ExpectedFigures {
  for (const [name, why] of NONLINEAR_EFFECTS)
    if (profile.effects[name].on) throw new Error(`${name} is on: ${why}`);
  const gain = gainDnPerE(profile);
  const eta = quantumEfficiency(profile);
  const { dark, bright } = meanCodes(profile, point);
  const { width, height } = { width: profile.array.widthPx, height: profile.array.heightPx };
  const darkParts = patternStatistics(dark, width, height);
  const brightParts = patternStatistics(bright, width, height);
  const parts = <T>(figure: (part: "total" | "pixel" | "row" | "column") => T) => ({
    total: figure("total"),
    pixel: figure("pixel"),
    row: figure("row"),
    column: figure("column"),
  });
  const signalDn = brightParts.mean - darkParts.mean;
  return {
    gainDnPerE: gain,
    responsivityDnPerPhoton: gain * eta,
    quantumEfficiency: eta,
    darkCurrentMeanEPerS: darkEPerS(profile, point.temperatureC) * meanDarkFactor(profile),
    darkNoiseE: darkNoiseE(profile, point.temperatureC),
    dsnuE: parts((part) => Math.sqrt(darkParts[part]) / gain),
    prnuPercent: parts((part) => (100 * Math.sqrt(brightParts[part] - darkParts[part])) / signalDn),
  };
}

function fullWellE({ pixel }: ImagingProfile): number {
  return (pixel.nodeCapacitanceFf * 1e-15 * pixel.swingV) / ELEMENTARY_CHARGE_C;
}

/** The full well spans the codes from the pedestal to the end. */
function gainDnPerE(profile: ImagingProfile): number {
  return (2 ** profile.adc.bits - profile.adc.pedestalDn) / fullWellE(profile);
}

/** Of the whole pixel area, at the operating bias, which is that of the reset node. */
function quantumEfficiency({ array, detector }: ImagingProfile): number {
  const point = detector.eqePoints.find(({ biasV }) => biasV === detector.operatingBiasV);
  if (!point) throw new Error(`${detector.name} gives no EQE at its operating bias`);
  return point.eqe * array.fillFactor;
}

/** J A / q with the active area, Arrhenius. */
function darkEPerS({ array, detector }: ImagingProfile, temperatureC: number): number {
  const areaCm2 = (array.pitchUm * 1e-4) ** 2 * array.fillFactor;
  const activationK = (detector.darkActivationEv * ELEMENTARY_CHARGE_C) / BOLTZMANN_J_PER_K;
  const inverseK = 1 / (temperatureC + 273.15) - 1 / detector.darkReferenceK;
  return (
    ((detector.darkCurrentDensityAPerCm2 * areaCm2) / ELEMENTARY_CHARGE_C) * Math.exp(-activationK * inverseK)
  );
}

/** Of the pattern as drawn: a lognormal of so many pixels has a mean of 1 to a tenth of a percent. */
function meanDarkFactor(profile: ImagingProfile): number {
  return meanOf(chargePatterns(profile, profile.effects, wholeArray(profile)).dark);
}

/** kTC of a hard reset, follower noise white and 1/f, ramp noise, telegraph noise averaged over the pixels. */
function darkNoiseE(profile: ImagingProfile, temperatureC: number): number {
  const { pixel, effects, array } = profile;
  const resetE =
    Math.sqrt(BOLTZMANN_J_PER_K * (temperatureC + 273.15) * pixel.nodeCapacitanceFf * 1e-15) /
    ELEMENTARY_CHARGE_C;
  const telegraphE2 = rtsPixels(profile, effects, wholeArray(profile)).reduce((sum, rts) => {
    const share = rts.risePerS / (rts.risePerS + rts.fallPerS);
    return sum + rts.amplitudeE ** 2 * share * (1 - share);
  }, 0);
  return Math.sqrt(
    (effects.resetNoise.on ? resetE ** 2 * (pixel.reset === "flushed" ? 0.5 : 1) : 0) +
      (effects.readNoise.on ? pixel.readNoiseE ** 2 : 0) +
      (effects.followerFlicker.on ? effects.followerFlicker.rmsE ** 2 : 0) +
      (effects.rampNoise.on ? (effects.rampNoise.rmsDn / gainDnPerE(profile)) ** 2 : 0) +
      telegraphE2 / (array.widthPx * array.heightPx),
  );
}

function wholeArray({ array }: ImagingProfile) {
  return { firstRow: 0, rows: array.heightPx };
}

/** Mean codes of every pixel without and with light. The mean of a telegraph pixel's levels counts to its offset. */
function meanCodes(profile: ImagingProfile, { exposureNs, photons, temperatureC }: SpatialPoint) {
  const { effects } = profile;
  const band = wholeArray(profile);
  const offsetDn = offsetMapDn(profile, effects, band);
  const patterns = chargePatterns(profile, effects, band);
  const stepDn = columnSteps(profile, effects);
  const { widthPx } = profile.array;
  const gain = gainDnPerE(profile);
  const darkE = effects.darkCurrent.on ? darkEPerS(profile, temperatureC) * exposureNs * 1e-9 : 0;
  const lightE = photons * quantumEfficiency(profile);
  const code = (pixel: number, electrons: number) =>
    (offsetDn[pixel]! + gain * electrons) / stepDn[pixel % widthPx]!;
  const dark = Float64Array.from(offsetDn, (_, i) => code(i, darkE * patterns.dark[i]!));
  const bright = Float64Array.from(offsetDn, (_, i) =>
    code(i, darkE * patterns.dark[i]! + lightE * patterns.response[i]!),
  );
  return { dark, bright };
}
