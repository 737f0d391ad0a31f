// What adaptive gating is worth against the truth: uniform gates and planned ones, at the same pulses, one after the other
// on the same simulated sensor.

import { adaptiveGating } from "../../../host/adaptive/adaptive-gating.ts";
import type { FramePlanned } from "../../../host/adaptive/gate-planner.ts";
import { TruthStatistics, type TruthSummary } from "../../../host/analysis/truth-statistics.ts";
import type { DepthFrame } from "../../../host/camera/frame.ts";
import { type OpenedCamera, openCamera } from "../../../host/open-camera.ts";
import type { FrameTruth } from "../../../host/transport/transport.ts";
import { PIXEL_INVALID } from "../../../hw-profiles/interface/pixel-flags.ts";
import type { LidarProfile } from "../../../hw-profiles/sensor-profile.ts";

export interface MeasureRequest {
  readonly profile: string;
  readonly scene: string;
  /** Sunlight, 1 = full sun. */
  readonly ambientSun: number;
  /** Frames that count, of each kind. */
  readonly frames: number;
  /** Widths that may be chosen, as factors of the profile's. */
  readonly widthFactors: readonly number[];
  /** Period of the frames, s; left out: back to back. */
  readonly periodS?: number;
  readonly seed: number;
}

export interface Measured extends TruthSummary {
  /** Pixels with a range, of those that see one surface, and how many are off by more than 8 sigma and 0.3 m. */
  readonly valid: number;
  readonly outliers: number;
  readonly saturated: number;
}

export interface Comparison {
  readonly uniform: Measured;
  readonly adaptive: Measured;
  readonly plan: FramePlanned;
}

/** Frames until the plan has settled. */
const WARM_UP = 3;
const MICROSUNS = 1e6;

export async function compare(request: MeasureRequest): Promise<Comparison> {
  const opened = await open(request);
  try {
    const uniform = await run(opened, request, { scanShare: 1 });
    const adaptive = await run(opened, request, {});
    return { uniform: uniform.measured, adaptive: adaptive.measured, plan: adaptive.plan };
  } finally {
    await opened.camera.close();
  }
}

async function open({ ambientSun, periodS, profile, scene, seed }: MeasureRequest): Promise<OpenedCamera> {
  const simulation = { scene, seed, threads: 2, truth: true } as const;
  const opened = await openCamera(`sim:${profile}`, { simulation });
  const { registers } = opened.camera;
  await registers.write("SimAmbient", Math.round(ambientSun * MICROSUNS));
  if (periodS === undefined) return opened;
  const clockHz = await registers.readNumber("DeviceClockFrequency");
  await registers.write("SimTriggerPeriod", Math.round(periodS * clockHz));
  await registers.write("TriggerMode", 1);
  return opened;
}

/** `scanShare` 1: all gate planes scan, which are the uniform ones. */
async function run(
  { camera, truth }: OpenedCamera,
  { frames, widthFactors }: MeasureRequest,
  { scanShare }: { readonly scanShare?: number },
): Promise<{ measured: Measured; plan: FramePlanned }> {
  const profile = (await camera.profile()) as LidarProfile;
  const share = scanShare === undefined ? {} : { scanShare };
  const factors = scanShare === undefined ? widthFactors : [1];
  const count = WARM_UP + frames;
  const options = { ...share, widthFactors: factors, rescanFrames: 0, lockStep: true, count };
  const tally = new Tally(profile);
  let last: FramePlanned | undefined;
  let taken = 0;
  for await (const { frame, plan } of adaptiveGating(camera, options)) {
    last = plan;
    if (taken++ < WARM_UP) continue;
    tally.add(frame, (await truth!.truth(frame.frameNumber))!, plan);
  }
  return { measured: tally.summary(), plan: last! };
}

class Tally {
  readonly #statistics: TruthStatistics;
  #valid = 0;
  #outliers = 0;
  #saturated = 0;

  constructor(profile: LidarProfile) {
    const { delaysNs, widthsNs } = profile.gates;
    this.#statistics = new TruthStatistics(profile, { gateDelaysNs: delaysNs, gateWidthsNs: widthsNs });
  }

  add(frame: DepthFrame, truth: FrameTruth, { delaysNs, widthNs }: FramePlanned): void {
    this.#statistics.useGates({ gateDelaysNs: delaysNs, gateWidthsNs: delaysNs.map(() => widthNs) });
    this.#statistics.add(frame, truth);
    const { found, outliers } = ranges(frame, truth);
    this.#valid += found;
    this.#outliers += outliers;
    this.#saturated += frame.counters.saturated;
  }

  summary(): Measured {
    const counts = { valid: this.#valid, outliers: this.#outliers, saturated: this.#saturated };
    return { ...this.#statistics.summary(), ...counts };
  }
}

const OUTLIER_SIGMAS = 8;
const OUTLIER_M = 0.3;

/** Pixels that see one surface and have a range; of those, the ones that are off. */
export function ranges(
  frame: DepthFrame,
  truth: FrameTruth,
  counts: (pixel: number) => boolean = () => true,
): { seen: number; found: number; outliers: number } {
  let [seen, found, outliers] = [0, 0, 0];
  for (let i = 0; i < frame.flags.length; i++) {
    if (!(truth.rangeM[i]! > 0) || truth.secondFraction[i]! > 0 || !counts(i)) continue;
    seen++;
    if ((frame.flags[i]! & PIXEL_INVALID) !== 0) continue;
    found++;
    const errorM = Math.abs(frame.rangeM[i]! - truth.rangeM[i]!);
    if (errorM > Math.max(OUTLIER_SIGMAS * frame.sigmaM[i]!, OUTLIER_M)) outliers++;
  }
  return { seen, found, outliers };
}
