import { availableParallelism } from "node:os";
import { type Command, Option } from "commander";
import type { Camera } from "../../camera/camera.ts";
import type { LinkEvent } from "../../camera/resume/resume-options.ts";
import type {
  ChipDeviation,
  EffectSwitches,
  OpenCameraOptions,
  OpenedCamera,
  StreamInterface,
} from "../../open-camera.ts";
import { CommandError, usageError } from "../command-error.ts";
import { EXIT_BAD_INPUT, EXIT_DEVICE } from "../exit-codes.ts";
import { realNumber, wholeNumber } from "../parse-value.ts";
import { chipDeviations } from "./deviation-option.ts";
import { effectSwitches } from "./effect-option.ts";
import { addSetting, type RegisterSetting } from "./register-setting.ts";

/** Options that say which device to open and, for a simulated one, what it looks at. */
export interface DeviceOptions {
  readonly device: string;
  readonly scene: string;
  readonly seed: number;
  readonly threads: number;
  readonly firmware: string;
  /** File that keeps the flash of a simulated board. */
  readonly flashFile?: string;
  readonly ambient?: number;
  readonly pulses?: number;
  readonly effects?: EffectSwitches;
  readonly deviation?: Partial<ChipDeviation>;
  /** Path of a calibration file. */
  readonly calibration?: string;
  readonly set?: readonly RegisterSetting[];
  /** Faults of the link. */
  readonly faults?: string;
  readonly streamInterface?: StreamInterface;
  /** Longest wait for a device that was unplugged, s; 0 = none. */
  readonly resume?: number;
}

type CalibrationOption = Pick<OpenCameraOptions, "calibration">;

export const DEFAULT_DEVICE = "sim:inas-lidar-320x240";
const MAX_SUNS = 10;
const MAX_THREADS = 256;
const MAX_PULSES = 100_000;
const HID_PREFIX = "hid:";
const HID_RESUME_S = 30;
const MAX_RESUME_S = 86_400;
/** REG_SIM_AMBIENT counts millionths of a sun. */
const MICROSUNS = 1e6;

export function deviceOptions(command: Command): Command {
  return command
    .option("--device <name>", "sim:PROFILE, sim:FILE.json or hid:SERIAL; see cqd list", DEFAULT_DEVICE)
    .option(
      "--scene <scene>",
      "room, wall:range=3, or a .pcd, .ply, .obj, .glb, Ouster .pcap or depth .png file; imaging also uniform:photons=1e6, dark, fingertip, ageing-led, picture:FILE",
      "room",
    )
    .option("--seed <n>", "seed of the temporal noise", wholeNumber(0), 1)
    .option(
      "--threads <n>",
      "worker threads of the simulation, 0 = none; changes no byte",
      wholeNumber(0, MAX_THREADS),
      availableParallelism(),
    )
    .option("--firmware <which>", "readout module: simd, scalar or the path of a .wasm file", "simd")
    .option(
      "--flash-file <file>",
      "keep the flash of the simulated board in this file from one command to the next; see docs/flash.md",
    )
    .option("--ambient <suns>", "sunlight on the scene, 1 = full sun", realNumber(0, MAX_SUNS))
    .option("--pulses <m>", "laser pulses a gate plane", wholeNumber(1, MAX_PULSES))
    .option(
      "--effects <list>",
      "noise and other effects of a simulated imager: none, all, NAME or -NAME, separated by commas",
      effectSwitches,
    )
    .option(
      "--deviation <list>",
      "what a simulated LiDAR's chip deviates in from its profile: tau=1.1,pulse=2ns,gate=200ps,...; see docs/calibration.md",
      chipDeviations,
    )
    .option("--calibration <file>", "apply a file of cqd calibrate tof, made on this device")
    .option("--set <register=value>", "write a register first; may be given again, in order", addSetting)
    .option(
      "--faults <spec>",
      "break the link on purpose: drop@120,corrupt:1e-3,get.stall@3,...; see docs/faults.md",
    )
    .addOption(streamInterfaceOption())
    .option(
      "--resume <s>",
      `wait so long for a device that is unplugged, and go on; 0 = do not; default: ${HID_RESUME_S} for hid:SERIAL, 0 for sim`,
      realNumber(0, MAX_RESUME_S),
    );
}

