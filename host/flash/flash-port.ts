import { BOOT_STATUS_BYTES } from "../../hw-profiles/interface/flash.ts";
import { FLASH_READ_BACK } from "../../hw-profiles/interface/registers.ts";
import type { RegisterPort } from "../camera/register-port.ts";
import { sameBytes } from "../image/manifest.ts";
import { type BootWords, decodeBootWords } from "./boot-words.ts";
import { FlashError } from "./flash-error.ts";
import { isPassing } from "./passing.ts";
import { WindowPieces } from "./window-pieces.ts";

/** Arguments of a command; those that it does not take are passed over by the board. */
export interface FlashArguments {
  readonly slot: number;
  readonly offset?: number;
  readonly length?: number;
}

/** When the readout logic restarted last. */
export interface Restarts {
  readonly count: number;
  /** Cycles of the ROIC clock in which no frame started. */
  readonly cycles: number;
}

const WORD_BYTES = 4;
/** Rounds in a row after which no more pieces of the window are right than before. */
const MAX_IDLE_ROUNDS = 8;
/** Times that something is asked for, or set, that may be asked for again; each time, a session tries more than once. */
const MAX_ASKS = 4;
/** Reads of the status until two in a row agree. */
const MAX_READS = 6;
const GOES_ON = "check cable and hub, then flash again: it goes on where it stopped";

/** The flash registers of a board, one method for each thing that they do. */
export class FlashPort {
  readonly registers: RegisterPort;

  constructor(registers: RegisterPort) {
    this.registers = registers;
  }

  /**
   * Put bytes into the window, at most BOOT_DATA_BYTES. The writes are sent without their replies; the window's checksum tells
   * whether all of them arrived, those of its pieces which did not: they alone are sent again.
   * @returns bytes that were sent, those counted again that were sent again.
   * @throws FlashError "link" when the window never holds them.
   */
  async fillWindow(bytes: Uint8Array): Promise<number> {
    const pieces = new WindowPieces(bytes);
    let sentBytes = 0;
    let wrong = pieces.all();
    let fewest = wrong.length;
    for (let idle = 0; idle < MAX_IDLE_ROUNDS; idle++) {
      for (const piece of wrong) {
        await this.registers.post("FlashWindowOffset", pieces.write(piece));
        sentBytes += pieces.lengthOf(piece);
      }
      if ((await this.#windowCrc(bytes.length)) === pieces.crc) return sentBytes;
      const found = pieces.wrong(await this.numbers("FlashPieceCrc"));
      // All of them right, and the whole wrong: a damage that its 16 bits do not show.
      wrong = found.length === 0 ? pieces.all() : found;
      if (wrong.length < fewest) idle = -1;
      fewest = Math.min(fewest, wrong.length);
    }
    throw new FlashError(
      "link",
      `the board's window holds other bytes than were sent, ${MAX_IDLE_ROUNDS} times in a row no fewer of them; ${GOES_ON}`,
    );
  }

  /**
   * The command itself is sent once, as far as the session has it: whether it was done, the board's state tells.
   * @param command FLASH_* @returns FlashResult: 0, or why not.
   */
  async command(command: number, { length = 0, offset = 0, slot }: FlashArguments): Promise<number> {
    await this.#sure(() => this.registers.writeBlock("FlashSlot", bytesOf([slot, offset, length])));
    await this.registers.write("FlashCommand", command);
    return await this.number("FlashResult");
  }

  /** A register of one word. @throws FlashError "link" when no answer comes through. */
  number(name: string): Promise<number> {
    return this.#sure(() => this.registers.readNumber(name));
  }

  /** Words of a register. @throws FlashError "link" when no answer comes through. */
  async numbers(name: string): Promise<readonly number[]> {
    const value = await this.#sure(() => this.registers.read(name));
    return typeof value === "object" ? value : [Number(value)];
  }

  async bootWords(): Promise<BootWords> {
    return decodeBootWords(wordsOf(await this.#statusBytes()));
  }

  /** As bootWords(), for decisions that must not hang on one damaged reply. */
  async steadyBootWords(): Promise<BootWords> {
    return decodeBootWords(wordsOf(await steady(() => this.#statusBytes())));
  }

  /** SHA-256 of bytes of a slot, by the board. Undefined when it refuses. */
  async readBack(slot: number, offset: number, length: number): Promise<Uint8Array | undefined> {
    if ((await this.command(FLASH_READ_BACK, { slot, offset, length })) !== 0) return undefined;
    return bytesOf(await this.numbers("FlashDigest"));
  }

  /** Certain, as steadyBootWords(). */
  async restarts(): Promise<Restarts> {
    const bytes = await steady(async () =>
      bytesOf([await this.number("BootCount"), await this.number("BootCycles")]),
    );
    const [count = 0, cycles = 0] = wordsOf(bytes);
    return { count, cycles };
  }

  async #statusBytes(): Promise<Uint8Array> {
    return bytesOf((await this.numbers("BootStatus")).slice(0, BOOT_STATUS_BYTES / WORD_BYTES));
  }

  async #windowCrc(length: number): Promise<number> {
    await this.#sure(() => this.registers.write("FlashLength", length));
    return this.number("FlashWindowCrc");
  }

  /** What may be done again, until it is answered. */
  async #sure<T>(ask: () => Promise<T>): Promise<T> {
    let failure: unknown;
    for (let asks = 0; asks < MAX_ASKS; asks++) {
      try {
        return await ask();
      } catch (error) {
        if (!isPassing(error)) throw error;
        failure = error;
      }
    }
    const last = failure instanceof Error ? failure.message : String(failure);
    throw new FlashError(
      "link",
      `found no answer ${MAX_ASKS} times in a row, expected one; ${GOES_ON}; ${last}`,
      {
        cause: failure,
      },
    );
  }
}

/** What two reads in a row agree on. @throws FlashError "link" when none do; what ends the link. */
export async function steady(read: () => Promise<Uint8Array>): Promise<Uint8Array> {
  let before: Uint8Array | undefined;
  for (let tries = 0; tries < MAX_READS; tries++) {
    try {
      const bytes = await read();
      if (before !== undefined && sameBytes(bytes, before)) return bytes;
      before = bytes;
    } catch (error) {
      if (!isPassing(error)) throw error;
      before = undefined;
    }
  }
  throw new FlashError(
    "link",
    `the board's answer is another one at each of ${MAX_READS} reads; check the cable`,
  );
}

/** Words as they lie in the board's memory. */
export function bytesOf(words: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(WORD_BYTES * words.length));
  for (const [i, word] of words.entries()) view.setUint32(WORD_BYTES * i, word, true);
  return new Uint8Array(view.buffer);
}

function wordsOf(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.length / WORD_BYTES }, (_, i) => view.getUint32(WORD_BYTES * i, true));
}
