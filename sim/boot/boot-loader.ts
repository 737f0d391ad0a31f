// The microcontroller around the boot loader: runs build/boot.wasm, gives it flash, ROM and a way to try a module.
import {
  BOARD_BLOCK,
  BOOT_DATA_BLOCK,
  BOOT_DATA_BYTES,
  BOOT_STATUS_BLOCK,
} from "../../hw-profiles/interface/flash.ts";
import { type BoardIdentity, boardBlock } from "../../hw-profiles/interface/flash-geometry.ts";
import {
  IMAGE_KEY_ID_BYTES,
  IMAGE_MANIFEST_BYTES,
  IMAGE_SIGNATURE_BYTES,
  TLV_PAYLOAD_SHA256_BYTES,
} from "../../hw-profiles/interface/image.ts";
import type { NorFlash } from "../flash/nor-flash.ts";
import { type BootStatus, readBootStatus } from "./boot-status.ts";
import { RomHash, type RomKeys } from "./rom-keys.ts";

/** A slot's image as the board tries it: manifest and payload, copied from the flash. */
export interface SlotImage {
  readonly slot: number;
  readonly manifest: Uint8Array<ArrayBuffer>;
  readonly payload: Uint8Array<ArrayBuffer>;
}

/** What the board does with modules. Both return 0 or a REFUSED_*. */
export interface ModuleTrials {
  /** Would the module be admitted? Called when an installation finishes. */
  admit(image: SlotImage): number;
  /** Run the golden input, with limited fuel and traps caught. Called when a pending image boots. */
  trial(image: SlotImage): number;
}

interface BootExports {
  readonly memory: WebAssembly.Memory;
  readonly boot: (reset: number) => number;
  readonly install_begin: () => number;
  readonly install_offer: () => number;
  readonly install_write: (offset: number, length: number) => number;
  readonly install_finish: () => number;
  readonly confirm: () => number;
  readonly revert: () => number;
  readonly erase: (slot: number) => number;
  readonly read_back: (slot: number, offset: number, length: number) => number;
}

/**
 * One boot loader with its flash. All calls return 0 or a code of flash.ts or image.ts; all may throw what the flash
 * throws when the power is cut: then call powerUp() next.
 */
export class BootLoader {
  readonly flash: NorFlash;
  private readonly exports: BootExports;
  private readonly memory: Uint8Array<ArrayBuffer>;
  private readonly block: Uint8Array;

  /**
   * @param module build/boot.wasm, compiled.
   * @throws WebAssembly.LinkError for a module with other imports.
   */
  constructor(
    module: WebAssembly.Module,
    flash: NorFlash,
    identity: BoardIdentity,
    keys: RomKeys,
    trials: ModuleTrials,
  ) {
    this.flash = flash;
    this.block = boardBlock(flash.geometry, identity);
    const instance = new WebAssembly.Instance(module, this.imports(keys, trials));
    this.exports = instance.exports as unknown as BootExports;
    this.memory = new Uint8Array(this.exports.memory.buffer);
  }

  /** State after the last call. */
  get status(): BootStatus {
    return readBootStatus(this.memory.buffer);
  }

  /** A word of the status block after the last call. */
  statusWord(index: number): number {
    return new DataView(this.memory.buffer).getUint32(BOOT_STATUS_BLOCK + 4 * index, true);
  }

  /** Power comes, or the board resets: memory is lost, the boot loader decides what runs. @param reset RESET_* @returns BOOT_* */
  boot(reset: number): number {
    this.memory.fill(0);
    this.memory.set(this.block, BOARD_BLOCK);
    this.flash.powerUp();
    return this.exports.boot(reset) >>> 0;
  }

  /** Opens or resumes an installation: status.install then says what is wanted next. @param manifest IMAGE_MANIFEST_BYTES */
  begin(manifest: Uint8Array): number {
    this.hand(manifest, IMAGE_MANIFEST_BYTES);
    return this.exports.install_begin() >>> 0;
  }

