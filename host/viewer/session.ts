import type { SensorProfile } from "../../hw-profiles/sensor-profile.ts";
import type { Camera } from "../camera/camera.ts";
import type { CameraInfo } from "../camera/camera-info.ts";
import type { DeviceState, PageMessage } from "../server/messages.ts";
import { FrameMeter } from "./frame-meter.ts";
import { ControlLink } from "./link/control-link.ts";
import { DeviceLink, type FrameArrival } from "./link/device-link.ts";
import { setProbe } from "./probe.ts";
import { fitMissingRanges } from "./state/colouring.ts";
import { FrameModels } from "./state/frame-model.ts";
import type { ViewState } from "./state/view-state.ts";

export interface SessionEvents {
  serverState(state: DeviceState): void;
  serverGone(): void;
  problem(text: string | undefined): void;
  /** Another device or scene. */
  deviceChanged(profile: SensorProfile | undefined): void;
  /** Registers were read: the device was opened, or set anew. */
  deviceOpened(camera: Camera, info: CameraInfo): void;
  /** A new frame is in the view state; resolves when it is on the screen. */
  show(): Promise<void>;
}

/** Everything between the server and the view state. */
export class Session {
  readonly device: DeviceLink;
  info: CameraInfo | undefined;
  serverState: DeviceState | undefined;
  connected = false;
  framesShown = 0;
  latencyMs: number | undefined;
  private readonly control: ControlLink;
  private readonly state: ViewState;
  private readonly events: SessionEvents;
  private readonly meter = new FrameMeter();
  private models: FrameModels | undefined;
  private shownDevice = "";

  constructor(state: ViewState, events: SessionEvents) {
    this.state = state;
    this.events = events;
    this.device = new DeviceLink({
      opened: (camera, info) => this.opened(camera, info),
      frame: (arrival) => this.takeFrame(arrival),
    });
    this.control = new ControlLink({
      connected: () => {
        this.connected = true;
      },
      disconnected: () => this.disconnected(),
      state: (serverState) => this.takeState(serverState),
      refused: (message) => events.problem(message),
    });
    state.pinned.on(() => this.writeProbe());
  }

  get profile(): SensorProfile | undefined {
    return this.serverState?.profile;
  }

  get receivedFps(): number {
    return this.meter.rate(performance.now());
  }

  send(message: PageMessage): void {
    this.control.send(message);
  }

  private disconnected(): void {
    if (this.connected) this.events.serverGone();
    this.connected = false;
    this.device.watch(undefined);
  }

  private takeState(serverState: DeviceState): void {
    this.serverState = serverState;
    const device = `${serverState.epoch} ${serverState.profileId} ${serverState.sceneId}`;
    if (device !== this.shownDevice) {
      this.shownDevice = device;
      this.state.forgetDevice();
      this.models = serverState.profile && new FrameModels(serverState.profile);
      this.events.deviceChanged(serverState.profile);
    }
    this.device.watch(serverState.profile ? serverState.deviceName : undefined);
    this.events.serverState(serverState);
  }

  private opened(camera: Camera, info: CameraInfo): void {
    this.info = info;
    this.writeProbe();
    this.events.deviceOpened(camera, info);
  }

  private async takeFrame({ frame, completedAtMs }: FrameArrival): Promise<void> {
    if (!this.models) return;
    const model = this.models.make(frame);
    fitMissingRanges(this.state, model);
    this.state.model.set(model);
    await this.events.show();
    this.framesShown += 1;
    this.latencyMs = this.control.clock.sinceMs(completedAtMs, Date.now());
    this.meter.count(performance.now());
  }

  private writeProbe(): void {
    const camera = this.device.open;
    const width = this.info?.widthPx;
    if (!camera || width === undefined) return;
    setProbe(camera, this.state.pinned.value, width).catch((error: unknown) => {
      if (this.connected) this.events.problem(error instanceof Error ? error.message : String(error));
    });
  }
}
