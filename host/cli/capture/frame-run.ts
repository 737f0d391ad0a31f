import { COMPONENT_RAW } from "../../../hw-profiles/interface/reports.ts";
import type { Camera } from "../../camera/camera.ts";
import type { CameraInfo } from "../../camera/camera-info.ts";
import type { FrameFormat } from "../../capture/capture-format.ts";
import { codeScales } from "../../capture/code-scale.ts";
import { FrameCapture } from "../../capture/frame-capture.ts";
import { usageError } from "../command-error.ts";
import { firmwareIdentity } from "../device/firmware-identity.ts";
import type { CaptureOptions } from "./capture-options.ts";
import type { CaptureWatch } from "./capture-watch.ts";
import { setRegion } from "./set-region.ts";

/** What `cqd capture --json` prints for formats of frames. */
export interface FrameRunSummary {
  readonly device: string;
  readonly profile: string;
  readonly format: FrameFormat;
  readonly out: string;
  readonly index: string;
  readonly frames: number;
  readonly files: number;
  readonly bytes: number;
  readonly interrupted: boolean;
}

/** Arrays that a device can send; the first one holds the raw codes. */
const ARRAYS = {
  lidar: ["gates_dn", "range_m", "sigma_m", "amplitude_e", "ambient_e", "flags"],
  imaging: ["reads_dn", "intensity_dn", "sigma_dn", "flags"],
} as const;

/** Frames of an open camera, into files. @throws CommandError, CameraError, errors of node:fs. */
export async function runFrames(
  camera: Camera,
  options: CaptureOptions & { readonly format: FrameFormat },
  watch: CaptureWatch,
): Promise<FrameRunSummary> {
  if (options.region) await setRegion(camera.registers, options.region);
  const info = await camera.info();
  const profile = await camera.profile();
  await selectRaw(camera, info, options.arrays);
  const { arrays, device, format, out, scene, seed } = options;
  const firmware = await firmwareIdentity(device, options.firmware, options.flashFile);
  const run = { device, profile: profile.name, scene, seed, firmwareSha256: firmware?.sha256 ?? null };
  const capture = new FrameCapture({
    folder: out,
    format,
    arrays,
    scales: codeScales(info, profile),
    run,
  });
  await capture.begin();
  const count = options.frames ?? 1;
  for await (const frame of camera.frames({ count })) {
    await capture.save(frame);
    watch.onProgress(capture.frames, count, "frames");
    if (watch.isCancelled()) break;
  }
  const interrupted = watch.isCancelled() && capture.frames < count;
  const index = await capture.end(interrupted);
  const { bytes, files, frames } = capture;
  return { device, profile: profile.name, format, out, index, frames, files, bytes, interrupted };
}

/** The raw codes are sent when they are wanted, and then only. */
async function selectRaw(
  { registers }: Camera,
  { mode }: CameraInfo,
  arrays: readonly string[] | undefined,
): Promise<void> {
  const known: readonly string[] = ARRAYS[mode];
  const unknown = arrays?.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw usageError(`--arrays: found "${unknown}", expected some of ${known.join(", ")}`);
  const isRawWanted = arrays?.includes(ARRAYS[mode][0]) ?? true;
  const components = await registers.readNumber("ComponentEnable");
  const others = components & ~COMPONENT_RAW;
  await registers.write("ComponentEnable", isRawWanted ? components | COMPONENT_RAW : others);
}
