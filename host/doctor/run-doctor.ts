import { type OpenCameraOptions, openCamera } from "../open-camera.ts";
import { checkRegisters, checkStream } from "./check-camera.ts";
import { checkSystem } from "./check-system.ts";
import { type Finding, fail, warn } from "./finding.ts";
import { type Machine, THIS_MACHINE } from "./machine.ts";
import { checkSpeed } from "./usb-speed.ts";

export { udevRule } from "../transport/hid/udev-rule.ts";
export type { Finding, FindingLevel } from "./finding.ts";

export interface DoctorOptions {
  /** Default: the first board that is plugged in. */
  readonly device?: string | undefined;
  /** How long to stream, s; default 2. */
  readonly seconds?: number | undefined;
  /** How much longer a frame may take, ms; default 5000. */
  readonly patienceMs?: number | undefined;
  /** Look also for what attaching boards over the network needs. */
  readonly usbip?: boolean | undefined;
  readonly open?: OpenCameraOptions | undefined;
  /** Default: the machine that this runs on. */
  readonly machine?: Machine | undefined;
}

const DEFAULT_SECONDS = 2;
const DEFAULT_PATIENCE_MS = 5000;
const SIM = /^sim(?::|$)/;

/** Look at all that stands between a program and its board, in this order; ends where nothing more can be looked at. */
export async function* runDoctor(options: DoctorOptions): AsyncGenerator<Finding, void, undefined> {
  const machine = options.machine ?? THIS_MACHINE;
  let device = options.device;
  let node: string | undefined;
  if (device === undefined || !SIM.test(device)) {
    const { boards, findings } = await checkSystem(machine, options.usbip ?? false);
    yield* findings;
    const board = boards.find(({ serialNumber }) => device === undefined || device === `hid:${serialNumber}`);
    device ??= board && `hid:${board.serialNumber}`;
    node = board?.path;
  }
  if (device === undefined) return;
  if (node !== undefined && machine.platform === "linux") yield await checkSpeed(machine, node);
  yield* checkDevice(device, options);
}

async function* checkDevice(
  device: string,
  options: DoctorOptions,
): AsyncGenerator<Finding, void, undefined> {
  const notices: Finding[] = [];
  const onNotice = (text: string) =>
    void notices.push(warn("interface", text, "data come all the same; docs/usb.md says what bulk needs"));
  let check = "open";
  try {
    const { camera } = await openCamera(device, { ...options.open, onNotice });
    try {
      yield* notices;
      check = "registers";
      yield* await checkRegisters(camera);
      check = "stream";
      const { patienceMs = DEFAULT_PATIENCE_MS, seconds = DEFAULT_SECONDS } = options;
      yield* await checkStream(camera, seconds, patienceMs);
    } finally {
      await camera.close();
    }
  } catch (error) {
    yield failed(check, error);
  }
}

/** Errors of transports and cameras say what was found, what was expected and, behind a semicolon, what to do. */
function failed(check: string, error: unknown): Finding {
  const text = error instanceof Error ? error.message : String(error);
  const [, found = text, next = "mend what it says and run cqd doctor again"] =
    /^(.*?expected.*?); (.*)$/s.exec(text) ?? [];
  return fail(check, found, next);
}