export function streamInterfaceOption(): Option {
  return new Option(
    "--stream-interface <which>",
    "USB interface that carries the data of hid:SERIAL; auto: bulk above 2 MB/s; see docs/usb.md",
  ).choices(["auto", "hid", "bulk"]);
}

/** A board on USB, not a simulated one. */
export function isPlugged(device: string): boolean {
  return device.startsWith(HID_PREFIX);
}

/** Open the device of the command line and set what it asks for. `truth` as in SimTransportOptions. */
export async function openDevice(
  options: DeviceOptions,
  truth: boolean | "electrons",
): Promise<OpenedCamera> {
  const { openCamera } = await import("../../open-camera.ts");
  requireSimulated(options);
  const { deviation, effects, scene, seed, threads, firmware, flashFile } = options;
  const changes = { ...(effects && { effects }), ...(deviation && { deviation }) };
  const simulation = { scene, seed, threads, firmware, flashFile, truth, ...changes };
  let opened: OpenedCamera;
  try {
    const faults = options.faults === undefined ? {} : { faults: options.faults };
    const { streamInterface } = options;
    const stream = { streamInterface, onNotice: sayAside };
    opened = await openCamera(options.device, {
      simulation,
      ...(await calibrationOf(options)),
      ...faults,
      ...stream,
      ...resumeOf(options),
    });
    opened.camera.onLink(sayLink(opened.camera.name));
  } catch (error) {
    throw asBadInput(error, options.device);
  }
  try {
    await configure(opened.camera, options);
  } catch (error) {
    await opened.camera.close();
    throw error;
  }
  return opened;
}

function requireSimulated({ device, flashFile }: DeviceOptions): void {
  if (flashFile === undefined || !isPlugged(device)) return;
  throw usageError(`found --flash-file with ${device}, expected a simulated board: others keep their flash`);
}

export function sayAside(text: string): void {
  process.stderr.write(`${text}\n`);
}

function resumeOf({ device, resume }: DeviceOptions): Pick<OpenCameraOptions, "resume"> {
  const seconds = resume ?? (isPlugged(device) ? HID_RESUME_S : 0);
  return seconds > 0 ? { resume: { timeoutMs: 1000 * seconds } } : {};
}

/** A gap is said where it happens: frames do not show it. */
export function sayLink(name: string): (event: LinkEvent) => void {
  return (event) => {
    if (event.state === "away") sayAside(`${event.reason.message}: waiting for it`);
    else sayAside(`${name} is back after ${(event.gapMs / 1000).toFixed(1)} s and goes on`);
  };
}

/** What the option --calibration names. @throws CalibrationError for a file that is none. */
export async function calibrationOf({
  calibration: path,
}: Pick<DeviceOptions, "calibration">): Promise<CalibrationOption> {
  if (path === undefined) return {};
  const { readFile } = await import("node:fs/promises");
  const { parseCalibration } = await import("../../calibrate/calibration-file.ts");
  return { calibration: parseCalibration(await readFile(path, "utf8"), path) };
}

async function configure(camera: Camera, { ambient, pulses, set = [] }: DeviceOptions): Promise<void> {
  const { registers } = camera;
  if (ambient !== undefined) await registers.write("SimAmbient", Math.round(ambient * MICROSUNS));
  if (pulses !== undefined) await registers.write("PulsesPerGate", pulses);
  for (const { name, value } of set) await registers.write(name, value);
}

/** What a device throws while it opens, without a class of its own, is about what it was given. */
function asBadInput(error: unknown, device: string): unknown {
  const isPlain = error instanceof Error && (error.name === "Error" || error.name === "RangeError");
  if (!isPlain || "code" in error) return error;
  return new CommandError(isPlugged(device) ? EXIT_DEVICE : EXIT_BAD_INPUT, error.message);
}

/** Open, use, close; for registers: nothing streams, so that HID does. */
export async function withCamera(
  options: DeviceOptions,
  use: (camera: Camera) => void | Promise<void>,
): Promise<void> {
  const { camera } = await openDevice({ ...options, streamInterface: "hid" }, false);
  try {
    await use(camera);
  } finally {
    await camera.close();
  }
}
