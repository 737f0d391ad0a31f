import { isAbsolute, resolve } from "node:path";
import type { DepthFrame } from "../../camera/frame.ts";
import { buildLogic } from "../../logic/build-logic.ts";
import type { LogicTarget } from "../../logic/compile-logic.ts";
import { newProject, type Template } from "../../logic/new-project.ts";
import { openCamera } from "../../open-camera.ts";
import { writeFileAtomically } from "../../save/write-file.ts";
import { packageRoot } from "../package-version.ts";

export interface BuildOptions {
  readonly out?: string;
  readonly scalar?: true;
  readonly run?: string | true;
  readonly scene: string;
  readonly new?: true;
  readonly template: Template;
  readonly json?: true;
}

/** What `cqd build --json` prints. */
export interface BuildSummary {
  readonly out: string;
  readonly target: LogicTarget;
  readonly bytes: number;
  readonly sha256: string;
  readonly sources: readonly string[];
  readonly run?: TrialRun;
}

/** One frame of the simulated board with the new module. */
export interface TrialRun {
  readonly device: string;
  readonly width: number;
  readonly height: number;
  readonly pixelsWithRange: number;
  readonly nearestM: number;
  readonly farthestM: number;
}

const DEFAULT_PROFILE = "inas-lidar-64x48";
const DEFAULT_OUT = "readout.wasm";

/** @throws BuildError, FirmwareError, CameraError. */
export async function buildProject(project: string, options: BuildOptions): Promise<BuildSummary> {
  const target: LogicTarget = options.scalar ? "scalar" : "simd";
  const { bytes, sha256, sources } = await buildLogic(project, packageRoot(), target);
  const out = options.out ?? resolve(project, DEFAULT_OUT);
  await writeFileAtomically(out, bytes);
  const summary = { out, target, bytes: bytes.length, sha256, sources };
  if (options.run === undefined) return summary;
  const profile = options.run === true ? DEFAULT_PROFILE : options.run.replace(/^sim:/, "");
  return { ...summary, run: await trialRun(isAbsolute(out) ? out : resolve(out), profile, options.scene) };
}

/** Make the project's folder. @throws BuildError. */
export async function startProject(project: string, template: Template): Promise<void> {
  await newProject(project, packageRoot(), template);
}

async function trialRun(firmware: string, profile: string, scene: string): Promise<TrialRun> {
  const device = `sim:${profile}`;
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
