// Where sectors and slots are, and whether this flash can be kept safe at all.
import {
  BOARD_BLOCK,
  BOARD_REGION_BYTES,
  BOARD_REGION_SECTORS,
  BOARD_SLOT_SECTOR,
  BOARD_SLOT_SECTORS,
  FLASH_REGIONS,
  FLASH_SECTOR_MAX,
  FLASH_SECTOR_MIN,
  FLASH_SLOTS,
  FLASH_UNIT_MAX,
  GEOMETRY_ERASED,
  GEOMETRY_JOURNAL,
  GEOMETRY_MAP,
  GEOMETRY_SECTOR,
  GEOMETRY_SLOT,
  GEOMETRY_UNIT,
  JOURNAL_ENTRIES_MIN,
  MARK_BYTES_MIN,
  RECORD_BYTES,
} from "../../hw-profiles/interface/flash.ts";
import { board } from "./views.ts";

function regionBytes(region: u32): u32 {
  return load<u32>(BOARD_BLOCK + BOARD_REGION_BYTES + (region << 2));
}

function regionSectors(region: u32): u32 {
  return load<u32>(BOARD_BLOCK + BOARD_REGION_SECTORS + (region << 2));
}

export function slotSector(slot: u32): u32 {
  return load<u32>(BOARD_BLOCK + BOARD_SLOT_SECTOR + (slot << 2));
}

export function slotSectors(slot: u32): u32 {
  return load<u32>(BOARD_BLOCK + BOARD_SLOT_SECTORS + (slot << 2));
}

/** Address of a sector; of the sector after the last, the end of the flash. */
export function sectorAddress(sector: u32): u32 {
  let left = sector;
  let address: u32 = 0;
  for (let region: u32 = 0; region < board.regions; region++) {
    const here = min(left, regionSectors(region));
    address += here * regionBytes(region);
    left -= here;
    if (left === 0) break;
  }
  return address;
}

export function sectorBytes(sector: u32): u32 {
  return sectorAddress(sector + 1) - sectorAddress(sector);
}

export function slotAddress(slot: u32): u32 {
  return sectorAddress(slotSector(slot));
}

export function slotBytes(slot: u32): u32 {
  return sectorAddress(slotSector(slot) + slotSectors(slot)) - slotAddress(slot);
}

/** Bytes of a mark of the journal: whole program units. */
export function markBytes(): u32 {
  return max<u32>(board.unit, MARK_BYTES_MIN);
}

/** Bytes that a record of the journal fills: whole program units. */
export function recordRoom(): u32 {
  return max<u32>(board.unit, RECORD_BYTES);
}

export function entryBytes(): u32 {
  return recordRoom() + 2 * markBytes();
}

export function entriesPerSector(): u32 {
  return sectorBytes(board.journalSector) / entryBytes();
}

function allSectors(): u32 {
  let sectors: u32 = 0;
  for (let region: u32 = 0; region < board.regions; region++) sectors += regionSectors(region);
  return sectors;
}

function refuseRegions(): u32 {
  if (board.regions === 0 || board.regions > u32(FLASH_REGIONS)) return GEOMETRY_MAP;
  for (let region: u32 = 0; region < board.regions; region++) {
    const bytes = regionBytes(region);
    // Whole units: those are powers of two up to FLASH_UNIT_MAX.
    if (bytes < u32(FLASH_SECTOR_MIN) || bytes > u32(FLASH_SECTOR_MAX)) return GEOMETRY_SECTOR;
    if (bytes % FLASH_UNIT_MAX !== 0) return GEOMETRY_SECTOR;
  }
  return 0;
}

/** Do the sectors from a on and those from b on have one in common? */
function overlap(a: u32, aSectors: u32, b: u32, bSectors: u32): bool {
  return a < b + bSectors && b < a + aSectors;
}

function refuseJournal(): u32 {
  const first = board.journalSector;
  if (first + 2 > allSectors()) return GEOMETRY_MAP;
  if (sectorBytes(first) !== sectorBytes(first + 1)) return GEOMETRY_JOURNAL;
  if (entriesPerSector() < u32(JOURNAL_ENTRIES_MIN)) return GEOMETRY_JOURNAL;
  for (let slot: u32 = 0; slot < u32(FLASH_SLOTS); slot++) {
    if (overlap(first, 2, slotSector(slot), slotSectors(slot))) return GEOMETRY_JOURNAL;
  }
  return 0;
}

function refuseSlots(): u32 {
  for (let slot: u32 = 0; slot < u32(FLASH_SLOTS); slot++) {
    if (slotSectors(slot) === 0 || slotSector(slot) + slotSectors(slot) > allSectors()) return GEOMETRY_MAP;
  }
  if (overlap(slotSector(0), slotSectors(0), slotSector(1), slotSectors(1))) return GEOMETRY_SLOT;
  // An image must fit both, or it could be installed today and refused tomorrow.
  return slotBytes(0) === slotBytes(1) ? 0 : GEOMETRY_SLOT;
}

/** @returns 0 or GEOMETRY_*. */
export function refuseGeometry(): u32 {
  if (board.erased !== 0xff && board.erased !== 0) return GEOMETRY_ERASED;
  const unit = board.unit;
  if (unit === 0 || unit > u32(FLASH_UNIT_MAX) || (unit & (unit - 1)) !== 0) return GEOMETRY_UNIT;
  const regions = refuseRegions();
  if (regions !== 0) return regions;
  const slots = refuseSlots();
  return slots !== 0 ? slots : refuseJournal();
}
