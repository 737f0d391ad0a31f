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

/** Of the errors of pixels that have a range with both kinds of gates; n pairs. */
export interface Measured extends TruthSummary {
  /** Pixels with a range, of those that see one surface, and how many are off by more than 8 sigma and 0.3 m. */
  readonly valid: number;
  readonly outliers: number;
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
    const profile = (await opened.camera.profile()) as LidarProfile;
    const uniform = await run(opened, request, { scanShare: 1 });
    const adaptive = await run(opened, request, {});
    return {
      uniform: measuredOf(profile, uniform, adaptive),
      adaptive: measuredOf(profile, adaptive, uniform),
      plan: adaptive.at(-1)!.plan,
    };
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

interface Taken {
  readonly frame: DepthFrame;
  readonly truth: FrameTruth;
  readonly plan: FramePlanned;
}

/** `scanShare` 1: all gate planes scan, which are the uniform ones. */
async function run(
  { camera, truth }: OpenedCamera,
  { frames, widthFactors }: MeasureRequest,
  changes: { readonly scanShare?: number },
): Promise<Taken[]> {
  const factors = changes.scanShare === undefined ? widthFactors : [1];
  const count = WARM_UP + frames;
  const options = { ...changes, widthFactors: factors, rescanFrames: 0, lockStep: true, count };
  const taken: Taken[] = [];
  for await (const { frame, plan } of adaptiveGating(camera, options))
    taken.push({ frame, plan, truth: (await truth!.truth(frame.frameNumber))! });
  return taken.slice(WARM_UP);
}

/** Errors of the pixels that have a range, and no outlier, in a frame and in its partner. */
function measuredOf(profile: LidarProfile, taken: readonly Taken[], partners: readonly Taken[]): Measured {
  const { delaysNs, widthsNs } = profile.gates;
  const statistics = new TruthStatistics(profile, { gateDelaysNs: delaysNs, gateWidthsNs: widthsNs });
  let [valid, outliers] = [0, 0];
  taken.forEach(({ frame, plan, truth }, i) => {
    const partner = partners[i]!;
    const flags = frame.flags.map((flag, pixel) =>
      isGood(frame, truth, pixel) && isGood(partner.frame, partner.truth, pixel)
        ? flag
        : flag | PIXEL_INVALID,
    );
    statistics.useGates({
      gateDelaysNs: plan.delaysNs,
      gateWidthsNs: plan.delaysNs.map(() => plan.widthNs),
    });
    statistics.add({ ...frame, flags }, truth);
    const counts = ranges(frame, truth);
    valid += counts.found;
    outliers += counts.outliers;
  });
  return { ...statistics.summary(), valid, outliers };
}

const OUTLIER_SIGMAS = 8;
const OUTLIER_M = 0.3;

/** Pixels that see one surface; those that have a range; and of these, the ones that are off. */
export function ranges(
  frame: DepthFrame,
  truth: FrameTruth,
): { seen: number; found: number; outliers: number } {
  let [seen, found, outliers] = [0, 0, 0];
  for (let i = 0; i < frame.flags.length; i++) {
    if (!(truth.rangeM[i]! > 0) || truth.secondFraction[i]! > 0) continue;
    seen++;
    if ((frame.flags[i]! & PIXEL_INVALID) !== 0) continue;
    found++;
    if (!isGood(frame, truth, i)) outliers++;
  }
  return { seen, found, outliers };
}

function isGood({ flags, rangeM, sigmaM }: DepthFrame, truth: FrameTruth, pixel: number): boolean {
  if ((flags[pixel]! & PIXEL_INVALID) !== 0) return false;
  const errorM = Math.abs(rangeM[pixel]! - truth.rangeM[pixel]!);
  return errorM <= Math.max(OUTLIER_SIGMAS * sigmaM[pixel]!, OUTLIER_M);
}
