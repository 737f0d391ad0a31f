// The check of the predictions: the simulated sensor looks at walls, through the public camera, and its ranges are counted.

import type { LidarProfile } from "../../../hw-profiles/sensor-profile.ts";
import { openCamera } from "../../open-camera.ts";
import type { DesignRequest, PlannedDesign } from "../design.ts";
import { Predictor } from "../predict.ts";
import { judge, type Measurement, type VerifiedCell } from "./cells.ts";
import { Spread } from "./spread.ts";

/** SimAmbient counts millionths of a sun. */
const MICROSUNS = 1e6;

export interface VerifyOptions {
  /** Of each point. */
  readonly frames: number;
  readonly seed: number;
  /** Threads of the simulation; 0 = none. */
  readonly threads: number;
  readonly onProgress?: (done: number, total: number, label: string) => void;
  readonly isCancelled?: () => boolean;
}

/** Points of a run: designs x reflectances x ambients x ranges. */
export function countCells(designs: number, request: DesignRequest): number {
  return designs * request.reflectances.length * request.ambientSuns.length * request.rangesM.length;
}

/**
 * Simulate every point of a design and compare it with its prediction. Each point is a wall that faces every ray at the same
 * range; bad pixels are left out. Stops early, with the cells so far, when cancelled.
 */
export async function verifyDesign(
  design: PlannedDesign,
  request: DesignRequest,
  options: VerifyOptions,
): Promise<VerifiedCell[]> {
  const predictor = new Predictor(design.profile);
  const total = countCells(1, request);
  const cells: VerifiedCell[] = [];
  for (const reflectance of request.reflectances) {
    for (const rangeM of request.rangesM) {
      if (options.isCancelled?.()) return cells;
      const wall = { rangeM, reflectance };
      const measured = await lookAtWall(design.profile, wall, request.ambientSuns, options);
      for (const [ambientSun, measurement] of measured) {
        cells.push(judge(design.label, predictor.predict({ ...wall, ambientSun }), measurement));
      }
      options.onProgress?.(cells.length, total, design.label);
    }
  }
  return cells;
}

async function lookAtWall(
  profile: LidarProfile,
  { rangeM, reflectance }: { readonly rangeM: number; readonly reflectance: number },
  ambientSuns: readonly number[],
  { frames, seed, threads }: VerifyOptions,
): Promise<Map<number, Measurement>> {
  const scene = `wall:range=${rangeM},radial=1,rho=${reflectance}`;
  const { camera } = await openCamera("sim", { simulation: { profile, scene, seed, threads } });
  const measured = new Map<number, Measurement>();
  try {
    for (const ambientSun of ambientSuns) {
      await camera.registers.write("SimAmbient", Math.round(ambientSun * MICROSUNS));
      const spread = new Spread(rangeM);
      await camera.start({ frameCount: frames });
      for await (const frame of camera.depthFrames({ count: frames })) spread.add(frame);
      await camera.stop();
      measured.set(ambientSun, spread.result());
    }
  } finally {
    await camera.close();
  }
  return measured;
}
