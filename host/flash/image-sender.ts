import * as Flash from "../../hw-profiles/interface/flash.ts";
import { IMAGE_MANIFEST_BYTES } from "../../hw-profiles/interface/image.ts";
import {
  FLASH_BEGIN,
  FLASH_FINISH,
  FLASH_OFFER,
  FLASH_WRITE,
} from "../../hw-profiles/interface/registers.ts";
import type { BootWords, OpenInstall } from "./boot-words.ts";
import { FlashError } from "./flash-error.ts";
import type { FlashPort } from "./flash-port.ts";
import { isPassing } from "./passing.ts";
import { type FlashOptions, type FlashPhase, requireGoing, type SentImage } from "./progress.ts";
import { reasonOf, reasonText } from "./reason-text.ts";
import { sha256 } from "./sha256.ts";

/** Answers in a row that bring the installation no further, after which it is given up. */
const MAX_FAILURES = 6;
/** Bad erases and programs of one installation: the board gives a sector two tries. */
const MAX_BAD_SECTORS = 4;
const UNFINISHED =
  "the board boots what it booted before; flash the same image again: it goes on at the sector in work";

/**
 * Brings one image into the slot that the board chooses. The board's own state says what to do next, whatever became of the last
 * request, so that a lost, doubled or damaged packet costs no more than the sector in work.
 */
export class ImageSender {
  readonly #port: FlashPort;
  readonly #image: Uint8Array;
  readonly #options: FlashOptions;
  #slot: number | undefined;
  /** Argument of commands that take no slot: one that a damaged command could not erase. */
  #guardSlot = 0;
  /** The sector that was offered last. */
  #offered = -1;
  #sentBytes = 0;
  #skippedSectors = 0;
  #totalSectors = 0;
  #sectors = 0;
  #resumedAtByte: number | undefined;
  /** Bytes of the image in the slot's first sector, which comes last. */
  #firstEnd: number | undefined;
  #takenBytes = -1;
  #furthestByte = -1;
  #failures = 0;
  #badSectors = 0;
  /** Bytes of an image that ends before the sector that was found bad. */
  #fittingBytes = 0;

  constructor(port: FlashPort, image: Uint8Array, options: FlashOptions) {
    this.#port = port;
    this.#image = image;
    this.#options = options;
  }

