import {
  BOLTZMANN_J_PER_K,
  ELEMENTARY_CHARGE_C,
  RANGE_M_PER_NS,
  ZERO_CELSIUS_K,
} from "../../../hw-profiles/derive/constants.ts";
import { type CalibratedProfile, type GateTimes, trueGates } from "../../analysis/gate-correction.ts";
import type { DepthFrame, ProbeSamples } from "../../camera/frame.ts";
import { gateResponse, waveformShape } from "./waveform.ts";

/** Points of the drawn curve per gate. */
const CURVE_POINTS = 241;

/** One gate sample, electrons, offset and dark subtracted. */
export interface GateSample {
  readonly delayNs: number;
  readonly electrons: number;
  /** Standard deviation that the fitted model gives this sample. */
  readonly sigmaE: number;
  readonly saturated: boolean;
}

export interface GateFit {
  readonly samples: readonly GateSample[];
  /** The fitted waveform over gate delay; empty when the pixel has no return. */
  readonly curve: readonly { readonly delayNs: number; readonly electrons: number }[];
  readonly amplitudeE: number;
  readonly ambientE: number;
  readonly t0Ns: number;
  /** Chi-square per degree of freedom of the samples against the curve; undefined without return. */
  readonly chi2PerDof: number | undefined;
}

/** The pinned pixel's samples, at the true delays of their gates, against the waveform that the device's own estimate describes. */
export function fitOf(
  frame: DepthFrame,
  probe: ProbeSamples,
  hasReturn: boolean,
  profile: CalibratedProfile,
  { gainEPerDn, ...gates }: GateTimes & { readonly gainEPerDn: number },
): GateFit {
  const pixel = probe.y * frame.width + probe.x;
  const amplitudeE = hasReturn ? frame.amplitudeE[pixel]! : 0;
  const ambientE = frame.ambientE[pixel]!;
  const t0Ns = frame.rangeM[pixel]! / RANGE_M_PER_NS + profile.readout.timeOffsetNs;
  const shape = waveformShape(profile);
  const { gateDelaysNs: delaysNs, gateWidthsNs: widthsNs } = trueGates(gates, profile);
  const model = (delayNs: number, widthNs: number): number =>
    ambientE + amplitudeE * gateResponse(shape, delayNs, widthNs, t0Ns);
  const samples = Array.from(probe.samplesDn, (code, gate) => {
    const meanE = hasReturn ? model(delaysNs[gate]!, widthsNs[gate]!) : undefined;
    return sampleOf(code, delaysNs[gate]!, meanE, probe, frame, profile, gainEPerDn);
  });
  const curve = hasReturn ? curveOf(delaysNs, widthsNs[0] ?? 0, model) : [];
  const chi2PerDof = hasReturn ? chi2(samples, delaysNs, widthsNs, model) : undefined;
  return { samples, curve, amplitudeE, ambientE, t0Ns, chi2PerDof };
}

function sampleOf(
  code: number,
  delayNs: number,
  meanE: number | undefined,
  probe: ProbeSamples,
  frame: DepthFrame,
  profile: CalibratedProfile,
  gainEPerDn: number,
): GateSample {
  const electrons = (code - probe.offsetDn - probe.darkDn) * gainEPerDn;
  const shotE2 = Math.max(0, meanE ?? electrons) + probe.darkDn * gainEPerDn;
  const fixedE2 = resetNoiseE2(profile, frame.temperatureC) + profile.pixel.readNoiseE ** 2;
  const sigmaE = Math.sqrt(shotE2 + fixedE2 + gainEPerDn ** 2 / 12);
  return { delayNs, electrons, sigmaE, saturated: code >= profile.adc.saturationDn };
}

/** kTC noise, e-^2; a flushed reset leaves half of the variance. */
function resetNoiseE2(profile: CalibratedProfile, temperatureC: number): number {
  const farad = profile.pixel.nodeCapacitanceFf * 1e-15;
  const full = (BOLTZMANN_J_PER_K * (temperatureC + ZERO_CELSIUS_K) * farad) / ELEMENTARY_CHARGE_C ** 2;
  return profile.pixel.reset === "flushed" ? full / 2 : full;
}

function curveOf(
  delaysNs: readonly number[],
  widthNs: number,
  model: (delayNs: number, widthNs: number) => number,
): { delayNs: number; electrons: number }[] {
  const first = delaysNs[0] ?? 0;
  const last = delaysNs.at(-1) ?? 0;
  return Array.from({ length: CURVE_POINTS }, (_, i) => {
    const delayNs = first + ((last - first) * i) / (CURVE_POINTS - 1);
    return { delayNs, electrons: model(delayNs, widthNs) };
  });
}

function chi2(
  samples: readonly GateSample[],
  delaysNs: readonly number[],
  widthsNs: readonly number[],
  model: (delayNs: number, widthNs: number) => number,
): number | undefined {
  let sum = 0;
  let used = 0;
  samples.forEach(({ electrons, sigmaE, saturated }, gate) => {
    if (saturated) return;
    sum += ((electrons - model(delaysNs[gate]!, widthsNs[gate]!)) / sigmaE) ** 2;
    used++;
  });
  // Three parameters were fitted: amplitude, background, arrival.
  return used > 3 ? sum / (used - 3) : undefined;
}
