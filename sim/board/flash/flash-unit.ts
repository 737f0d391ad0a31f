import { type HardwareTarget, VECTOR_TARGET } from "../../../hw-profiles/admission/target.ts";
import { ABI_VERSION } from "../../../hw-profiles/interface/abi.ts";
import { BOOT_TRIAL, RESET_POWER } from "../../../hw-profiles/interface/flash.ts";
import type { FlashGeometry } from "../../../hw-profiles/interface/flash-geometry.ts";
import {
  FEATURE_IMAGING,
  FEATURE_LIDAR,
  IMAGE_PAYLOAD_LENGTH_AT,
} from "../../../hw-profiles/interface/image.ts";
import { BOOT_HISTORY_ENTRIES } from "../../../hw-profiles/interface/registers.ts";
import { BootLoader, type SlotImage } from "../../boot/boot-loader.ts";
import type { BootStatus } from "../../boot/boot-status.ts";
import { type RomKey, RomKeys } from "../../boot/rom-keys.ts";
import { type FlashContent, NorFlash, type StuckCells } from "../../flash/nor-flash.ts";
import { readArtefact } from "../../pool/artefacts.ts";
import { DEFAULT_FLASH, FLASH_CLOCK_HZ } from "./default-flash.ts";
import { installWhole } from "./install-whole.ts";
import { journalStory, type SlotChange } from "./journal-story.ts";
import { BoardTrials } from "./module-trials.ts";

/** What a flash holds and how far it is worn. */
export interface FlashState {
  readonly content: FlashContent;
  /** Erase cycles of each sector. */
  readonly wear: Uint32Array;
}

export interface FlashSetup {
  /** The signed image that the board leaves the factory with; asked for once, when the flash is first looked at. */
  readonly factoryImage?: (() => Uint8Array) | undefined;
  /** What an earlier run left, instead of a flash as of the factory: the board then starts what lies in it. */
  readonly state?: FlashState | undefined;
  /** Cells of a worn part, which do not change any more. */
  readonly stuck?: readonly StuckCells[] | undefined;
  /** Called after every command that may have changed the flash. */
  readonly onChange?: ((state: FlashState) => void) | undefined;
  readonly geometry?: FlashGeometry | undefined;
  /** Keys of the ROM. */
  readonly keys: readonly RomKey[];
  /** Locked for production. */
  readonly isLocked?: boolean | undefined;
}

/** What the boot loader let run, and what that took. */
export interface Restart {
  /** Undefined: recovery. */
  readonly image: SlotImage | undefined;
  readonly isTrial: boolean;
  /** Of the ROIC clock. */
  readonly cycles: number;
}

export interface HistoryEntry {
  /** BOOT_* */
  readonly result: number;
  readonly running: number | undefined;
  readonly reason: number;
  readonly reasonSlot: number | undefined;
}

const TARGET: HardwareTarget = VECTOR_TARGET;

/** The board's NOR flash with its boot loader, and the restarts that it saw. */
export class FlashUnit {
  readonly loader: BootLoader;
  readonly keys: readonly RomKey[];
  readonly isLocked: boolean;
  readonly history: HistoryEntry[] = [];
  readonly features: number;
  readonly hardwareClass = TARGET.hardwareClass;
  readonly memoryPages = TARGET.pages;
  bootCount = 0;
  bootCycles = 0;
  private readonly clockHz: number;
  /** As the journal tells it now; undefined: not read since the last command. */
  private told: readonly SlotChange[] | undefined;
  private readonly onChange: ((state: FlashState) => void) | undefined;
  private first: Restart;

  /** @param mode of the sensor. @throws RangeError for a geometry or keys that no board can have. */
  constructor(setup: FlashSetup, mode: "lidar" | "imaging", clockHz: number) {
    this.clockHz = clockHz;
    this.keys = setup.keys;
    this.isLocked = setup.isLocked ?? false;
    this.onChange = setup.onChange;
    this.features = TARGET.features | (mode === "lidar" ? FEATURE_LIDAR : FEATURE_IMAGING);
    this.loader = new BootLoader(
      new WebAssembly.Module(readArtefact("boot.wasm")),
      new NorFlash(setup.geometry ?? DEFAULT_FLASH),
      { hardwareClass: TARGET.hardwareClass, abi: ABI_VERSION, pages: TARGET.pages, features: this.features },
      new RomKeys(setup.keys, this.isLocked),
      new BoardTrials(TARGET),
    );
    this.first = this.powerOn(setup);
    this.bootCount = 0;
  }

  get status(): BootStatus {
    return this.loader.status;
  }

  /** What ran at power-on. */
  get powerOnRestart(): Restart {
    return this.first;
  }

  /** The last changes of the slots, newest first, as the journal tells them: it outlives the power. */
  get story(): readonly SlotChange[] {
    this.told ??= journalStory(this.loader.flash);
    return this.told;
  }

  /** The readout logic restarts. @param reset RESET_* */
  restart(reset: number): Restart {
    const before = this.loader.flash.cycles;
    const result = this.loader.boot(reset);
    const { reason, reasonSlot, running } = this.status;
    const image = running === undefined ? undefined : this.imageIn(running);
    this.bootCycles = Math.ceil(((this.loader.flash.cycles - before) * this.clockHz) / FLASH_CLOCK_HZ);
    this.bootCount++;
    this.history.unshift({ result, running, reason, reasonSlot });
    this.history.length = Math.min(this.history.length, BOOT_HISTORY_ENTRIES);
    this.changed();
    return { image, isTrial: result === BOOT_TRIAL, cycles: this.bootCycles };
  }

  /** To be called after a command to the boot loader. */
  changed(): void {
    this.told = undefined;
    const { content, wear } = this.loader.flash;
    this.onChange?.({ content, wear: wear.slice() });
  }

  /** First bytes of a slot, as the flash reads now. */
  peek(slot: number, offset: number, into: Uint8Array): void {
    const address = this.status.slotAddresses[slot];
    if (address !== undefined) this.loader.flash.read(address + offset, into);
  }

  private imageIn(slot: number): SlotImage | undefined {
    const length = new Uint8Array(4);
    this.peek(slot, IMAGE_PAYLOAD_LENGTH_AT, length);
    return this.loader.image(slot, new DataView(length.buffer).getUint32(0, true));
  }

  private powerOn({ factoryImage, state, stuck = [] }: FlashSetup): Restart {
    const { flash } = this.loader;
    flash.stick(stuck);
    if (state !== undefined) {
      flash.content = state.content;
      flash.wear.set(state.wear);
      return this.restart(RESET_POWER);
    }
    this.loader.boot(RESET_POWER);
    if (factoryImage !== undefined) this.leaveFactory(factoryImage());
    return this.restart(RESET_POWER);
  }

  private leaveFactory(image: Uint8Array): void {
    const code = installWhole(this.loader, image);
    if (code !== 0)
      throw new RangeError(`factory image: the boot loader refused it with code ${code}, expected 0`);
    this.loader.boot(RESET_POWER);
    const kept = this.loader.confirm();
    if (kept !== 0) {
      const { reason } = this.loader.status;
      throw new RangeError(`factory image: confirming it gave code ${kept} (trial: ${reason}), expected 0`);
    }
    this.loader.flash.cycles = 0;
    this.loader.flash.wear.fill(0);
  }
}
