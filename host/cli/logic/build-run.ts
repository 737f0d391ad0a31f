import { resolve } from "node:path";
import { featureNames } from "../../image/code-text.ts";
import { manifestOf } from "../../image/node/image-of-module.ts";
import { type BuiltLogic, buildLogic } from "../../logic/build-logic.ts";
import type { LogicMode, LogicTarget } from "../../logic/logic-options.ts";
import { newProject, type Template } from "../../logic/new-project.ts";
import { writeFileAtomically } from "../../save/write-file.ts";
import type { ImageSummary } from "../image/image-summary.ts";
import { signingKeyOf } from "../image/key-files.ts";
import type { ReleaseOptions } from "../image/release-options.ts";
import { releaseOf, writeImage } from "../image/sign-run.ts";
import { packageRoot } from "../package-version.ts";
import { type TrialRun, trialRun } from "./trial-run.ts";

export interface BuildOptions extends ReleaseOptions {
  readonly out?: string;
  readonly target: LogicTarget;
  readonly mode: LogicMode;
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
  readonly mode: LogicMode;
  /** Of the module. */
  readonly bytes: number;
  readonly sha256: string;
  readonly sources: readonly string[];
  /** Modes that the module has, whatever it was built for. */
  readonly modes: readonly string[];
  /** When `out` is a signed image. */
  readonly image?: ImageSummary;
  readonly run?: TrialRun;
}

const DEFAULT_OUT = "readout.wasm";
const IMAGE_ENDING = ".cqdi";

export function isImageFile(out: string): boolean {
  return out.endsWith(IMAGE_ENDING);
}

/** @throws BuildError, FirmwareError, ImageError, CameraError. */
export async function buildProject(source: string, options: BuildOptions): Promise<BuildSummary> {
  const { mode, target } = options;
  const logic = await buildLogic(source, packageRoot(), { mode, target });
  const out = options.out ?? defaultOut(source);
  const image = await writeLogic(out, logic, options);
  const run = options.run === undefined ? undefined : await trialRun(logic.bytes, options.run, options.scene);
  const { bytes, sha256, sources } = logic;
  return {
    out,
    target,
    mode,
    bytes: bytes.length,
    sha256,
    sources,
    modes: featureNames(logic.modes),
    ...(image && { image }),
    ...(run && { run }),
  };
}

/** In the folder of the project; beside a file that is built. */
function defaultOut(source: string): string {
  return source.endsWith(".ts") ? resolve(source).replace(/\.ts$/, ".wasm") : resolve(source, DEFAULT_OUT);
}

async function writeLogic(
  out: string,
  logic: BuiltLogic,
  options: BuildOptions,
): Promise<ImageSummary | undefined> {
  if (isImageFile(out)) {
    const key = await signingKeyOf(options.key);
    return await writeImage(out, manifestOf(logic, releaseOf(options)), logic.bytes, key);
  }
  await writeFileAtomically(out, logic.bytes);
  return undefined;
}

/** Make the project's folder. @throws BuildError. */
export async function startProject(project: string, template: Template): Promise<void> {
  await newProject(project, packageRoot(), template);
}
