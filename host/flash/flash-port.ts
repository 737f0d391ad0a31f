import { BOOT_DATA_BYTES, BOOT_STATUS_BYTES } from "../../hw-profiles/interface/flash.ts";
import { FLASH_READ_BACK, FLASH_WINDOW_WORDS } from "../../hw-profiles/interface/registers.ts";
import type { RegisterPort } from "../camera/register-port.ts";
import { sameBytes } from "../image/manifest.ts";
import { crc32c } from "../packet/crc32c.ts";
import { type BootWords, decodeBootWords } from "./boot-words.ts";
import { FlashError } from "./flash-error.ts";
import { isPassing } from "./passing.ts";

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
const WINDOW_DATA_BYTES = WORD_BYTES * FLASH_WINDOW_WORDS;
/** Times that the window is filled anew when something was lost on the way. */
const MAX_FILLS = 4;
/** Reads of the status until two in a row agree. */
const MAX_READS = 6;

/** The flash registers of a board, one method for each thing that they do. */
export class FlashPort {
  readonly registers: RegisterPort;

  constructor(registers: RegisterPort) {
    this.registers = registers;
  }

  /**
   * Put bytes into the window, at most BOOT_DATA_BYTES. The writes are sent without their replies; the window's checksum tells
   * whether all of them arrived.
   * @throws FlashError "link" when the window never holds them.
   */
  async fillWindow(bytes: Uint8Array): Promise<void> {
    if (bytes.length > BOOT_DATA_BYTES)
      throw new RangeError(`found ${bytes.length} bytes for the window, expected ${BOOT_DATA_BYTES} at most`);
    const expected = crc32c(bytes, 0, bytes.length);
    for (let fill = 0; fill < MAX_FILLS; fill++) {
      for (let at = 0; at < bytes.length; at += WINDOW_DATA_BYTES)
        await this.registers.post("FlashWindowOffset", windowWrite(bytes, at));
      await this.registers.write("FlashLength", bytes.length);
      if ((await this.registers.readNumber("FlashWindowCrc")) === expected) return;
    }
    throw new FlashError(
      "link",
      `the board's window holds other bytes than were sent, ${MAX_FILLS} times in a row; check cable and hub, then flash again: it goes on where it stopped`,
    );
  }

  /** @param command FLASH_* @returns FlashResult: 0, or why not. */
  async command(command: number, { length = 0, offset = 0, slot }: FlashArguments): Promise<number> {
    await this.registers.writeBlock("FlashSlot", bytesOf([slot, offset, length]));
    await this.registers.write("FlashCommand", command);
    return await this.registers.readNumber("FlashResult");
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
    return bytesOf(await this.#numbers("FlashDigest"));
  }

  /** Certain, as steadyBootWords(). */
  async restarts(): Promise<Restarts> {
    const bytes = await steady(async () =>
      bytesOf([await this.registers.readNumber("BootCount"), await this.registers.readNumber("BootCycles")]),
    );
    const [count = 0, cycles = 0] = wordsOf(bytes);
    return { count, cycles };
  }

  async #statusBytes(): Promise<Uint8Array> {
    return bytesOf((await this.#numbers("BootStatus")).slice(0, BOOT_STATUS_BYTES / WORD_BYTES));
  }

  async #numbers(name: string): Promise<readonly number[]> {
    const value = await this.registers.read(name);
    return typeof value === "object" ? value : [Number(value)];
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

/** Offset, then words; those behind the end of the bytes are zero. */
function windowWrite(bytes: Uint8Array, at: number): Uint8Array {
  const write = new Uint8Array(WORD_BYTES + WINDOW_DATA_BYTES);
  new DataView(write.buffer).setUint32(0, at, true);
  write.set(bytes.subarray(at, at + WINDOW_DATA_BYTES), WORD_BYTES);
  return write;
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
