import { TIME_MAP_NS } from "../../hw-profiles/interface/memory-map.ts";
import type { LidarProfile } from "../../hw-profiles/sensor-profile.ts";
import { sampleNoiseVarianceE2 } from "../analysis/noise-model.ts";
import type { LidarInfo } from "../camera/camera-info.ts";
import { delayTable } from "./delay-table.ts";
import { type CaptureFit, fitCaptures } from "./fit-captures.ts";
import { SCALAR_NAMES, type ScalarName } from "./fit-parameters.ts";
import type { GlobalFit } from "./global-fit.ts";
import type { PixelTimes } from "./pixel-times.ts";
import { requireCaptures } from "./require-captures.ts";
import type { GateSchedule, ResponseParameters } from "./response-model.ts";
import type { TargetCapture } from "./target-capture.ts";
import {
  CALIBRATION_FORMAT,
  CALIBRATION_VERSION,
  type FittedValue,
  type TofCalibration,
} from "./tof-calibration.ts";

const LN_9 = Math.log(9);
/** Pairs that are named as correlated. */
const CORRELATED = 0.5;

/** What the profile says of the response, for gates as the device reports them. */
export function profiledResponse(profile: LidarProfile, gates: number): ResponseParameters {
  const { detector, emitter, readout } = profile;
  return {
    tauNs: detector.fallTimeNs / LN_9,
    pulseWidthNs: emitter.pulseWidthNs,
    tailFraction: detector.slowTailFraction,
    tailTauNs: detector.slowTailTauNs,
    timeOffsetNs: readout.timeOffsetNs,
    gateWidthNs: 0,
    gateDelaysNs: new Array<number>(gates).fill(0),
  };
}

export function gateSchedule(profile: LidarProfile, info: LidarInfo): GateSchedule {
  return {
    periodNs: 1e9 / profile.emitter.repetitionHz,
    gating: info.gating,
    extinction: profile.gates.extinction,
    delaysNs: info.gateDelaysNs,
    widthsNs: info.gateWidthsNs,
  };
}

/**
 * From captures of a target at known distances to the calibration of this device.
 * @throws CalibrationError for captures that cannot tell: too few, too close together, of different temperatures.
 */
export function makeCalibration(
  captures: readonly TargetCapture[],
  profile: LidarProfile,
  info: LidarInfo,
): TofCalibration {
  requireCaptures(captures);
  const temperatureC = captures.reduce((sum, capture) => sum + capture.temperatureC, 0) / captures.length;
  const { heightPx: height, widthPx: width } = profile.array;
  const scale = {
    gainEPerDn: info.gainEPerDn,
    pedestalDn: profile.adc.pedestalDn,
    noiseVarianceE2: sampleNoiseVarianceE2(profile, temperatureC),
  };
  const schedule = gateSchedule(profile, info);
  const profiled = profiledResponse(profile, info.gates);
  const found = fitCaptures(captures, { width, height, scale, schedule, profiled });
  return {
    format: CALIBRATION_FORMAT,
    version: CALIBRATION_VERSION,
    profile: profile.name,
    serialNumber: info.serialNumber,
    temperatureC: Number(temperatureC.toFixed(3)),
    parameters: scalars(found.fit),
    activation: null,
    gateDelays: delayTable(schedule.delaysNs, found.fit),
    pixelTimes: timesOf(found.times, width, height),
    fit: fitSummary(found),
    captures: captures.map(captureSummary),
    residuals: residuals(found),
  };
}

function scalars({ covariance, free, parameters }: GlobalFit): TofCalibration["parameters"] {
  const entries = SCALAR_NAMES.map((name): [ScalarName, FittedValue] => {
    const place = free.indexOf(name);
    const sigma = place < 0 ? null : digits(Math.sqrt(covariance[place]![place]!));
    return [name, { value: digits(parameters[name]), sigma, unit: name === "tailFraction" ? "1" : "ns" }];
  });
  return Object.fromEntries(entries) as TofCalibration["parameters"];
}

function timesOf({ columnsNs, pixelsNs, rowsNs, tests }: PixelTimes, width: number, height: number) {
  const codes = Int16Array.from(pixelsNs, (timeNs) => Math.round(timeNs / TIME_MAP_NS));
  return {
    width,
    height,
    rowsNs: tests.rows.isUsed ? rowsNs.map(digits) : null,
    columnsNs: tests.columns.isUsed ? columnsNs.map(digits) : null,
    pixels: tests.pixels.isUsed ? Buffer.from(codes.buffer).toString("base64") : null,
    scaleNs: TIME_MAP_NS,
    tests,
  };
}

function fitSummary({ fit, tailChiSquare }: CaptureFit): TofCalibration["fit"] {
  const { chiSquare, degreesOfFreedom } = fit;
  return {
    chiSquarePerDegree: digits(chiSquare / degreesOfFreedom),
    degreesOfFreedom,
    tailChiSquare: digits(tailChiSquare),
    correlations: correlations(fit),
  };
}

function correlations({ covariance, free }: GlobalFit): TofCalibration["fit"]["correlations"] {
  const pairs = free.flatMap((first, i) =>
    free.slice(i + 1).map((second, j) => {
      const place = i + 1 + j;
      const r = covariance[i]![place]! / Math.sqrt(covariance[i]![i]! * covariance[place]![place]!);
      return { pair: [first, second] as const, r: Number(r.toFixed(3)) };
    }),
  );
  return pairs.filter(({ r }) => Math.abs(r) > CORRELATED).sort((a, b) => Math.abs(b.r) - Math.abs(a.r));
}

function captureSummary(capture: TargetCapture): TofCalibration["captures"][number] {
  const { deviceBiasM, deviceBiasSigmaM, distanceM, frames, pulsesPerGate, usable } = capture;
  return {
    distanceM,
    frames,
    pulsesPerGate,
    usablePixels: usable.reduce((sum, is) => sum + is, 0),
    biasM: digits(deviceBiasM),
    biasSigmaM: digits(deviceBiasSigmaM),
  };
}

/** Places at which both fits have pixels. */
function residuals({ after, before }: CaptureFit): TofCalibration["residuals"] {
  return after.flatMap(({ biasM, rangeM, sigmaM }) => {
    const near = before.reduce((best, each) =>
      Math.abs(each.rangeM - rangeM) < Math.abs(best.rangeM - rangeM) ? each : best,
    );
    const place = { rangeM: digits(rangeM), beforeM: digits(near.biasM), afterM: digits(biasM) };
    return [{ ...place, sigmaM: digits(sigmaM) }];
  });
}

/** Six digits, so that the last bits of a sum do not show in a file. */
function digits(value: number): number {
  return Number(value.toPrecision(6)) + 0;
}
