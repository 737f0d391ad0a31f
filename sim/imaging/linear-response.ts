// The response of a device undone: what a factory finds with a light of known steps, here worked out.

import type { ImagingProfile } from "../../hw-profiles/sensor-profile.ts";
import { biasDependence } from "../detector/bias-dependence.ts";
import { log } from "../math/elementary.ts";
import { fitPolynomial, type WeightedPoint } from "../math/least-squares.ts";
import { fullWellE, gainEPerDn } from "../pixel/noise-budget.ts";
import { rememberLast } from "../pixel/remember.ts";
import { IDEAL_START_DN, inlAt } from "../roic/adc/single-slope.ts";
import { darkCycles, imagingTiming } from "../roic/imaging-timing.ts";
import type { ImagingSequencerRegisters } from "../roic/sequencer/imaging-registers.ts";
import { darkRateEPerS } from "./device-rates.ts";
import { calibrationTemperatureK } from "./factory-conditions.ts";
import { LevelModel } from "./level-model.ts";

/** A constant, which cancels in every signal, and the powers 1 to 3 of the code. */
const COEFFICIENTS = 4;
/** Fills from the empty pixel to the full well at which the response is looked at. */
const SAMPLES = 128;
/** Share of the well where dark current is held against light. */
const TYPICAL_FILL = 0.4;
/** Rounds of count = level - INL(count), INL changing by far less than a DN a count. */
const INL_ROUNDS = 20;
/** Noise that does not come with the charge, as a share of the full well: it keeps the weights of small signals finite. */
const LEAST_VARIANCE_SHARE = 1e-3;

/** Codes to a signal that is proportional to the light. */
export interface LinearResponse {
  /** DN of code c: c (k1 + c (k2 + c k3)). Only differences mean anything. */
  readonly coefficients: readonly [k1: number, k2: number, k3: number];
  /** Growth of the shot variance of a linear signal over that of as many electrons, per DN. */
  readonly shotBend: number;
}

const remembered = rememberLast<ImagingProfile, LinearResponse>();
const STRAIGHT: LinearResponse = { coefficients: [1, 0, 0], shotBend: 0 };

/**
 * Cubic least squares against the mean response from the empty pixel to saturation. With an EQE that falls as 1 - fall u, u
 * the share of the well, light that would bring S leaves Q = (Qfw / fall) (1 - e^-x), x = S fall / Qfw; then come C(V), the
 * follower and the converter's nonlinearity. S has the variance S (e^x - 1) / x, which is S (1 + x / 2) to 1 % in x < 0.25.
 * Dark current falls otherwise with the bias: the curve is that of a mean pixel which light fills to TYPICAL_FILL in the
 * frame's exposure. Effects that are off bend nothing.
 */
export function linearResponse(
  profile: ImagingProfile,
  analogGain: number,
  registers: ImagingSequencerRegisters,
): LinearResponse {
  // Every frame asks, and a fit takes as long as a fifth of a frame.
  const key = JSON.stringify([analogGain, registers]);
  return remembered(profile, key, () => fitResponse(profile, analogGain, registers));
}

function fitResponse(
  profile: ImagingProfile,
  analogGain: number,
  registers: ImagingSequencerRegisters,
): LinearResponse {
  const { biasDependence: bias, followerNonlinearity, inl, nodeCapacitance } = profile.effects;
  if (!(bias.on || followerNonlinearity.on || inl.on || nodeCapacitance.on)) return STRAIGHT;
  const fall = bias.on ? meanFall(profile, registers) : 0;
  const span = 2 ** profile.adc.bits;
  const fit = fitPolynomial(responsePoints(profile, analogGain, fall), COEFFICIENTS);
  return {
    coefficients: [fit[1]! / span, fit[2]! / (span * span), fit[3]! / (span * span * span)],
    shotBend: (0.5 * Math.max(0, fall) * gainEPerDn(profile)) / (analogGain * fullWellE(profile)),
  };
}

/** Relative fall of what charges the node, from the reset level to full well: of light and dark current by their shares. */
function meanFall(profile: ImagingProfile, registers: ImagingSequencerRegisters): number {
  const temperatureK = calibrationTemperatureK(profile);
  const { darkFall, eqeFall } = biasDependence(profile, temperatureK);
  const conditions = { temperatureK, analogGain: 1, effects: profile.effects };
  const middle = Math.floor(registers.height / 2);
  const cycles = darkCycles(imagingTiming(registers), middle, registers.reads - 1);
  const darkE = (darkRateEPerS(profile, conditions) * cycles) / profile.adc.clockHz;
  const share = Math.min(1, darkE / (TYPICAL_FILL * fullWellE(profile)));
  return eqeFall + share * (darkFall - eqeFall);
}

/** The linear signal in DN over the mean code as a share of the code range. */
function responsePoints(profile: ImagingProfile, analogGain: number, fall: number): WeightedPoint[] {
  const { adc, effects } = profile;
  const levels = new LevelModel(profile, { effects, analogGain });
  const wellE = fullWellE(profile);
  const wellDn = (analogGain * wellE) / gainEPerDn(profile);
  const span = 2 ** adc.bits;
  const points: WeightedPoint[] = [];
  for (let sample = 0; sample <= SAMPLES; sample++) {
    const fill = sample / SAMPLES;
    const code = meanCode(profile, adc.pedestalDn + levels.signalDn(fill * wellE));
    if (code > adc.saturationDn) break;
    const light = fall === 0 ? fill : -log(1 - fall * fill) / fall;
    points.push({ t: code / span, y: light * wellDn, weight: 1 / (LEAST_VARIANCE_SHARE + light) });
  }
  return points;
}

/** Mean code of a level in a column of the ideal slope: what a count of whole clocks crosses, plus the half that it rounds. */
function meanCode({ adc, effects: { inl } }: ImagingProfile, levelDn: number): number {
  if (!inl.on) return levelDn;
  const spacing = 2 ** adc.bits / (inl.pointsDn.length - 1);
  let count = levelDn - IDEAL_START_DN;
  for (let round = 0; round < INL_ROUNDS; round++) {
    count = levelDn - IDEAL_START_DN - inlAt(inl.pointsDn, spacing, Math.max(count, 0));
  }
  return count + IDEAL_START_DN;
}

/** DN of a code. */
export function linearDn({ coefficients: [k1, k2, k3] }: LinearResponse, code: number): number {
  return code * (k1 + code * (k2 + code * k3));
}
