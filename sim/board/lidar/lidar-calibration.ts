// What a LiDAR board is told about its own chip: the response that the readout logic shall fit with, and where gates really are.

import { BOLTZMANN_EV_PER_K } from "../../../hw-profiles/derive/constants.ts";
import { MAX_GATES } from "../../../hw-profiles/interface/abi.ts";
import type { LidarProfile } from "../../../hw-profiles/sensor-profile.ts";
import { exp } from "../../math/elementary.ts";
import type { GateEdges } from "../../roic/gate-edges.ts";
import { CELSIUS_ZERO_MK } from "../settings.ts";

const LN_9 = 2.1972245773362196;
const PS_PER_NS = 1000;
const MK_PER_K = 1000;

export interface LidarCalibration {
  readonly tauNs: number;
  readonly tailFraction: number;
  readonly tailTauNs: number;
  /** tau ~ exp(Ea / kT) from temperatureMk on. */
  readonly activationEv: number;
  readonly temperatureMk: number;
  readonly pulseWidthNs: number;
  readonly timeOffsetNs: number;
  readonly gateWidthPs: number;
  /** Points of the delay correction: commanded delay of the first one, and how far they are apart. */
  readonly gateStartPs: number;
  readonly gateStepPs: number;
  /** MAX_GATES points. */
  readonly gateDelaysPs: readonly number[];
  /** Where the window on the map of the pixels' times stands. */
  readonly timeMapIndex: number;
}

/** After power-on: nothing is known beyond the profile. */
export function profileCalibration({
  detector,
  emitter,
  environment,
  readout,
}: LidarProfile): LidarCalibration {
  return {
    tauNs: detector.fallTimeNs / LN_9,
    tailFraction: detector.slowTailFraction,
    tailTauNs: detector.slowTailTauNs,
    activationEv: 0,
    temperatureMk: Math.round(environment.temperatureC * MK_PER_K) + CELSIUS_ZERO_MK,
    pulseWidthNs: emitter.pulseWidthNs,
    timeOffsetNs: readout.timeOffsetNs,
    gateWidthPs: 0,
    gateStartPs: 0,
    gateStepPs: PS_PER_NS,
    gateDelaysPs: new Array<number>(MAX_GATES).fill(0),
    timeMapIndex: 0,
  };
}

/** The time constant at a temperature of the chip. */
export function tauAtNs({ activationEv, tauNs, temperatureMk }: LidarCalibration, presentMk: number): number {
  if (activationEv === 0) return tauNs;
  return tauNs * exp((activationEv / BOLTZMANN_EV_PER_K) * MK_PER_K * (1 / presentMk - 1 / temperatureMk));
}

/** The gates as they really are, from those that were asked for. */
export function trueGates(commanded: GateEdges, calibration: LidarCalibration): GateEdges {
  const widenNs = calibration.gateWidthPs / PS_PER_NS;
  return {
    delaysNs: commanded.delaysNs.map((delayNs) => delayNs + delayCorrectionNs(calibration, delayNs)),
    widthsNs: commanded.widthsNs.map((widthNs) => widthNs + widenNs),
  };
}

/** Linear between the points of the table, held beyond its ends. */
function delayCorrectionNs(
  { gateDelaysPs, gateStartPs, gateStepPs }: LidarCalibration,
  delayNs: number,
): number {
  const last = gateDelaysPs.length - 1;
  const place = Math.min(last, Math.max(0, (delayNs * PS_PER_NS - gateStartPs) / gateStepPs));
  const cell = Math.min(last - 1, Math.floor(place));
  const low = gateDelaysPs[cell]!;
  return (low + (place - cell) * (gateDelaysPs[cell + 1]! - low)) / PS_PER_NS;
}
