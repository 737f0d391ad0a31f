import { parseName, type StreamOptions } from "../transport/open-transport.ts";
import type { DeviceSource } from "./device-source.ts";
import type { PluggedSourceOptions } from "./plugged-source.ts";
import type { SimulatedSourceOptions } from "./simulated-source.ts";

const DEFAULT_PROFILE = "inas-lidar-320x240";

/** What to show, by the name that every command takes. */
export interface SourceOptions
  extends StreamOptions,
    Pick<PluggedSourceOptions, "calibration" | "faults">,
    Omit<SimulatedSourceOptions, "profile"> {
  readonly device: string;
}

/** Where the viewer's devices come from, and which one is shown first. */
export interface FirstDevice {
  readonly source: DeviceSource;
  readonly profileId: string;
  readonly sceneId: string;
  /** As it was asked for; undefined for a board on USB. */
  readonly sceneText: string | undefined;
}

/** @throws Error for a name that is none; ProfileError, SceneError, FaultSpecError for what cannot be used. */
export async function openSource(options: SourceOptions): Promise<FirstDevice> {
  const { kind, rest } = parseName(options.device);
  if (kind === "hid") {
    const { PluggedSource } = await import("./plugged-source.ts");
    const source = new PluggedSource(options);
    return { source, profileId: options.device, sceneId: source.scenes[0].id, sceneText: undefined };
  }
  const { SimulatedSource } = await import("./simulated-source.ts");
  const profile = rest || DEFAULT_PROFILE;
  const source = new SimulatedSource({ ...options, profile });
  const { id, sceneText } = source.scenes[0]!;
  return { source, profileId: profile, sceneId: id, sceneText };
}
