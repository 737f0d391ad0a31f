import type { SensorProfile } from "../../hw-profiles/sensor-profile.ts";
import type { TraceSource, Transport } from "../transport/transport.ts";
import type { CableWatch } from "./cable-watch.ts";
import type { Choice } from "./messages.ts";

/** What a simulated board has and no other: its time is virtual, and its waveforms are known. */
export interface Simulation {
  readonly traces: TraceSource | undefined;
}

/** A device that is open, and what the page must know to show its frames. */
export interface OpenedDevice {
  readonly transport: Transport;
  readonly profile: SensorProfile;
  /** Undefined: a board on USB. */
  readonly simulation: Simulation | undefined;
  /** Tells of the device's cable; undefined: the device cannot come back. */
  readonly cable?: CableWatch | undefined;
}

/** Where the viewer's devices come from. Ids are those of the listed choices. */
export interface DeviceSource {
  /** Its devices are simulated: a page may choose among them. */
  readonly isSimulated: boolean;
  readonly profiles: readonly Choice[];
  readonly scenes: readonly Choice[];
  /** Throws an Error with a text for people when the device cannot be opened. */
  open(profileId: string, sceneId: string): Promise<OpenedDevice>;
}
