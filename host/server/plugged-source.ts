import { loadProfile } from "../../hw-profiles/load/load-profile.ts";
import type { SensorProfile } from "../../hw-profiles/sensor-profile.ts";
import { applyCalibration } from "../calibrate/apply-calibration.ts";
import type { TofCalibration } from "../calibrate/tof-calibration.ts";
import { checkDevice } from "../camera/camera-info.ts";
import { RegisterPort } from "../camera/register-port.ts";
import { BrokenLink } from "../transport/faults/broken-link.ts";
import { parseFaults } from "../transport/faults/parse-faults.ts";
import { type DevicePort, openPort, type StreamOptions } from "../transport/open-transport.ts";
import { openWatched, type WatchedDevice } from "./cable-watch.ts";
import type { DeviceSource, OpenedDevice } from "./device-source.ts";
import { BOARD_SCENE, type Choice } from "./messages.ts";

export interface PluggedSourceOptions extends StreamOptions {
  /** `hid:SERIAL` */
  readonly device: string;
  /** Made on this board, and written into it whenever it is opened. */
  readonly calibration?: TofCalibration | undefined;
  /** Of the link, done on purpose; data then come over HID. */
  readonly faults?: string | undefined;
  /** Another way to the board than this computer's USB. */
  readonly openPort?: (() => Promise<DevicePort>) | undefined;
}

/** One board on USB, with the settings that it has. */
export class PluggedSource implements DeviceSource {
  readonly isSimulated = false;
  readonly scenes = [BOARD_SCENE] as const;
  private readonly options: PluggedSourceOptions;
  private readonly openPort: () => Promise<DevicePort>;
  /** Of the sensor, as soon as that is known. */
  private title = "Board";

  /** @throws FaultSpecError for faults that cannot be read. */
  constructor(options: PluggedSourceOptions) {
    this.options = options;
    this.openPort = options.openPort ?? portOf(options);
  }

  get profiles(): readonly Choice[] {
    return [{ id: this.options.device, title: `${this.title} on USB` }];
  }

  /** @throws TransportError: absent, permission, busy; CameraError of a board of another version. */
  async open(): Promise<OpenedDevice> {
    const watched = await openWatched(await this.openPort());
    try {
      const profile = await this.prepared(watched);
      this.title = profile.title;
      return { ...watched, profile, simulation: undefined };
    } catch (error) {
      await watched.transport.close();
      throw error;
    }
  }

  private async prepared({ transport }: WatchedDevice): Promise<SensorProfile> {
    const registers = new RegisterPort(transport);
    await checkDevice(registers);
    const { calibration } = this.options;
    if (calibration !== undefined) await applyCalibration({ name: transport.name, registers }, calibration);
    return loadProfile(await registers.readText("DeviceModelName"));
  }
}

function portOf(options: PluggedSourceOptions): () => Promise<DevicePort> {
  const { device } = options;
  const faults = options.faults === undefined ? undefined : parseFaults(options.faults);
  if (faults === undefined) return () => openPort(device, {}, options);
  const stream = { ...options, streamInterface: "hid" } as const;
  return () => openPort(device, {}, stream, new BrokenLink(faults).wrap);
}
