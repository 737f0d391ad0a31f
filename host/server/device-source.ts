import type { SensorProfile } from "../../hw-profiles/sensor-profile.ts";
import type { Transport } from "../transport/transport.ts";
import type { Choice } from "./messages.ts";

/** A device that is open, and what the page must know to show its frames. */
export interface OpenedDevice {
  readonly transport: Transport;
  readonly profile: SensorProfile;
}

/** Where the viewer's devices come from. Ids are those of the listed choices. */
export interface DeviceSource {
  readonly profiles: readonly Choice[];
  readonly scenes: readonly Choice[];
  /** Throws an Error with a text for people when the device cannot be opened. */
  open(profileId: string, sceneId: string): Promise<OpenedDevice>;
}
