import * as Flash from "../../hw-profiles/interface/flash.ts";
import { FLASH_SLOTS } from "../../hw-profiles/interface/flash.ts";
import { IMAGE_MANIFEST_BYTES } from "../../hw-profiles/interface/image.ts";
import {
  FLASH_CONFIRM,
  FLASH_ERASE,
  FLASH_RESET,
  FLASH_REVERT,
} from "../../hw-profiles/interface/registers.ts";
import type { RegisterPort } from "../camera/register-port.ts";
import type { BoardPolicy } from "../image/board-policy.ts";
import type { ImageKey } from "../image/image-key.ts";
import { sameBytes } from "../image/manifest.ts";
import { type Refusal, refusalText } from "../image/refusal.ts";
import { readBoardPolicy } from "./board-facts.ts";
import type { BootWords } from "./boot-words.ts";
import { type FirmwareStatus, readFirmwareStatus } from "./firmware-status.ts";
import { FlashError } from "./flash-error.ts";
import { bytesOf, FlashPort, steady } from "./flash-port.ts";
import { ImageSender } from "./image-sender.ts";
import { type FactsOf, judgeForBoard } from "./judge-for-board.ts";
import { isPassing } from "./passing.ts";
import { type FlashOptions, type FlashPhase, requireGoing, type SentImage } from "./progress.ts";
import { reasonText } from "./reason-text.ts";
import { findDifference } from "./verify-slot.ts";

/** A restart of the readout logic, and what runs since. */
export interface RestartReport {
  readonly running: number | undefined;
  readonly isTrial: boolean;
  /** Of the ROIC clock, in which no frame started. */
  readonly cycles: number;
}

export interface UpdaterOptions {
  /** Public keys, besides the development key, that signatures can be checked with before the board does. */
  readonly keys?: readonly ImageKey[];
  /** How long a restart may wait for a frame in progress, ms, before it is asked for again; default 15 000. */
  readonly restartMs?: number;
}

/** Times that a command is sent whose effect does not show. */
const MAX_TRIES = 4;
/** A restart waits for the end of a frame, which a simulated board may take its time for. */
const RESTART_MS = 15_000;
const RESTART_POLL_MS = 5;

/**
 * Flashes a board through its registers, over any transport, in Node and in the browser. Nothing is believed because it was
 * answered: what counts is the boot loader's state, and what the flash reads.
 */
export class FirmwareUpdater {
  readonly #port: FlashPort;
  readonly #registers: RegisterPort;
  readonly #factsOf: FactsOf;
  readonly #keys: readonly ImageKey[];
  readonly #restartMs: number;

  constructor(
    registers: RegisterPort,
    factsOf: FactsOf,
    { keys = [], restartMs = RESTART_MS }: UpdaterOptions = {},
  ) {
    this.#registers = registers;
    this.#port = new FlashPort(registers);
    this.#factsOf = factsOf;
    this.#keys = keys;
    this.#restartMs = restartMs;
  }

