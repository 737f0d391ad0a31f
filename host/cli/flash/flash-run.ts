import { readFile } from "node:fs/promises";
import type { Camera } from "../../camera/camera.ts";
import type { FirmwareUpdater } from "../../flash/firmware-updater.ts";
import { FlashError } from "../../flash/flash-error.ts";
import { type FlashProgress, requireGoing, type SentImage } from "../../flash/progress.ts";
import { reasonText } from "../../flash/reason-text.ts";
import { decodeManifest } from "../../image/decode-manifest.ts";
import { payloadOf } from "../../image/manifest.ts";
import type { Refusal } from "../../image/refusal.ts";
import { checkGolden } from "../../logic/check-golden.ts";
import { Interrupt } from "../stream/interrupt.ts";
import { type FlashDeviceOptions, withUpdater } from "./with-updater.ts";

export interface FlashRunOptions extends FlashDeviceOptions {
  readonly confirm?: true;
  readonly dryRun?: true;
  /** False with --no-restart. */
  readonly restart: boolean;
  readonly json?: true;
}

/** What `cqd flash --json` prints at the end. */
export interface FlashSummary {
  readonly file: string;
  readonly device: string;
  readonly isAccepted: boolean;
  readonly refusals: readonly Refusal[];
  /** Undefined when nothing was sent. */
  readonly sent: SentImage | undefined;
  /** The board's read-back agrees with the file, every byte of it. */
  readonly isVerified: boolean;
  /** "pending", "trial" or "confirmed"; undefined when nothing was sent. */
  readonly state: "pending" | "trial" | "confirmed" | undefined;
  /** Cycles of the ROIC clock in which no frame started. */
  readonly restartCycles: number | undefined;
}

export interface FlashListener {
  progress(progress: FlashProgress): void;
}

/** Frames that an image on trial must read out before it is kept. */
const TRIAL_FRAMES = 2;
const SIM_PREFIX = "sim";

/** Flash a file. Ctrl-C stops where the board can go on. @throws CommandError for what stands against it, on the way or on trial. */
export function flashImage(
  file: string,
  options: FlashRunOptions,
  listener: FlashListener,
): Promise<FlashSummary> {
  return interruptible((signal) => flashUntil(signal, file, options, listener));
}

async function flashUntil(
  signal: AbortSignal,
  file: string,
  options: FlashRunOptions,
  listener: FlashListener,
): Promise<FlashSummary> {
  const image = new Uint8Array(await readFile(file));
  let summary: FlashSummary | undefined;
  await withUpdater(options, async (updater, camera) => {
    const refusals = await refusalsOf(image, updater);
    const base = { file, device: camera.name, isAccepted: refusals.length === 0, refusals };
    const untouched = { sent: undefined, isVerified: false, state: undefined, restartCycles: undefined };
    summary = { ...base, ...untouched };
    if (refusals.length > 0 || options.dryRun) return;
    const sent = await updater.install(image, {
      signal,
      onProgress: (progress) => listener.progress(progress),
    });
    const activated = await activate(updater, camera, sent, options, signal);
    summary = { ...base, sent, isVerified: true, ...activated };
  });
  if (summary === undefined) throw new FlashError("link", "the device was closed before anything was done");
  return summary;
}

/** What the board would say, and what its trial would: the golden input runs here before anything is erased there. */
export async function refusalsOf(image: Uint8Array, updater: FirmwareUpdater): Promise<readonly Refusal[]> {
  const refusals = await updater.judge(image);
  const { manifest } = decodeManifest(image);
  if (refusals.length > 0 || manifest === undefined) return refusals;
  return checkGolden(new Uint8Array(payloadOf(image)), manifest);
}

/** The end of a command is a restart of the simulated board in its process: an image on trial would not survive it. */
function restartsNow({ confirm, device, restart }: FlashRunOptions): boolean {
  return restart && (confirm === true || !device.startsWith(SIM_PREFIX));
}

async function activate(
  updater: FirmwareUpdater,
  camera: Camera,
  { slot }: SentImage,
  options: FlashRunOptions,
  signal: AbortSignal,
): Promise<Pick<FlashSummary, "state" | "restartCycles">> {
  if (!restartsNow(options)) return { state: await stateOf(updater, slot), restartCycles: undefined };
  requireGoing(
    signal,
    `slot ${slot} holds the image and is pending: the next start of the board runs it on trial`,
  );
  const { cycles } = await updater.restart(slot);
  if (!options.confirm) return { state: "trial", restartCycles: cycles };
  await confirmAfterFrames(updater, camera, slot, signal);
  return { state: "confirmed", restartCycles: cycles };
}

/** An image that stood there already may be on trial since this command started a simulated board. */
async function stateOf(updater: FirmwareUpdater, slot: number): Promise<"pending" | "trial"> {
  const { isTrial, running } = await updater.status();
  return isTrial && running === slot ? "trial" : "pending";
}

/**
 * Keep the image on trial once it has read out frames of the sensor.
 * @param signal stops waiting for them. @throws FlashError "reverted" when it does not get so far, "interrupted".
 */
export async function confirmAfterFrames(
  updater: FirmwareUpdater,
  camera: Camera,
  slot: number,
  signal?: AbortSignal,
): Promise<void> {
  let failure: unknown;
  // The status that is read next says what became of the board.
  const stop = () => camera.stop().catch(() => undefined);
  signal?.addEventListener("abort", stop);
  try {
    for await (const { integrity } of camera.frames({ count: TRIAL_FRAMES })) {
      if (!integrity.complete) failure = new Error("a frame came incomplete");
    }
  } catch (error) {
    failure = error;
  } finally {
    signal?.removeEventListener("abort", stop);
  }
  requireGoing(
    signal,
    `slot ${slot} runs on trial and is not confirmed: keep it with \`cqd flash confirm\`, or the next restart goes back`,
  );
  const { isTrial, running, slots } = await updater.status();
  if (running === slot && isTrial) return updater.confirm();
  const { reason } = slots[slot] ?? {};
  const why = reason === undefined ? String(failure ?? "no reason is known") : reasonText(reason.code);
  throw new FlashError(
    "reverted",
    `the image in slot ${slot} failed on a frame, the board went back: ${why}`,
    {
      cause: failure,
    },
  );
}

async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const interrupt = new Interrupt(() => controller.abort());
  try {
    return await work(controller.signal);
  } finally {
    interrupt.release();
  }
}
