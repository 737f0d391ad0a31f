import { loadProfile } from "../../../hw-profiles/load/load-profile.ts";
import type { Camera } from "../../camera/camera.ts";
import { openDevice } from "../device/device-options.ts";
import type { CaptureOptions } from "./capture-options.ts";
import type { CaptureWatch } from "./capture-watch.ts";
import { type EmvaRunSummary, runEmva } from "./emva-run.ts";
import { sceneOf, simulatedSource, statedSource } from "./even-source.ts";
import { type FrameRunSummary, runFrames } from "./frame-run.ts";

export type CaptureSummary = EmvaRunSummary | FrameRunSummary;

const SIM_PREFIX = "sim:";

/** Open the device, capture, close. */
export function runCapture(options: CaptureOptions, watch: CaptureWatch): Promise<CaptureSummary> {
  const { device, format } = options;
  if (format !== "emva")
    return withDevice(options, (camera) => runFrames(camera, { ...options, format }, watch));
  if (!device.startsWith(SIM_PREFIX)) {
    return withDevice(options, async (camera) =>
      runEmva(camera, statedSource(await camera.profile(), options), options, watch),
    );
  }
  const light = simulatedSource(loadProfile(device.slice(SIM_PREFIX.length)), options);
  return withDevice({ ...options, scene: sceneOf(light) }, (camera) =>
    runEmva(camera, light, options, watch),
  );
}

async function withDevice<T>(options: CaptureOptions, use: (camera: Camera) => Promise<T>): Promise<T> {
  const { camera } = await openDevice(options, false);
  try {
    return await use(camera);
  } finally {
    await camera.close();
  }
}
