import { BOOT_DATA_BYTES } from "../../hw-profiles/interface/flash.ts";
import { FLASH_WINDOW_WORDS } from "../../hw-profiles/interface/registers.ts";
import { crc32c } from "../packet/crc32c.ts";

const WORD_BYTES = 4;
/** Of the window, in one write; the last piece of the window is shorter. */
const PIECE_BYTES = WORD_BYTES * FLASH_WINDOW_WORDS;
const HALF_BITS = 16;
const HALF_MASK = 0xffff;

/** What goes into the window, cut into writes. */
export class WindowPieces {
  readonly bytes: Uint8Array;
  readonly crc: number;
  readonly count: number;

  /** @throws RangeError for more bytes than the window has. */
  constructor(bytes: Uint8Array) {
    if (bytes.length > BOOT_DATA_BYTES)
      throw new RangeError(`found ${bytes.length} bytes for the window, expected ${BOOT_DATA_BYTES} at most`);
    this.bytes = bytes;
    this.crc = crc32c(bytes);
    this.count = Math.ceil(bytes.length / PIECE_BYTES);
  }

  all(): number[] {
    return Array.from({ length: this.count }, (_, piece) => piece);
  }

  /** Of the bytes, those that a piece carries. */
  lengthOf(piece: number): number {
    return Math.min(PIECE_BYTES, this.bytes.length - piece * PIECE_BYTES);
  }

  /** FlashWindowOffset, then words; those behind the end of the bytes are zero. */
  write(piece: number): Uint8Array {
    const at = piece * PIECE_BYTES;
    const write = new Uint8Array(WORD_BYTES + PIECE_BYTES);
    new DataView(write.buffer).setUint32(0, at, true);
    write.set(this.bytes.subarray(at, at + PIECE_BYTES), WORD_BYTES);
    return write;
  }

  /** Pieces that the window does not hold. @param words register FlashPieceCrc */
  wrong(words: readonly number[]): number[] {
    return this.all().filter((piece) => {
      const found = ((words[piece >>> 1] ?? 0) >>> (HALF_BITS * (piece & 1))) & HALF_MASK;
      return found !== this.#crcOf(piece);
    });
  }

  #crcOf(piece: number): number {
    const room = Math.min(PIECE_BYTES, BOOT_DATA_BYTES - piece * PIECE_BYTES);
    return crc32c(this.write(piece), WORD_BYTES, WORD_BYTES + room) & HALF_MASK;
  }
}
