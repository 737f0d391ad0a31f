import type { SensorProfile } from "../../hw-profiles/sensor-profile.ts";
import { readCalibratedProfile } from "../analysis/calibrated-profile.ts";
import type { CalibratedProfile } from "../analysis/gate-correction.ts";
import type { Camera } from "../camera/camera.ts";
import type { CameraInfo } from "../camera/camera-info.ts";
import type { CameraFrame } from "../camera/frame.ts";
import type { DeviceState, PageMessage, RunMode } from "../server/messages.ts";
import type { TimelineAnswer } from "../server/timeline-messages.ts";
import { FrameMeter } from "./frame-meter.ts";
import { DeviceLink, type FrameArrival } from "./link/device-link.ts";
import type { DeviceSource } from "./link/device-source.ts";
import { PageControl } from "./link/page-control.ts";
import { MixedLabeller } from "./mixed/mixed-labeller.ts";
import { setProbe } from "./probe.ts";
import { fitMissingRanges } from "./state/colouring.ts";
import { FrameModels } from "./state/frame-model.ts";
import type { ViewState } from "./state/view-state.ts";

export interface SessionEvents {
  serverState(state: DeviceState): void;
  /** There is neither server nor board. `wasThere`: there was a server before. */
  alone(wasThere: boolean): void;
  problem(text: string | undefined): void;
  timeline(answer: TimelineAnswer): void;
  /** Another device or scene. */
  deviceChanged(profile: SensorProfile | undefined): void;
  /** Registers were read: the device was opened, or set anew. */
  deviceOpened(camera: Camera, info: CameraInfo): void;
  /** A new frame is in the view state; resolves when it is on the screen. */
  show(): Promise<void>;
}

const LAST_FRAME_MS = 2000;

/** Everything between the device, by a server or without, and the view state. */
export class Session {
  readonly device: DeviceLink;
  info: CameraInfo | undefined;
  /** Of a LiDAR: the profile with what the device is calibrated to. */
  calibrated: CalibratedProfile | undefined;
  serverState: DeviceState | undefined;
  framesShown = 0;
  latencyMs: number | undefined;
  readonly control: PageControl;
  private readonly state: ViewState;
  private readonly events: SessionEvents;
  private readonly meter = new FrameMeter();
  private models: FrameModels | undefined;
  private labeller: MixedLabeller | undefined;
  /** As the device sent it. */
  private lastFrame: CameraFrame | undefined;
  private shownDevice: string | undefined;
  private shownFrame: number | undefined;
  private waitsSinceMs = 0;

  constructor(state: ViewState, events: SessionEvents) {
    this.state = state;
    this.events = events;
    this.device = new DeviceLink({
      opened: (camera, info) => this.opened(camera, info),
      frame: (arrival) => this.takeFrame(arrival),
      failed: (error) => this.deviceFailed(error),
    });
    this.control = new PageControl({
      state: (serverState, source) => this.takeState(serverState, source),
      refused: (message) => events.problem(message),
      timeline: (answer) => events.timeline(answer),
      alone: (wasThere) => this.alone(wasThere),
    });
    state.pinned.on(() => this.writeProbe());
    state.mixed.on(() => this.relabel().catch((error: unknown) => this.tell(error)));
  }

  /** What this page does: paused only when the last frame is on its screen. */
  get mode(): RunMode | undefined {
    const server = this.serverState;
    if (server?.mode !== "paused" || server.lastFrame === undefined) return server?.mode;
    const isBehind = this.shownFrame !== undefined && this.shownFrame !== server.lastFrame;
    const isWaiting = performance.now() - this.waitsSinceMs < LAST_FRAME_MS;
    return isBehind && isWaiting ? "stopping" : "paused";
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

  get connected(): boolean {
    return this.control.isLinked;
  }

  /** Say what `work` with the device of `camera` fails with, while it is the open one: of a device that is closed nobody asks. */
  async whileOpen(camera: Camera, work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      if (camera === this.device.open) this.tell(error);
    }
  }