  status(): Promise<FirmwareStatus> {
    return readFirmwareStatus(this.#registers);
  }

  /** What the board accepts. */
  policy(): Promise<BoardPolicy> {
    return readBoardPolicy(this.#registers, this.#keys);
  }

  /** Everything that stands against an image on this board; nothing is sent. */
  async judge(image: Uint8Array): Promise<readonly Refusal[]> {
    return judgeForBoard(image, await this.policy(), this.#factsOf);
  }

  /**
   * Bring an image into the slot that does not run, and read it back. It runs, on trial, after restart(). An image that stands
   * there already is only read back; one that was broken off goes on where it stopped.
   * @throws FlashError; TransportError when the device is gone.
   */
  async install(image: Uint8Array, options: FlashOptions = {}): Promise<SentImage> {
    report(options, "check", image, 0);
    const refusals = await this.judge(image);
    requireGoing(options.signal, "nothing was sent; flash again when it is wanted");
    if (refusals.length > 0) {
      const why = refusals.map(refusalText).join("\n");
      throw new FlashError("refused", `the board would not take this image: ${why}`, { refusals });
    }
    const sent = (await this.#standing(image)) ?? (await new ImageSender(this.#port, image, options).run());
    await this.#requireSame(sent.slot, image, options);
    return sent;
  }

  /**
   * Restart the readout logic: the boot loader decides what runs. An acquisition goes on with it.
   * @param expected slot whose image should run on trial. If it does already nothing restarts: it would not survive that.
   * @throws FlashError "reverted" when it does not.
   */
  async restart(expected?: number): Promise<RestartReport> {
    if (expected !== undefined && (await this.#isOnTrial(expected)))
      return { running: expected, isTrial: true, cycles: (await this.#port.restarts()).cycles };
    const { count } = await this.#port.restarts();
    for (let tries = 0; !(await this.#hasRestarted(count)); tries++) {
      if (tries === MAX_TRIES)
        throw new FlashError(
          "link",
          "the board did not restart its readout logic when told to; plug it in anew",
        );
    }
    const words = await this.#port.steadyBootWords();
    const { cycles } = await this.#port.restarts();
    if (expected !== undefined && words.running !== expected) throw reverted(expected, words);
    return { running: words.running, isTrial: words.result === Flash.BOOT_TRIAL, cycles };
  }

  async #isOnTrial(slot: number): Promise<boolean> {
    const { running, slotStates } = await this.#port.steadyBootWords();
    return running === slot && slotStates[slot] === Flash.SLOT_TRIAL;
  }

  /** Keep the image that runs on trial: from now on it runs after every restart. @throws FlashError "state" when there is none. */
  async confirm(): Promise<void> {
    const { running, slotStates } = await this.#port.steadyBootWords();
    if (running !== undefined && slotStates[running] === Flash.SLOT_CONFIRMED)
      throw new FlashError(
        "state",
        `found nothing on trial, expected an image to confirm: slot ${running} runs, confirmed; \`cqd flash status\` says what became of the other`,
      );
    const isDone = async () => {
      const words = await this.#port.steadyBootWords();
      return words.running !== undefined && words.slotStates[words.running] === Flash.SLOT_CONFIRMED;
    };
    await this.#until(FLASH_CONFIRM, running ?? 0, isDone, "confirmed");
  }

  /**
   * Reject the image that is pending or on trial, or else put the one before on trial; then restart.
   * @throws FlashError "state" when there is none to return to.
   */
  async revert(): Promise<RestartReport> {
    const before = await this.#port.steadyBootWords();
    const isDone = async () => {
      const { slotStates } = await this.#port.steadyBootWords();
      return slotStates.some((state, slot) => state !== before.slotStates[slot]);
    };
    await this.#until(FLASH_REVERT, before.running ?? 0, isDone, "reverted");
    return this.restart();
  }

  /** Erase a slot that neither runs nor is confirmed. @throws FlashError "state" for one that does. */
  async erase(slot: number): Promise<void> {
    if (!Number.isInteger(slot) || slot < 0 || slot >= FLASH_SLOTS)
      throw new RangeError(`slot: found ${slot}, expected 0 to ${FLASH_SLOTS - 1}`);
    const isDone = async () => (await this.#port.steadyBootWords()).slotStates[slot] === Flash.SLOT_EMPTY;
    await this.#until(FLASH_ERASE, slot, isDone, "erased the slot");
  }

  /** SHA-256 of bytes of a slot as the flash reads now, by the board. @throws FlashError "state" for a range that it does not have. */
  async readBack(slot: number, offset: number, length: number): Promise<Uint8Array> {
    const digest = await this.#port.readBack(slot, offset, length);
    if (digest !== undefined) return digest;
    const range = `bytes ${offset} to ${offset + length - 1} of slot ${slot}`;
    throw new FlashError("state", `the board has no ${range}; \`cqd flash status\` says how large a slot is`);
  }

  /** Sent once and waited for: an image on trial would not survive a second restart. A frame in progress comes first. */
  async #hasRestarted(before: number): Promise<boolean> {
    try {
      await this.#port.command(FLASH_RESET, { slot: 0 });
    } catch (error) {
      if (!isPassing(error)) throw error;
    }
    const endMs = performance.now() + this.#restartMs;
    for (;;) {
      // A last look after the time is over: this program may have stood still while the board restarted.
      const isLast = performance.now() >= endMs;
      if ((await this.#port.restarts()).count !== before) return true;
      if (isLast) return false;
      await new Promise((resolve) => setTimeout(resolve, RESTART_POLL_MS));
    }
  }

  /** The slot where this image waits for its trial, or runs on it. */
  async #standing(image: Uint8Array): Promise<SentImage | undefined> {
    const { slotStates } = await this.#port.steadyBootWords();
    const manifests = await steady(async () => bytesOf(await this.#port.numbers("SlotManifest")));
    const slot = slotStates.findIndex((state, index) => {
      const start = index * IMAGE_MANIFEST_BYTES;
      const manifest = manifests.subarray(start, start + IMAGE_MANIFEST_BYTES);
      const isWaiting = state === Flash.SLOT_PENDING || state === Flash.SLOT_TRIAL;
      return isWaiting && sameBytes(manifest, image.subarray(0, IMAGE_MANIFEST_BYTES));
    });
    if (slot < 0) return undefined;
    const nothing = { sentBytes: 0, totalSectors: 0, skippedSectors: 0 };
    return { slot, totalBytes: image.length, resumedAtByte: image.length, ...nothing };
  }

  /** What does not read as it was sent must not run: it is rejected. */
  async #requireSame(slot: number, image: Uint8Array, options: FlashOptions): Promise<void> {
    const left = `slot ${slot} holds the image, which is not read back to its end; flash it again: only the read-back is left; or take it back with \`cqd flash revert\``;
    const onRight = (bytes: number) => {
      report(options, "verify", image, bytes);
      requireGoing(bytes < image.length ? options.signal : undefined, left);
    };
    const at = await findDifference(this.#port, slot, image, onRight);
    if (at === undefined) return;
    await this.#port.command(FLASH_REVERT, { slot });
    throw new FlashError(
      "verify",
      `slot ${slot}: found other bytes than were sent from byte ${at} on, expected the image; it was rejected and does not run; flash it again, and when that does not help the flash is worn`,
    );
  }

  /** A command, until its effect shows. @throws FlashError with the board's refusal. */
  async #until(command: number, slot: number, isDone: () => Promise<boolean>, what: string): Promise<void> {
    let why = "no answer";
    let result = 0;
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      try {
        result = await this.#port.command(command, { slot });
        if (await isDone()) return;
        why = reasonText(result);
        if (result !== 0 && tries > 0) break;
      } catch (error) {
        if (!isPassing(error)) throw error;
        why = error instanceof Error ? error.message : String(error);
        if (await isDone()) return;
      }
    }
    throw new FlashError(result === 0 ? "link" : "state", `the board has not ${what}: ${why}`);
  }
}

function reverted(expected: number, { reason, running }: BootWords): FlashError {
  const now = running === undefined ? "nothing runs: the board is in recovery" : `slot ${running} runs`;
  return new FlashError(
    "reverted",
    `the image in slot ${expected} failed its trial, ${now}; ${reasonText(reason)}`,
  );
}

function report({ onProgress }: FlashOptions, phase: FlashPhase, image: Uint8Array, bytes: number): void {
  onProgress?.({
    phase,
    bytes,
    totalBytes: image.length,
    sectors: 0,
    totalSectors: 0,
    skippedSectors: 0,
  });
}
