import { Camera } from "../../camera/camera.ts";
import { CameraError } from "../../camera/camera-error.ts";
import type { CameraInfo } from "../../camera/camera-info.ts";
import type { CameraStatistics } from "../../camera/camera-options.ts";
import type { CameraFrame } from "../../camera/frame.ts";
import type { Delivery, DeviceSource, OpenDevice } from "./device-source.ts";

export interface FrameArrival {
  readonly frame: CameraFrame;
  readonly delivery: Delivery;
}

export interface DeviceEvents {
  opened(camera: Camera, info: CameraInfo): void;
  /** Resolves when the frame is on the screen: that is what gives the device its next credit. */
  frame(arrival: FrameArrival): Promise<void>;
  /** It could not be opened, or went away; it is tried again. */
  failed(error: unknown): void;
}

/** A frame that waits to be drawn is as old as it is long: keep one. */
const QUEUED_FRAMES = 1;
const STALL_MS = 5000;
const REOPEN_MS = 500;

/** The camera of the device that this page follows; opens it again when it ends. */
export class DeviceLink {
  private readonly events: DeviceEvents;
  private camera: Camera | undefined;
  private device: OpenDevice | undefined;
  private wanted: DeviceSource | undefined;
  private running = false;

  constructor(events: DeviceEvents) {
    this.events = events;
  }

  /** Follow the device of `source`; undefined: none is there. */
  watch(source: DeviceSource | undefined): void {
    const isOther = source?.id !== this.wanted?.id;
    this.wanted = source;
    // Whatever closing a lost device says, the control link has said it already.
    if (isOther) {
      this.camera?.close().catch(() => undefined);
      this.camera = undefined;
    }
    if (source !== undefined && !this.running) void this.run();
  }

  /** The open camera, for register access. */
  get open(): Camera | undefined {
    return this.camera;
  }

  /** Lost reports without those that were skipped on purpose for this page. */
  statistics(): (CameraStatistics & { readonly skippedFrames: number }) | undefined {
    const statistics = this.camera?.statistics();
    if (!statistics || !this.device) return undefined;
    const { skippedFrames, skippedReports } = this.device.delivery();
    const lostReports = Math.max(0, statistics.lostReports - skippedReports);
    return { ...statistics, lostReports, skippedFrames };
  }

  private async run(): Promise<void> {
    this.running = true;
    while (this.wanted !== undefined) {
      const source = this.wanted;
      try {
        await this.session(source);
      } catch (error) {
        if (this.isWanted(source)) this.events.failed(error);
        await new Promise((resolve) => setTimeout(resolve, REOPEN_MS));
      }
    }
    this.running = false;
  }

  private isWanted({ id }: DeviceSource): boolean {
    return this.wanted?.id === id;
  }

  private async session(source: DeviceSource): Promise<void> {
    const device = await source.open();
    const camera = await Camera.open(device.transport, {
      ...(device.creditReports && { creditReports: device.creditReports }),
      queuedFrames: QUEUED_FRAMES,
      stallMs: STALL_MS,
    });
    try {
      const info = await camera.info();
      if (!this.isWanted(source)) return;
      this.device = device;
      this.camera = camera;
      this.events.opened(camera, info);
      while (this.isWanted(source)) await this.stream(camera, device);
    } finally {
      this.camera = undefined;
      await camera.close().catch(() => undefined);
    }
  }

  /** Frames until the camera gives up on a device that was paused for long; then the caller begins anew. */
  private async stream(camera: Camera, { delivery }: OpenDevice): Promise<void> {
    try {
      for await (const frame of camera.frames()) await this.events.frame({ frame, delivery: delivery() });
    } catch (error) {
      if (!(error instanceof CameraError && error.code === "stalled")) throw error;
    }
  }
}