  private alone(wasThere: boolean): void {
    this.events.alone(wasThere);
    this.device.watch(undefined);
  }

  /** Of its own device a server says what became of it. */
  private deviceFailed(error: unknown): void {
    if (!this.control.hasBoard || this.serverState === undefined) return;
    const problem = error instanceof Error ? error.message : String(error);
    this.events.serverState({ ...this.serverState, profile: undefined, problem });
  }

  private takeState(serverState: DeviceState, source: DeviceSource | undefined): void {
    const wasPaused = this.serverState?.mode === "paused";
    this.serverState = serverState;
    const isPausedNow = serverState.mode === "paused" && !wasPaused;
    // While a device is being opened there is a state without profile: the same device, not yet there.
    const device =
      serverState.profile && `${serverState.epoch} ${serverState.profileId} ${serverState.sceneId}`;
    if (device !== this.shownDevice) {
      this.shownDevice = device;
      this.state.forgetDevice(serverState.profile?.mode === "imaging" ? "image" : "depth");
      this.shownFrame = undefined;
      this.lastFrame = undefined;
      this.models = serverState.profile && new FrameModels(serverState.profile);
      this.labeller?.close();
      this.labeller = serverState.profile && new MixedLabeller(serverState.profile.optics);
      this.events.deviceChanged(serverState.profile);
    }
    this.device.watch(source);
    if (isPausedNow) this.awaitLastFrame();
    else this.tellMode();
  }

  /** A slow page may have been spared the last frame: it waits for it while frames come, and not long after that. */
  private awaitLastFrame(): void {
    this.waitsSinceMs = performance.now();
    this.tellMode();
    setTimeout(() => this.tellMode(), LAST_FRAME_MS + 1);
  }

  private tellMode(): void {
    const { serverState, mode } = this;
    if (serverState && mode && this.connected) this.events.serverState({ ...serverState, mode });
  }

  private opened(camera: Camera, info: CameraInfo): void {
    this.info = info;
    this.calibrated = undefined;
    void this.whileOpen(camera, this.readCalibration(camera));
    this.writeProbe();
    this.events.deviceOpened(camera, info);
  }

  private async takeFrame({ frame, delivery }: FrameArrival): Promise<void> {
    if (!this.models) return;
    this.lastFrame = frame;
    const labelled = await this.labelled(frame);
    if (this.lastFrame !== frame) return;
    const model = this.models.make(labelled);
    fitMissingRanges(this.state, model);
    this.state.model.set(model);
    await this.events.show();
    this.framesShown += 1;
    this.shownFrame = frame.frameNumber;
    if (this.serverState?.mode !== "playing") this.awaitLastFrame();
    this.latencyMs = delivery.ageMs();
    this.meter.count(performance.now());
  }

  private async readCalibration(camera: Camera): Promise<void> {
    const { profile } = this;
    if (profile?.mode !== "lidar") return;
    const calibrated = await readCalibratedProfile(profile, camera.registers);
    if (camera !== this.device.open) return;
    this.calibrated = calibrated;
    await this.events.show();
  }

  /** With the mixed pixels labelled, if that is asked for; else, or when it fails, the frame itself. */
  private async labelled(frame: CameraFrame): Promise<CameraFrame> {
    if (!this.state.mixed.value || frame.kind !== "depth" || !this.labeller) return frame;
    try {
      return await this.labeller.label(frame);
    } catch (error) {
      this.tell(error);
      return frame;
    }
  }

  /** The frame on the screen, looked at in another way. */
  private async relabel(): Promise<void> {
    const frame = this.lastFrame;
    const labelled = frame && (await this.labelled(frame));
    if (labelled && frame === this.lastFrame && this.models) this.state.model.set(this.models.make(labelled));
  }

  private writeProbe(): void {
    const camera = this.device.open;
    const width = this.info?.widthPx;
    if (!camera || width === undefined) return;
    void this.whileOpen(camera, setProbe(camera, this.state.pinned.value, width));
  }

  private tell(error: unknown): void {
    if (this.connected) this.events.problem(error instanceof Error ? error.message : String(error));
  }
}
