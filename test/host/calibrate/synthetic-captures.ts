// Captures made without the simulated board: its response in closed form, Gaussian noise from a seed, pixels that are alike.

import type { CodeScale, TargetCapture } from "../../../host/calibrate/target-capture.ts";
import type { LidarProfile } from "../../../hw-profiles/sensor-profile.ts";
import { gateResponse, responseSpec } from "../../../sim/detector/response.ts";
import { type ChipDeviation, chipDeviation } from "../../../sim/deviation/chip-deviation.ts";
import { chipResponse } from "../../../sim/deviation/chip-response.ts";
import { Draws } from "../../../sim/random/draws.ts";
import { realisedGates } from "../../../sim/roic/gate-edges.ts";

export const SCALE: CodeScale = { gainEPerDn: 50, pedestalDn: 96, noiseVarianceE2: 1200 };

export interface SyntheticChip {
  readonly profile: LidarProfile;
  readonly deviation: Partial<ChipDeviation>;
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  /** Amplitude A of a pixel, electrons. */
  readonly amplitudeE: number;
  readonly seed: number;
  /** How late each pixel's gates open, ns. */
  readonly latenessNs?: (pixel: number) => number;
}

const NS_PER_M = 2 / 0.299792458;
const BACKGROUND_E = 3000;
/** Farthest pixel over nearest one, as of a wall across the axis. */
const SPREAD = 0.08;

export function syntheticCapture(chip: SyntheticChip, distanceM: number): TargetCapture {
  const { amplitudeE, deviation, frames, height, latenessNs = () => 0, profile, seed, width } = chip;
  const commanded = { ...responseSpec(profile), ...realisedGates(profile) };
  const spec = chipResponse(profile, chipDeviation(profile, deviation), 308.15, commanded);
  const response = gateResponse(spec);
  const gates = spec.delaysNs.length;
  const pixels = width * height;
  const draws = new Draws(seed, Math.round(100 * distanceM));
  const rangesM = Float32Array.from(
    { length: pixels },
    (_, i) => distanceM * (1 + (SPREAD * ((i * 7) % pixels)) / pixels),
  );
  const sumsDn = new Float32Array(gates * pixels);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const t0Ns = rangesM[pixel]! * NS_PER_M - latenessNs(pixel);
    for (let k = 0; k < gates; k++) {
      const meanE = amplitudeE * response(k, t0Ns) + BACKGROUND_E;
      const sigmaE = Math.sqrt((meanE + SCALE.noiseVarianceE2) / frames);
      const electrons = meanE + sigmaE * draws.normal(pixel, k);
      sumsDn[k * pixels + pixel] = frames * (electrons / SCALE.gainEPerDn + SCALE.pedestalDn);
    }
  }
  return {
    distanceM,
    frames,
    pulsesPerGate: 500,
    temperatureC: 35,
    sumsDn,
    rangesM,
    footprintsNs2: new Float32Array(pixels),
    usable: new Uint8Array(pixels).fill(1),
    deviceBiasM: 0,
    deviceBiasSigmaM: 0,
  };
}
