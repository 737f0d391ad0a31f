import type { SensorProfile } from "../../hw-profiles/sensor-profile.ts";
import type { ReportStatistics } from "../packet/frame-assembler.ts";
import type { Transport } from "../transport/transport.ts";
import type { ResumeOptions } from "./resume/resume-options.ts";

export interface CameraOptions {
  /** Opens a device by its name ("sim:PROFILE", "hid:SERIAL"); needed to open a camera by name. */
  readonly openTransport?: (device: string) => Promise<Transport>;
  /** Finds the profile of a device by its model name; needed for profile(). */
  readonly loadProfile?: (modelName: string) => SensorProfile | Promise<SensorProfile>;
  /** Most reports that may be on their way. The Linux hidraw ring holds 63; default 48. */
  readonly creditReports?: number;
  /** Frames that wait for the reader before the device gets no more credit; default 2. */
  readonly queuedFrames?: number;
  /** Wall time without a frame after which the device is asked what it is doing, ms; default 2000. */
  readonly stallMs?: number;
  /** Wait for a device that was unplugged and go on when it is back; default: it is gone. docs/usb.md */
  readonly resume?: ResumeOptions | undefined;
  /** Wall clock, ms; default performance.now. Used for wallFps alone. */
  readonly nowMs?: () => number;
}

export interface StartOptions {
  /** Frames to acquire, 0 = until stop; default 0. */
  readonly frameCount?: number;
}

export interface FramesOptions {
  /** End after this many frames; default: until the caller breaks off. */
  readonly count?: number;
}

export interface CameraStatistics extends ReportStatistics {
  readonly frames: number;
  readonly incompleteFrames: number;
  /** Times that the device came back after it was unplugged. Frames per second count from the last time. */
  readonly resumes: number;
  /** Whole frames dropped by the device since AcquisitionStart because it had no credit. */
  readonly droppedFrames: number;
  /** By the device's clock (virtual on a simulated board); undefined before the second frame. */
  readonly deviceFps: number | undefined;
  /** By the host's clock. */
  readonly wallFps: number | undefined;
}
