import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DepthFrame } from "../../camera/frame.ts";
import { openCamera } from "../../open-camera.ts";

/** One frame of the simulated board with a new module. */
export interface TrialRun {
  readonly device: string;
  readonly width: number;
  readonly height: number;
  readonly pixelsWithRange: number;
  readonly nearestM: number;
  readonly farthestM: number;
}

const DEFAULT_PROFILE = "inas-lidar-64x48";

/** @param profile a simulated LiDAR; true: a small one. @throws FirmwareError, CameraError. */
export async function trialRun(module: Uint8Array, profile: string | true, scene: string): Promise<TrialRun> {
  const device = `sim:${profile === true ? DEFAULT_PROFILE : profile.replace(/^sim:/, "")}`;
  const folder = await mkdtemp(join(tmpdir(), "cqd-build-"));
  try {
    const firmware = join(folder, "readout.wasm");
    await writeFile(firmware, module);
    return await firstFrame(device, firmware, scene);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function firstFrame(device: string, firmware: string, scene: string): Promise<TrialRun> {
  const { camera } = await openCamera(device, { simulation: { firmware, scene, seed: 1, threads: 0 } });
  try {
    for await (const frame of camera.depthFrames({ count: 1 })) return describe(device, frame);
    throw new Error(`${device} sent no frame`);
  } finally {
    await camera.close();
  }
}

function describe(device: string, { height, rangeM, width }: DepthFrame): TrialRun {
  const found = rangeM.filter((metres) => metres > 0);
  return {
    device,
    width,
    height,
    pixelsWithRange: found.length,
    nearestM: found.reduce((least, metres) => Math.min(least, metres), Infinity),
    farthestM: found.reduce((most, metres) => Math.max(most, metres), 0),
  };
}
