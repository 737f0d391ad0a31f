import * as Flash from "../../hw-profiles/interface/flash.ts";

/** The boot loader's status block. Numbers as in hw-profiles/interface/flash.ts. */
export interface BootStatus {
  /** BOOT_* */
  readonly result: number;
  readonly running: number | undefined;
  readonly active: number | undefined;
  /** SLOT_* of both slots. */
  readonly slotStates: readonly [number, number];
  /** Images with a smaller security counter are refused. */
  readonly floor: number;
  /** Why reasonSlot was rejected or failed, or the flash refused; 0 = nothing. */
  readonly reason: number;
  readonly reasonSlot: number | undefined;
  /** The sector found bad last. */
  readonly badSector: number | undefined;
  readonly install: InstallStatus | undefined;
  /** Addresses in the flash, and bytes of each slot. */
  readonly slotAddresses: readonly [number, number];
  readonly slotBytes: number;
  readonly journal: { readonly generation: number; readonly entry: number; readonly entries: number };
}

/** The open installation. */
export interface InstallStatus {
  readonly slot: number;
  /** Bytes nextOffset .. nextEnd of the image are wanted next: the rest of the sector in work. */
  readonly nextOffset: number;
  readonly nextEnd: number;
  /** Sectors finished, and sectors of the image. */
  readonly progress: number;
  readonly sectors: number;
}

function known(value: number, unknown: number): number | undefined {
  return value === unknown ? undefined : value;
}

/** @param memory the boot loader's. */
export function readBootStatus(memory: ArrayBuffer): BootStatus {
  const view = new DataView(memory, Flash.BOOT_STATUS_BLOCK, Flash.BOOT_STATUS_BYTES);
  const get = (at: number) => view.getUint32(at, true);
  const pair = (at: number) => [get(at), get(at + 4)] as const;
  const slot = known(get(Flash.BOOT_STATUS_TARGET), Flash.NO_SLOT);
  return {
    result: get(Flash.BOOT_STATUS_RESULT),
    running: known(get(Flash.BOOT_STATUS_RUNNING), Flash.NO_SLOT),
    active: known(get(Flash.BOOT_STATUS_ACTIVE), Flash.NO_SLOT),
    slotStates: pair(Flash.BOOT_STATUS_SLOT_STATE),
    floor: get(Flash.BOOT_STATUS_FLOOR),
    reason: get(Flash.BOOT_STATUS_REASON),
    reasonSlot: known(get(Flash.BOOT_STATUS_REASON_SLOT), Flash.NO_SLOT),
    badSector: known(get(Flash.BOOT_STATUS_BAD_SECTOR), Flash.NO_SECTOR),
    install:
      slot === undefined
        ? undefined
        : {
            slot,
            nextOffset: get(Flash.BOOT_STATUS_NEXT_OFFSET),
            nextEnd: get(Flash.BOOT_STATUS_NEXT_END),
            progress: get(Flash.BOOT_STATUS_PROGRESS),
            sectors: get(Flash.BOOT_STATUS_SECTORS),
          },
    slotAddresses: pair(Flash.BOOT_STATUS_SLOT_ADDRESS),
    slotBytes: get(Flash.BOOT_STATUS_SLOT_BYTES),
    journal: {
      generation: get(Flash.BOOT_STATUS_GENERATION),
      entry: get(Flash.BOOT_STATUS_ENTRY),
      entries: get(Flash.BOOT_STATUS_ENTRIES),
    },
  };
}