  /** @param digest SHA-256 of bytes nextOffset .. nextEnd of the image. @returns 0 = held already; INSTALL_SEND */
  offer(digest: Uint8Array): number {
    this.hand(digest, TLV_PAYLOAD_SHA256_BYTES);
    return this.exports.install_offer() >>> 0;
  }

  /** Bytes of the image from `offset` on, at most BOOT_DATA_BYTES. */
  write(offset: number, bytes: Uint8Array): number {
    this.hand(bytes.subarray(0, BOOT_DATA_BYTES), BOOT_DATA_BYTES);
    return this.exports.install_write(offset, bytes.length) >>> 0;
  }

  finish(): number {
    return this.exports.install_finish() >>> 0;
  }

  confirm(): number {
    return this.exports.confirm() >>> 0;
  }

  revert(): number {
    return this.exports.revert() >>> 0;
  }

  erase(slot: number): number {
    return this.exports.erase(slot) >>> 0;
  }

  /** SHA-256 of bytes of a slot; undefined for a range that it does not have. */
  readBack(slot: number, offset: number, length: number): Uint8Array | undefined {
    if (this.exports.read_back(slot, offset, length) >>> 0 !== 0) return undefined;
    return this.memory.slice(BOOT_DATA_BLOCK, BOOT_DATA_BLOCK + TLV_PAYLOAD_SHA256_BYTES);
  }

  /** The image in a slot, as the flash reads now; undefined when its length is impossible. */
  image(slot: number, payloadLength: number): SlotImage | undefined {
    const { slotAddresses, slotBytes } = this.status;
    const address = slotAddresses[slot];
    if (address === undefined || IMAGE_MANIFEST_BYTES + payloadLength > slotBytes) return undefined;
    return this.readImage(slot, address + IMAGE_MANIFEST_BYTES, payloadLength);
  }

  /** Puts bytes into the data block, zeros behind them. */
  private hand(bytes: Uint8Array, room: number): void {
    this.memory.fill(0, BOOT_DATA_BLOCK, BOOT_DATA_BLOCK + room);
    this.memory.set(bytes.subarray(0, room), BOOT_DATA_BLOCK);
  }

  private readImage(slot: number, payloadAddress: number, payloadLength: number): SlotImage {
    const manifest = new Uint8Array(IMAGE_MANIFEST_BYTES);
    const payload = new Uint8Array(payloadLength);
    this.flash.read(payloadAddress - IMAGE_MANIFEST_BYTES, manifest);
    this.flash.read(payloadAddress, payload);
    return { slot, manifest, payload };
  }

  /** Views of the module's memory: it never grows. */
  private imports(keys: RomKeys, trials: ModuleTrials): WebAssembly.Imports {
    const { flash } = this;
    const hash = new RomHash();
    const view = (pointer: number, length: number) => this.memory.subarray(pointer, pointer + length);
    return {
      flash: {
        read: (address: number, into: number, length: number) =>
          flash.read(address >>> 0, view(into, length)),
        program: (address: number, from: number, length: number) =>
          flash.program(address >>> 0, view(from, length)),
        erase: (address: number) => flash.erase(address >>> 0),
      },
      crypto: {
        hash_begin: () => hash.begin(),
        hash_update: (from: number, length: number) => hash.update(view(from, length)),
        hash_end: (into: number) => this.memory.set(hash.end(), into),
        verify: (id: number, message: number, length: number, signature: number) =>
          keys.verify(
            view(id, IMAGE_KEY_ID_BYTES),
            view(message, length),
            view(signature, IMAGE_SIGNATURE_BYTES),
          ),
      },
      run: {
        // At the end of an installation the manifest is not in the flash yet: it is in the data block.
        admit: (slot: number, address: number, length: number) => {
          const { payload } = this.readImage(slot, address, length);
          const manifest = this.memory.slice(BOOT_DATA_BLOCK, BOOT_DATA_BLOCK + IMAGE_MANIFEST_BYTES);
          return trials.admit({ slot, manifest, payload });
        },
        trial: (slot: number, address: number, length: number) =>
          trials.trial(this.readImage(slot, address, length)),
      },
    };
  }
}