  /**
   * Until the image stands in its slot, complete and pending.
   * @throws FlashError; TransportError when the device is gone: the same image goes on where this stopped.
   */
  async run(): Promise<SentImage> {
    const { active, running } = await this.#port.steadyBootWords();
    this.#guardSlot = running ?? active ?? 0;
    while (!(await this.#step())) requireGoing(this.#options.signal, UNFINISHED);
    return {
      slot: this.#slot ?? 0,
      totalBytes: this.#image.length,
      sentBytes: this.#sentBytes,
      totalSectors: this.#totalSectors,
      skippedSectors: this.#skippedSectors,
      resumedAtByte: this.#resumedAtByte ?? 0,
    };
  }

  /** One command. @returns whether the image is complete. */
  async #step(): Promise<boolean> {
    try {
      // What is open at first may be the installation of another image.
      if (this.#slot === undefined) await this.#begin();
      const { install } = await this.#port.bootWords();
      if (install === undefined) return await this.#stepClosed();
      this.#note(install);
      if (install.progress === install.sectors) await this.#finish();
      else await this.#stepSector(install);
    } catch (error) {
      if (!isPassing(error)) throw error;
      this.#failed(error instanceof Error ? error.message : String(error), error);
    }
    return false;
  }

  /** No installation is open: it was not begun, it was lost, or it is done. */
  async #stepClosed(): Promise<boolean> {
    const words = await this.#port.steadyBootWords();
    if (words.install !== undefined) return false;
    if (this.#slot !== undefined && words.slotStates[this.#slot] === Flash.SLOT_PENDING) return true;
    await this.#begin();
    return false;
  }

  async #begin(): Promise<void> {
    this.#offered = -1;
    await this.#port.fillWindow(this.#image.subarray(0, IMAGE_MANIFEST_BYTES));
    const result = await this.#command(FLASH_BEGIN);
    const { install } = await this.#port.bootWords();
    if (install === undefined) return this.#refused(result, "began");
    this.#slot = install.slot;
    this.#resumedAtByte ??= install.progress > 0 ? install.nextOffset : 0;
  }

  #note(install: OpenInstall): void {
    this.#slot = install.slot;
    this.#totalSectors = install.sectors;
    this.#sectors = install.progress;
    this.#firstEnd ??= firstSectorEnd(install);
    const bytes = takenBytes(install, this.#firstEnd, this.#image.length);
    if (bytes === this.#takenBytes) return;
    if (bytes > this.#furthestByte) this.#failures = 0;
    this.#takenBytes = bytes;
    this.#furthestByte = Math.max(bytes, this.#furthestByte);
    this.#report("send");
  }

  async #stepSector(install: OpenInstall): Promise<void> {
    if (this.#offered === install.progress) return this.#write(install);
    const part = this.#image.subarray(install.nextOffset, install.nextEnd);
    await this.#port.fillWindow(await sha256(part));
    const result = await this.#command(FLASH_OFFER);
    const after = (await this.#port.bootWords()).install;
    if (after !== undefined && after.progress > install.progress) this.#skippedSectors++;
    else if (result === Flash.INSTALL_SEND || result === Flash.REFUSED_OFFSET)
      this.#offered = install.progress;
    else this.#refused(result, "was offered a sector");
  }

  async #write({ nextEnd, nextOffset }: OpenInstall): Promise<void> {
    const length = Math.min(Flash.BOOT_DATA_BYTES, nextEnd - nextOffset);
    const piece = this.#image.subarray(nextOffset, nextOffset + length);
    this.#sentBytes += await this.#port.fillWindow(piece);
    const result = await this.#command(FLASH_WRITE, nextOffset, piece.length);
    if (result === 0) return;
    if (result === Flash.FAILED_ERASE || result === Flash.FAILED_PROGRAM) await this.#badSector(result);
    else this.#refused(result, "was sent a piece");
  }

  async #finish(): Promise<void> {
    this.#report("finish");
    const result = await this.#command(FLASH_FINISH);
    const words = await this.#port.steadyBootWords();
    if (this.#slot !== undefined && words.slotStates[this.#slot] === Flash.SLOT_PENDING) return;
    if (result === Flash.FAILED_PROGRAM) await this.#badSector(result);
    else if (words.install === undefined && result !== 0) throw refusedBy(result, words);
    else this.#refused(result, "finished");
  }

  #command(command: number, offset = 0, length = 0): Promise<number> {
    return this.#port.command(command, { slot: this.#guardSlot, offset, length });
  }

  /** One try more is the board's to give: it says by its state whether there is one. */
  async #badSector(result: number): Promise<void> {
    const { badSector, install } = await this.#port.bootWords();
    this.#failures = 0;
    if (install !== undefined) this.#fittingBytes = install.nextOffset;
    if (++this.#badSectors < MAX_BAD_SECTORS) return;
    throw wornBy(result, this.#slot ?? 0, badSector, this.#fittingBytes);
  }

  /** A refusal that may have come from a damaged request: asked again, and believed when it stays. */
  #refused(result: number, when: string): void {
    const why = `the board answered ${reasonText(result)} when it ${when}`;
    if (result === Flash.FAILED_JOURNAL) throw new FlashError("worn", why);
    if (result === Flash.REFUSED_TRIAL && this.#failures > 0) throw new FlashError("state", why);
    const isOfImage = result !== 0 && result < Flash.INSTALL_SEND;
    if (isOfImage && this.#failures > 0) throw new FlashError("refused", why);
    this.#failed(why);
  }

  #failed(why: string, cause?: unknown): void {
    if (++this.#failures < MAX_FAILURES) return;
    throw new FlashError("link", `${why}; ${MAX_FAILURES} tries brought it no further`, { cause });
  }

  #report(phase: FlashPhase): void {
    this.#options.onProgress?.({
      phase,
      bytes: Math.max(0, this.#takenBytes),
      totalBytes: this.#image.length,
      sectors: this.#sectors,
      totalSectors: this.#totalSectors,
      skippedSectors: this.#skippedSectors,
    });
  }
}

/** Sectors are sent in the order 1, 2, ..., 0. Equal sectors are assumed when the first ones have gone already. */
function firstSectorEnd({ nextEnd, nextOffset, progress, sectors }: OpenInstall): number {
  if (progress >= sectors - 1) return nextEnd;
  return Math.round(nextOffset / (progress + 1));
}

/** Bytes of the image that the board has. */
function takenBytes({ nextEnd, nextOffset, progress, sectors }: OpenInstall, firstEnd: number, all: number) {
  if (progress === sectors) return all;
  if (progress === sectors - 1) return all - nextEnd + nextOffset;
  return nextOffset - firstEnd;
}

/** @param fittingBytes where the bad sector begins in the slot; in its first sector that is behind the manifest. */
function wornBy(
  result: number,
  slot: number,
  badSector: number | undefined,
  fittingBytes: number,
): FlashError {
  const which = badSector === undefined ? "a sector of the flash" : `sector ${badSector} of the flash`;
  const isAny = fittingBytes <= IMAGE_MANIFEST_BYTES;
  const fits = isAny
    ? "No image fits this slot any more"
    : `An image of at most ${fittingBytes} bytes ends before that sector and still fits; for others`;
  const what = `${which}, in slot ${slot}, does not take what it should hold, in ${MAX_BAD_SECTORS} tries (${reasonOf(result).name})`;
  return new FlashError(
    "worn",
    `${what}. What runs is in the other slot, untouched. ${fits}${isAny ? ":" : ""} have the flash replaced; \`cqd flash status\` shows the sector`,
  );
}

function refusedBy(result: number, { badSector }: BootWords): FlashError {
  const where = badSector === undefined ? "" : ` Sector ${badSector} of the flash was found bad.`;
  return new FlashError("refused", `the board did not take the image: ${reasonText(result)}${where}`);
}
