// The boot loader's memory. State that must outlive a reset is in the flash; everything here is gone with the power.
import {
  BOARD_BLOCK,
  BOOT_STATUS_BLOCK,
  FLASH_UNIT_MAX,
  RECORD_BYTES,
} from "../../hw-profiles/interface/flash.ts";
import { IMAGE_MANIFEST_BYTES } from "../../hw-profiles/interface/image.ts";

/** BOARD_BLOCK up to the sector map. */
@unmanaged
export class Board {
  erased: u32 = 0;
  unit: u32 = 0;
  journalSector: u32 = 0;
  slotSector0: u32 = 0;
  slotSector1: u32 = 0;
  slotSectors0: u32 = 0;
  slotSectors1: u32 = 0;
  hardware: u32 = 0;
  abi: u32 = 0;
  pages: u32 = 0;
  features: u32 = 0;
  regions: u32 = 0;
}

/** BOOT_STATUS_BLOCK. */
@unmanaged
export class Status {
  result: u32 = 0;
  running: u32 = 0;
  active: u32 = 0;
  slotState0: u32 = 0;
  slotState1: u32 = 0;
  floor: u32 = 0;
  reason: u32 = 0;
  reasonSlot: u32 = 0;
  badSector: u32 = 0;
  target: u32 = 0;
  nextOffset: u32 = 0;
  nextEnd: u32 = 0;
  progress: u32 = 0;
  sectors: u32 = 0;
  slotAddress0: u32 = 0;
  slotAddress1: u32 = 0;
  slotBytes: u32 = 0;
  generation: u32 = 0;
  entry: u32 = 0;
  entries: u32 = 0;
}

/** RECORD_*: the state that the newest record of the journal holds. */
@unmanaged
export class Record {
  generation: u32 = 0;
  floor: u32 = 0;
  slotState0: u8 = 0;
  slotState1: u8 = 0;
  active: u8 = 0;
  reason: u8 = 0;
  reasonSlot: u8 = 0;
  settled: u8 = 0;
  progress: u16 = 0;
  installId: u64 = 0;
  badSector: u16 = 0;
  format: u16 = 0;
  crc: u32 = 0;
}

/** Where the journal stands. */
@unmanaged
export class Journal {
  /** 0 or 1: which of the two sectors holds the newest record, and the place there. */
  home: u32 = 0;
  entry: u32 = 0;
  /** Where the next record goes. */
  sector: u32 = 0;
  next: u32 = 0;
  /** Is there a valid record at all? */
  found: bool = false;
  /** Has this power session settled the last mark that an earlier one left? */
  settled: bool = false;
  /** Has this power session written a record? Nothing else may change the flash before. */
  written: bool = false;
}

/** This power session. */
@unmanaged
export class Session {
  /** BOOT_*, 0 before boot(). */
  result: u32 = 0;
  running: u32 = 0;
  geometryReason: u32 = 0;
}

/** The open installation. */
@unmanaged
export class Install {
  open: bool = false;
  /** The sector in work was erased in this power session. */
  erased: bool = false;
  /** The sector in work may have been left by a cut. */
  doubtful: bool = false;
  target: u32 = 0;
  imageBytes: u32 = 0;
  sectors: u32 = 0;
  /** Sectors finished, in the order of sectorInOrder(). */
  progress: u32 = 0;
  /** Bytes of the image, from its start. */
  nextOffset: u32 = 0;
}

export const board = changetype<Board>(BOARD_BLOCK);
export const status = changetype<Status>(BOOT_STATUS_BLOCK);
export const record = changetype<Record>(memory.data(RECORD_BYTES, 8));
/** A record being looked at. */
export const candidate = changetype<Record>(memory.data(RECORD_BYTES, 8));
export const journal = changetype<Journal>(memory.data(32, 8));
export const session = changetype<Session>(memory.data(16, 8));
export const install = changetype<Install>(memory.data(32, 8));

/** Manifest of the open installation. */
export const INSTALL_MANIFEST: usize = memory.data(IMAGE_MANIFEST_BYTES, 8);
/** A digest just computed. */
export const DIGEST: usize = memory.data(32, 8);
/** What was read from the flash. */
export const PIECE_BYTES: u32 = 1024;
export const PIECE: usize = memory.data(1024, 8);
/** A program unit to be written. */
export const UNIT: usize = memory.data(FLASH_UNIT_MAX, 8);
