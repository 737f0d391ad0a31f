import * as Flash from "../../hw-profiles/interface/flash.ts";

/** The boot loader's status block; codes as in hw-profiles/interface/flash.ts. */
export interface BootWords {
  /** BOOT_* */
  readonly result: number;
  readonly running: number | undefined;
  readonly active: number | undefined;
  /** SLOT_* of each slot. */
  readonly slotStates: readonly number[];
  readonly floor: number;
  /** 0 = none. */
  readonly reason: number;
  readonly reasonSlot: number | undefined;
  readonly badSector: number | undefined;
  readonly install: OpenInstall | undefined;
  readonly slotBytes: number;
}

/** What the open installation wants next: bytes nextOffset .. nextEnd - 1 of the image, the rest of a sector. */
export interface OpenInstall {
  readonly slot: number;
  readonly nextOffset: number;
  readonly nextEnd: number;
  /** Sectors finished, and sectors of the image. */
  readonly progress: number;
  readonly sectors: number;
}

const WORD_BYTES = 4;

/** @param words register BootStatus */
export function decodeBootWords(words: readonly number[]): BootWords {
  const at = (offset: number) => words[offset / WORD_BYTES] ?? 0;
  const known = (offset: number, unknown: number) => (at(offset) === unknown ? undefined : at(offset));
  const slots = Array.from({ length: Flash.FLASH_SLOTS }, (_, slot) => slot);
  return {
    result: at(Flash.BOOT_STATUS_RESULT),
    running: known(Flash.BOOT_STATUS_RUNNING, Flash.NO_SLOT),
    active: known(Flash.BOOT_STATUS_ACTIVE, Flash.NO_SLOT),
    slotStates: slots.map((slot) => at(Flash.BOOT_STATUS_SLOT_STATE + WORD_BYTES * slot)),
    floor: at(Flash.BOOT_STATUS_FLOOR),
    reason: at(Flash.BOOT_STATUS_REASON),
    reasonSlot: known(Flash.BOOT_STATUS_REASON_SLOT, Flash.NO_SLOT),
    badSector: known(Flash.BOOT_STATUS_BAD_SECTOR, Flash.NO_SECTOR),
    install: openInstall(known(Flash.BOOT_STATUS_TARGET, Flash.NO_SLOT), at),
    slotBytes: at(Flash.BOOT_STATUS_SLOT_BYTES),
  };
}

function openInstall(slot: number | undefined, at: (offset: number) => number): OpenInstall | undefined {
  if (slot === undefined) return undefined;
  return {
    slot,
    nextOffset: at(Flash.BOOT_STATUS_NEXT_OFFSET),
    nextEnd: at(Flash.BOOT_STATUS_NEXT_END),
    progress: at(Flash.BOOT_STATUS_PROGRESS),
    sectors: at(Flash.BOOT_STATUS_SECTORS),
  };
}
