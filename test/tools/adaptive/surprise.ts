// Everything moves at once: the gates were planned for a wall at one range, and in the next frame it stands at another.

import { GatePlanner } from "../../../host/adaptive/gate-planner.ts";
import { writeGates } from "../../../host/adaptive/gate-registers.ts";
import type { Camera } from "../../../host/camera/camera.ts";
import type { DepthFrame } from "../../../host/camera/frame.ts";
import { type OpenedCamera, openCamera } from "../../../host/open-camera.ts";
import type { LidarProfile } from "../../../hw-profiles/sensor-profile.ts";
import { ranges } from "./measure.ts";

export interface Surprise {
  readonly fromM: number;
  readonly toM: number;
  /** Of the first frame with gates that were planned for the other range. */
  readonly foundShare: number;
  readonly outlierShare: number;
  /** Median sigma of this frame, and of the one after the next plan, over that of uniform gates. */
  readonly firstSigmaRatio: number;
  readonly nextSigmaRatio: number;
  readonly pixels: number;
}

const PULSES = 500;

export async function surprise(
  profileName: string,
  fromM: number,
  toM: number,
  seed: number,
): Promise<Surprise> {
  const before = await open(profileName, fromM, seed);
  const profile = (await before.camera.profile()) as LidarProfile;
  const planner = new GatePlanner(profile, PULSES, { rescanFrames: 0 });
  const stale = planner.next(await frameOf(before.camera), planner.uniform);
  await before.camera.close();
  const after = await open(profileName, toM, seed + 1);
  try {
    const uniform = await frameOf(after.camera);
    await writeGates(after.camera.registers, stale);
    const first = await frameOf(after.camera);
    const truth = (await after.truth!.truth(first.frameNumber))!;
    await writeGates(after.camera.registers, planner.next(first, stale));
    const next = await frameOf(after.camera);
    const { found, outliers, seen } = ranges(first, truth);
    return {
      fromM,
      toM,
      foundShare: found / seen,
      outlierShare: outliers / seen,
      firstSigmaRatio: medianSigmaM(first) / medianSigmaM(uniform),
      nextSigmaRatio: medianSigmaM(next) / medianSigmaM(uniform),
      pixels: seen,
    };
  } finally {
    await after.camera.close();
  }
}

function open(profile: string, rangeM: number, seed: number): Promise<OpenedCamera> {
  const scene = `wall:range=${rangeM},radial=1`;
  return openCamera(`sim:${profile}`, { simulation: { scene, seed, threads: 0, truth: true } });
}

async function frameOf(camera: Camera): Promise<DepthFrame> {
  for await (const frame of camera.depthFrames({ count: 1 })) return frame;
  throw new Error(`${camera.name} sent no frame`);
}

function medianSigmaM({ sigmaM }: DepthFrame): number {
  const valid = [...sigmaM].filter((sigma) => sigma > 0 && sigma < Infinity).sort((a, b) => a - b);
  return valid[Math.floor(valid.length / 2)] ?? Infinity;
}
