import {
  BOOT_DATA_BYTES,
  REFUSED_LENGTH,
  REFUSED_SLOT,
  REFUSED_STATE,
} from "../../../hw-profiles/interface/flash.ts";
import { IMAGE_MANIFEST_BYTES, TLV_PAYLOAD_SHA256_BYTES } from "../../../hw-profiles/interface/image.ts";
import * as Reg from "../../../hw-profiles/interface/registers.ts";
import { crc32c } from "../crc32c.ts";
import type { FlashUnit } from "./flash-unit.ts";

const PIECE_BYTES = 4 * Reg.FLASH_WINDOW_WORDS;
const HALF_BITS = 16;
const HALF_MASK = 0xffff;

/** The register window of the flash: arguments, the buffer that images come through, and the last command's result. */
export class FlashWindow {
  readonly arguments = { slot: 0, offset: 0, length: 0, windowOffset: 0 };
  result = 0;
  readonly digest = new Uint8Array(TLV_PAYLOAD_SHA256_BYTES);
  private readonly buffer = new Uint8Array(BOOT_DATA_BYTES);

  /** A word goes to WindowOffset + 4 index, if that is inside. */
  writeWord(index: number, value: number): void {
    const at = this.arguments.windowOffset + 4 * index;
    if (at + 4 <= BOOT_DATA_BYTES) new DataView(this.buffer.buffer).setUint32(at, value, true);
  }

  /** CRC-32C of the first `length` bytes of the buffer. */
  get crc(): number {
    return crc32c(this.buffer.subarray(0, this.arguments.length));
  }

  /** Checksums of two pieces. @param index of the pair. */
  pieceCrcs(index: number): number {
    return (this.pieceCrc(2 * index) | (this.pieceCrc(2 * index + 1) << HALF_BITS)) >>> 0;
  }

  /** @param command FLASH_*, not FLASH_RESET. */
  run(command: number, unit: FlashUnit): void {
    this.result = this.perform(command, unit);
    unit.changed();
  }

  private pieceCrc(piece: number): number {
    return crc32c(this.buffer.subarray(piece * PIECE_BYTES, (piece + 1) * PIECE_BYTES)) & HALF_MASK;
  }

  private perform(command: number, unit: FlashUnit): number {
    const { loader } = unit;
    const { slot, offset, length } = this.arguments;
    switch (command) {
      case Reg.FLASH_BEGIN:
        return loader.begin(this.buffer.subarray(0, IMAGE_MANIFEST_BYTES));
      case Reg.FLASH_OFFER:
        return loader.offer(this.buffer.subarray(0, TLV_PAYLOAD_SHA256_BYTES));
      case Reg.FLASH_WRITE:
        if (length > BOOT_DATA_BYTES) return REFUSED_LENGTH;
        return loader.write(offset, this.buffer.subarray(0, length));
      case Reg.FLASH_FINISH:
        return loader.finish();
      case Reg.FLASH_CONFIRM:
        return loader.confirm();
      case Reg.FLASH_REVERT:
        return loader.revert();
      case Reg.FLASH_ERASE:
        return loader.erase(slot);
      case Reg.FLASH_READ_BACK:
        return this.readBack(unit, slot, offset, length);
      default:
        return REFUSED_STATE;
    }
  }

  private readBack({ loader }: FlashUnit, slot: number, offset: number, length: number): number {
    const digest = loader.readBack(slot, offset, length);
    if (digest === undefined) return REFUSED_SLOT;
    this.digest.set(digest);
    return 0;
  }
}
