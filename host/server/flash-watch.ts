import { FirmwareUpdater } from "../flash/firmware-updater.ts";
import { FlashError } from "../flash/flash-error.ts";
import type { SentImage } from "../flash/progress.ts";
import { reasonText } from "../flash/reason-text.ts";
import { manifestOf } from "../image/node/image-of-module.ts";
import type { SigningKey } from "../image/node/keys.ts";
import { makeImage } from "../image/node/sign-image.ts";
import { imageFacts } from "../image/node/verify-image.ts";
import { buildLogic } from "../logic/build-logic.ts";
import { hardwareOf, LOGIC_TARGETS, type LogicTarget } from "../logic/logic-options.ts";
import type { ViewerServer } from "./viewer-server.ts";

/** What one save brought. */
export interface FlashedLogic {
  readonly sent: SentImage;
  /** Cycles of the ROIC clock in which no frame started. */
  readonly restartCycles: number;
}

/** Frames on trial, and how long they are waited for: without a page that looks there are none. */
const TRIAL_FRAMES = 2;
const TRIAL_MS = 2000;
const LOOK_MS = 20;

/** Compiles a readout logic and flashes it into the device that a viewer shows, while it shows it. */
export class LogicFlasher {
  readonly #server: ViewerServer;
  readonly #source: string;
  readonly #packageRoot: string;
  readonly #key: SigningKey;
  #builds = 0;

  /** @param source as buildLogic() has it. @param key signs every image; the board must know its public half. */
  constructor(server: ViewerServer, source: string, packageRoot: string, key: SigningKey) {
    this.#server = server;
    this.#source = source;
    this.#packageRoot = packageRoot;
    this.#key = key;
  }

  /** @throws BuildError, FirmwareError, ImageError, FlashError: the board goes on with what ran before. */
  async update(): Promise<FlashedLogic> {
    const updater = this.#updater();
    const { hardwareClass, securityFloor } = await updater.policy();
    const target = targetOf(hardwareClass);
    const logic = await buildLogic(this.#source, this.#packageRoot, { mode: "both", target });
    const version = { major: 0, minor: 0, patch: ++this.#builds };
    const manifest = manifestOf(logic, { version, securityCounter: securityFloor });
    await this.#settle(updater);
    const sent = await updater.install(makeImage(manifest, logic.bytes, this.#key));
    const { cycles } = await updater.restart(sent.slot);
    await this.#framesOnTrial();
    await confirmed(updater, sent.slot);
    return { sent, restartCycles: cycles };
  }

  /** What a page or an earlier save left on trial gives way. */
  async #settle(updater: FirmwareUpdater): Promise<void> {
    if ((await updater.status()).isTrial) await updater.revert();
  }

  async #framesOnTrial(): Promise<void> {
    const first = this.#server.device?.lastFrame ?? 0;
    const endMs = performance.now() + TRIAL_MS;
    const passed = () => (this.#server.device?.lastFrame ?? 0) - first;
    while (passed() < TRIAL_FRAMES && performance.now() < endMs)
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }

  #updater(): FirmwareUpdater {
    const { device } = this.#server;
    if (device !== undefined) return new FirmwareUpdater(device.registers, imageFacts, { keys: [this.#key] });
    throw new FlashError("state", "found no open device, expected one to flash; choose one in the viewer");
  }
}

/** Of a class that no target is for, the board's own refusal says what it is. */
function targetOf(hardwareClass: number): LogicTarget {
  return LOGIC_TARGETS.find((target) => hardwareOf(target).hardwareClass === hardwareClass) ?? "simd";
}

async function confirmed(updater: FirmwareUpdater, slot: number): Promise<void> {
  const { isTrial, running, slots } = await updater.status();
  if (running === slot && isTrial) return updater.confirm();
  const { reason } = slots[slot] ?? {};
  const why = reason === undefined ? "no reason is known" : reasonText(reason.code);
  throw new FlashError("reverted", `it failed on a frame, the board went back: ${why}`);
}
