import { Camera } from "../../camera/camera.ts";
import { CameraError } from "../../camera/camera-error.ts";
import type { CameraInfo } from "../../camera/camera-info.ts";
import type { CameraStatistics } from "../../camera/camera-options.ts";
import type { CameraFrame } from "../../camera/frame.ts";
import { DEVICE_PATH } from "../../server/messages.ts";
import { socketUrl } from "./socket-url.ts";
import { WebSocketTransport } from "./web-socket-transport.ts";

export interface FrameArrival {
  readonly frame: CameraFrame;
  /** Server's wall clock when the frame had left the device, ms. */
  readonly completedAtMs: number;
}

export interface DeviceEvents {
  opened(camera: Camera, info: CameraInfo): void;
  /** Resolves when the frame is on the screen: that is what gives the device its next credit. */
  frame(arrival: FrameArrival): Promise<void>;
}

/** Reports in flight: enough that the next message is under way while this one is decoded. */
const CREDIT_REPORTS = 512;
/** A frame that waits to be drawn is as old as it is long: keep one. */
const QUEUED_FRAMES = 1;
const STALL_MS = 5000;
const REOPEN_MS = 500;

/** The camera of the device that the server has open now; opens it again when the socket ends. */
export class DeviceLink {
  private readonly events: DeviceEvents;
  private camera: Camera | undefined;
  private skippedFrames = 0;
  private skippedReports = 0;
  private completedAtMs = 0;
  private wanted: string | undefined;
  private running = false;

  constructor(events: DeviceEvents) {
    this.events = events;
  }

  /** Watch the device `name`; undefined: none is there. */
  watch(name: string | undefined): void {
    this.wanted = name;
    // Whatever closing a lost device says, the control link has said it already.
    if (name === undefined) this.camera?.close().catch(() => undefined);
    else if (!this.running) void this.run();
  }

  /** The open camera, for register access. */
  get open(): Camera | undefined {
    return this.camera;
  }

  /** Lost reports without those that the server skipped on purpose for this page. */
  statistics(): (CameraStatistics & { readonly skippedFrames: number }) | undefined {
    const statistics = this.camera?.statistics();
    if (!statistics) return undefined;
    const lostReports = Math.max(0, statistics.lostReports - this.skippedReports);
    return { ...statistics, lostReports, skippedFrames: this.skippedFrames };
  }

  private async run(): Promise<void> {
    this.running = true;
    while (this.wanted !== undefined) {
      try {
        await this.session(this.wanted);
      } catch {
        // The device or the server went away; the control link says so, this one tries again.
        await new Promise((resolve) => setTimeout(resolve, REOPEN_MS));
      }
    }
    this.running = false;
  }

  private async session(name: string): Promise<void> {
    const transport = await WebSocketTransport.open(socketUrl(DEVICE_PATH), name);
    this.skippedFrames = 0;
    this.skippedReports = 0;
    transport.onBatch = (batch) => {
      this.completedAtMs = batch.completedAtMs;
      this.skippedFrames = batch.skippedFrames;
      this.skippedReports = batch.skippedReports;
    };
    const camera = await Camera.open(transport, {
      creditReports: CREDIT_REPORTS,
      queuedFrames: QUEUED_FRAMES,
      stallMs: STALL_MS,
    });
    try {
      const info = await camera.info();
      this.camera = camera;
      this.events.opened(camera, info);
      for (;;) await this.stream(camera);
    } finally {
      this.camera = undefined;
      await camera.close().catch(() => undefined);
    }
  }

  /** Frames until the camera gives up on a device that was paused for long; then the caller begins anew. */
  private async stream(camera: Camera): Promise<void> {
    try {
      for await (const frame of camera.frames()) {
        await this.events.frame({ frame, completedAtMs: this.completedAtMs });
      }
    } catch (error) {
      if (!(error instanceof CameraError && error.code === "stalled")) throw error;
    }
  }
}
