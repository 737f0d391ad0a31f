// What the factory measured and stored in the board. A stack of N frames is not simulated frame by frame: its mean is
// drawn as the Gaussian that it is, so that the maps carry the residue of a real calibration.

import type { LidarProfile } from "../../hw-profiles/sensor-profile.ts";
import { Draws } from "../random/draws.ts";
import { STREAM_CALIBRATION } from "../random/streams.ts";
import { darkTimeS } from "../roic/exposure-time.ts";
import { frameTiming } from "../roic/frame-timing.ts";
import { referenceDarkRateEPerS } from "./dark-current.ts";
import { DEFECT_DEAD, DEFECT_NONE, type DevicePatterns } from "./device-patterns.ts";
import { gainEPerDn, resetNoiseE } from "./noise-budget.ts";

/** Maps carry sixteenths of a DN. */
const STEPS_PER_DN = 16;
const MAX_STEPS = 0xffff;
const ZERO_EXPOSURE = 0;
const REFERENCE_EXPOSURE = 1;

export interface FactoryMaps {
  /** Electronic offset, 1/16 DN. */
  readonly offsetDn16: Uint16Array;
  /** Dark signal at the reference temperature and the profile's pulses per gate, 1/16 DN. */
  readonly darkDn16: Uint16Array;
  /** Non-zero = defect. */
  readonly bad: Uint8Array;
}

/** @param patterns of the whole array. */
export function factoryCalibration(profile: LidarProfile, patterns: DevicePatterns): FactoryMaps {
  const pixels = patterns.offsetDn.length;
  const draws = new Draws(profile.deviceSeed, STREAM_CALIBRATION);
  const darkDn = referenceDarkDn(profile, patterns);
  const offsetDn16 = new Uint16Array(pixels);
  const darkDn16 = new Uint16Array(pixels);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const offsetDn = patterns.offsetDn[pixel]!;
    const zeroDn = offsetDn + stackSigmaDn(profile, 0) * draws.normal(pixel, ZERO_EXPOSURE);
    const sigmaDn = stackSigmaDn(profile, darkDn[pixel]!);
    const exposedDn = offsetDn + darkDn[pixel]! + sigmaDn * draws.normal(pixel, REFERENCE_EXPOSURE);
    offsetDn16[pixel] = quantise(zeroDn);
    darkDn16[pixel] = quantise(exposedDn - zeroDn);
  }
  return { offsetDn16, darkDn16, bad: patterns.defect.map((kind) => (kind === DEFECT_NONE ? 0 : 1)) };
}

/**
 * The dark map for another exposure: each row scales with its own time from reset to sample.
 * @param pulsesPerGate of the coming frames.
 */
export function darkMapAtExposure(
  profile: LidarProfile,
  maps: FactoryMaps,
  pulsesPerGate: number,
): Uint16Array {
  const { widthPx } = profile.array;
  const reference = frameTiming(profile, profile.gates.pulsesPerGate);
  const present = frameTiming(profile, pulsesPerGate);
  return maps.darkDn16.map((steps, pixel) => {
    const row = Math.floor(pixel / widthPx);
    return quantise((steps / STEPS_PER_DN) * (darkTimeS(present, row) / darkTimeS(reference, row)));
  });
}

function referenceDarkDn(profile: LidarProfile, patterns: DevicePatterns): Float64Array {
  const timing = frameTiming(profile, profile.gates.pulsesPerGate);
  const dnPerS = referenceDarkRateEPerS(profile) / gainEPerDn(profile);
  const { widthPx } = profile.array;
  return Float64Array.from(patterns.darkFactor, (factor, pixel) => {
    if (patterns.defect[pixel] === DEFECT_DEAD) return 0;
    return dnPerS * factor * darkTimeS(timing, Math.floor(pixel / widthPx));
  });
}

/** Standard deviation of the mean of the factory's stack: shot, reset, read and quantisation noise. */
function stackSigmaDn(profile: LidarProfile, darkDn: number): number {
  const gain = gainEPerDn(profile);
  const resetE = resetNoiseE(profile, profile.detector.darkReferenceK);
  const { readNoiseE } = profile.pixel;
  const varianceDn2 = darkDn / gain + (resetE * resetE + readNoiseE * readNoiseE) / (gain * gain) + 1 / 12;
  return Math.sqrt(varianceDn2 / profile.readout.calibrationFrames);
}

function quantise(valueDn: number): number {
  return Math.min(MAX_STEPS, Math.max(0, Math.round(valueDn * STEPS_PER_DN)));
}
