import { pixelFlagsOf } from "../../hw-profiles/interface/flag-table.ts";
import type { SensorProfile } from "../../hw-profiles/sensor-profile.ts";
import type { CameraInfo } from "../camera/camera-info.ts";
import type { CameraFrame } from "../camera/frame.ts";
import { depthSections } from "./depth-sections.ts";
import type { SavedArray } from "./frame-arrays.ts";
import { imageSections } from "./image-sections.ts";

/** What is the same for all frames of a run. */
export interface RunDescription {
  readonly info: CameraInfo;
  readonly profile: SensorProfile;
  /** Scene, seed, firmware hash and what else fixes the run. */
  readonly run: Readonly<Record<string, string | number | boolean | undefined>>;
}

/** frame.json: everything needed to recompute a frame's figures without this package. */
export function frameDocument(
  frame: CameraFrame,
  arrays: readonly SavedArray[],
  description: RunDescription,
): Record<string, unknown> {
  const { info, run } = description;
  return {
    format: "cqd-frame",
    version: 1,
    kind: frame.kind,
    frame: frame.frameNumber,
    startCycle: frame.startCycle.toString(),
    endCycle: frame.endCycle.toString(),
    clockHz: frame.clockHz,
    timeNs: frame.timeNs,
    temperatureC: frame.temperatureC,
    integrity: frame.integrity,
    counters: frame.counters,
    run,
    device: {
      name: info.device,
      model: info.model,
      serialNumber: info.serialNumber,
      firmwareVersion: info.firmwareVersion,
    },
    arrays: Object.fromEntries(
      arrays.map(({ name, shape, unit, doc }) => [name, { file: `${name}.npy`, shape, unit, doc }]),
    ),
    flagBits: Object.fromEntries(pixelFlagsOf(frame.kind).map(({ key, mask }) => [key, mask])),
    ...sectionsOf(frame, description),
  };
}

/** A frame of the other kind than the profile's cannot be described further: what it carries is in the file all the same. */
function sectionsOf(frame: CameraFrame, { info, profile }: RunDescription): Record<string, unknown> {
  if (frame.kind === "depth" && profile.mode === "lidar" && info.mode === "lidar")
    return depthSections(frame, info, profile);
  if (frame.kind === "image" && profile.mode === "imaging") return imageSections(frame, info, profile);
  return {};
}
