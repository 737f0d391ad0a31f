import { loadProfile } from "../hw-profiles/load/load-profile.ts";
import type { SensorProfile } from "../hw-profiles/sensor-profile.ts";
import { applyCalibration } from "./calibrate/apply-calibration.ts";
import type { TofCalibration } from "./calibrate/tof-calibration.ts";
import { Camera } from "./camera/camera.ts";
import type { CameraOptions } from "./camera/camera-options.ts";
import type { ResumeOptions } from "./camera/resume/resume-options.ts";
import { BrokenLink } from "./transport/faults/broken-link.ts";
import type { FaultLog } from "./transport/faults/fault-log.ts";
import type { FaultSpec } from "./transport/faults/fault-spec.ts";
import {
  imagingTruthSource,
  openPort,
  openTransport,
  type SimTransportOptions,
  type StreamInterface,
  type StreamOptions,
  traceSource,
  truthSource,
} from "./transport/open-transport.ts";
import type { ImagingTruthSource, TraceSource, Transport, TruthSource } from "./transport/transport.ts";

export type { FaultCounts } from "./transport/faults/fault-log.ts";
export {
  type ChipDeviation,
  type DeviceEntry,
  type EffectSwitches,
  listDevices,
  type StreamInterface,
} from "./transport/open-transport.ts";
export type {
  FrameTruth,
  ImagingTruth,
  ImagingTruthSource,
  TraceSource,
  TruthSource,
} from "./transport/transport.ts";

export interface OpenCameraOptions extends Omit<CameraOptions, "openTransport" | "loadProfile" | "resume"> {
  /** Wait so long, ms, for a device that was unplugged, and go on when it is back; default: it is gone. docs/usb.md */
  readonly resume?: { readonly timeoutMs: number } | undefined;
  /**
   * Scene, seed, threads, firmware, truth of a simulated device. With the device `sim`, `profile` may be a resolved one
   * that stands in no document.
   */
  readonly simulation?: SimTransportOptions;
  /** Of this very device, from parseCalibration(): written into it before anything else. */
  readonly calibration?: TofCalibration;
  /** Of a device on USB: which interface carries the data; default "auto". docs/usb.md */
  readonly streamInterface?: StreamInterface | undefined;
  /** Hears in one line what is not as it was asked for, and does no harm. */
  readonly onNotice?: ((text: string) => void) | undefined;
  /** Faults of the link to the device, done on purpose: docs/faults.md. Data of a device on USB then come over HID. */
  readonly faults?: string | FaultSpec;
}

export interface OpenedCamera {
  readonly camera: Camera;
  /** Ground truth; undefined on a real device. */
  readonly truth: TruthSource | undefined;
  /** Ground truth of pictures; undefined on a real device. */
  readonly imagingTruth: ImagingTruthSource | undefined;
  /** Waveforms of the chip; undefined on a real device. */
  readonly trace: TraceSource | undefined;
  /** The faults that were done so far, when some were asked for. */
  readonly faults: FaultLog | undefined;
}

const SIM_PREFIX = "sim:";

/**
 * Open a camera by name in Node: `sim:PROFILE` (a profile's name or the path of a document) or `hid:SERIAL`.
 * @throws Error with a text for people: ProfileError, SceneError, FirmwareError, CameraError, ...
 */
export async function openCamera(device: string, options: OpenCameraOptions = {}): Promise<OpenedCamera> {
  const link = options.faults === undefined ? undefined : new BrokenLink(options.faults);
  const stream = link ? ({ ...options, streamInterface: "hid" } as const) : options;
  const { board, resume, transport } = await openLink(device, options, stream, link?.wrap);
  const camera = await Camera.open(transport, {
    ...options,
    resume,
    loadProfile: (model) => simulatedProfile(device, options) ?? loadProfile(model),
  });
  if (options.calibration !== undefined) await calibrated(camera, options.calibration);
  const bus = board ?? link?.bus ?? transport;
  return {
    camera,
    truth: truthSource(bus),
    imagingTruth: imagingTruthSource(bus),
    trace: traceSource(bus),
    faults: link?.injector.log,
  };
}

interface OpenedLink {
  readonly transport: Transport;
  readonly resume?: ResumeOptions;
  readonly board?: Transport | undefined;
}

async function openLink(
  device: string,
  options: OpenCameraOptions,
  stream: StreamOptions,
  wrap: ((bus: Transport) => Transport) | undefined,
): Promise<OpenedLink> {
  const { resume, simulation } = options;
  if (resume === undefined) return { transport: await openTransport(device, simulation, stream, wrap) };
  const { board, open, release } = await openPort(device, simulation, stream, wrap);
  try {
    return { transport: await open(), board, resume: { ...resume, reopen: open, release } };
  } catch (error) {
    await release();
    throw error;
  }
}

async function calibrated(camera: Camera, calibration: TofCalibration): Promise<void> {
  try {
    await applyCalibration(camera, calibration);
  } catch (error) {
    await camera.close();
    throw error;
  }
}

/** A document that is no part of the package cannot be found by the device's model name. */
function simulatedProfile(device: string, { simulation }: OpenCameraOptions): SensorProfile | undefined {
  if (device.startsWith(SIM_PREFIX)) return loadProfile(device.slice(SIM_PREFIX.length));
  const profile = device === "sim" ? simulation?.profile : undefined;
  return typeof profile === "string" ? loadProfile(profile) : profile;
}
