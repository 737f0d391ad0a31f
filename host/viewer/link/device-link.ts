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
  /** Settles when the camera of the present session is closed: two would be in each other's way. */
  private closing: Promise<void> | undefined;

  constructor(events: DeviceEvents) {
    this.events = events;
  }

  /** Follow the device of `source`; undefined: none is there. */
  watch(source: DeviceSource | undefined): void {
    const isOther = source?.id !== this.wanted?.id;
    this.wanted = source;
    if (isOther && this.camera !== undefined) {
      void this.close(this.camera);
      this.camera = undefined;
    }
    if (source !== undefined && !this.running) void this.run();
  }

  /** The open camera, for register access; undefined as soon as its device is gone. */
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
    device.transport.onClosed(() => {
      this.camera = undefined;
    });
    try {
      const info = await camera.info();
      if (!this.isWanted(source)) return;
      this.device = device;
      this.camera = camera;
      this.events.opened(camera, info);
      while (this.isWanted(source)) await this.stream(source, camera, device);
    } finally {
      this.camera = undefined;
      await this.close(camera);
      this.closing = undefined;
    }
  }

  /** Whatever closing a lost device says has been said already. */
  private close(camera: Camera): Promise<void> {
    this.closing ??= camera.close().catch(() => undefined);
    return this.closing;
  }

  /** Frames until the camera gives up on a device that was paused for long; then the caller begins anew. */
  private async stream(source: DeviceSource, camera: Camera, { delivery, pass }: OpenDevice): Promise<void> {
    try {
      for await (const frame of camera.frames()) {
        // What still waited when the device was given up belongs to nobody.
        if (!this.isWanted(source)) return;
        await this.events.frame({ frame, delivery: delivery() });
        await pass?.();
      }
    } catch (error) {
      if (!(error instanceof CameraError && error.code === "stalled")) throw error;
    }
  }
}
