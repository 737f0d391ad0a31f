// The flash of a board, as data: what the board writes into the boot loader's board block, see flash.ts.
import {
  BOARD_ABI,
  BOARD_BLOCK_BYTES,
  BOARD_ERASED,
  BOARD_FEATURES,
  BOARD_HARDWARE,
  BOARD_JOURNAL_SECTOR,
  BOARD_PAGES,
  BOARD_PROGRAM_UNIT,
  BOARD_REGION_BYTES,
  BOARD_REGION_SECTORS,
  BOARD_REGIONS,
  BOARD_SLOT_SECTOR,
  BOARD_SLOT_SECTORS,
  MARK_BYTES_MIN,
  RECORD_BYTES,
} from "./flash.ts";

/** Equal sectors in a row. */
export interface FlashRegion {
  readonly sectorBytes: number;
  readonly sectors: number;
}

export interface SlotPlace {
  readonly firstSector: number;
  readonly sectors: number;
}

/** A NOR flash and what lies where in it. Sectors are counted from address 0 through the regions. */
export interface FlashGeometry {
  readonly regions: readonly FlashRegion[];
  /** Bytes that are programmed at once, a power of two. */
  readonly programUnit: number;
  /** What an erased byte reads: 0xFF or 0x00. */
  readonly erased: number;
  /** The first of the two sectors of the journal. */
  readonly journalSector: number;
  readonly slots: readonly [SlotPlace, SlotPlace];
}

/** What an image must match to run on a board. */
export interface BoardIdentity {
  /** HARDWARE_* */
  readonly hardwareClass: number;
  readonly abi: number;
  /** Pages of memory that a module has, minimum = maximum. */
  readonly pages: number;
  /** FEATURE_* that the board offers. */
  readonly features: number;
}

/**
 * The board block. Wrong geometries are written as they are: the boot loader refuses them.
 * @throws RangeError for more regions than the block has room for.
 */
export function boardBlock(geometry: FlashGeometry, identity: BoardIdentity): Uint8Array<ArrayBuffer> {
  const { regions } = geometry;
  const room = (BOARD_REGION_SECTORS - BOARD_REGION_BYTES) / 4;
  if (regions.length > room)
    throw new RangeError(`found ${regions.length} regions of sectors, expected ${room} at most`);
  const view = new DataView(new ArrayBuffer(BOARD_BLOCK_BYTES));
  const put = (at: number, value: number) => view.setUint32(at, value, true);
  put(BOARD_ERASED, geometry.erased);
  put(BOARD_PROGRAM_UNIT, geometry.programUnit);
  put(BOARD_JOURNAL_SECTOR, geometry.journalSector);
  geometry.slots.forEach(({ firstSector, sectors }, slot) => {
    put(BOARD_SLOT_SECTOR + 4 * slot, firstSector);
    put(BOARD_SLOT_SECTORS + 4 * slot, sectors);
  });
  put(BOARD_HARDWARE, identity.hardwareClass);
  put(BOARD_ABI, identity.abi);
  put(BOARD_PAGES, identity.pages);
  put(BOARD_FEATURES, identity.features);
  put(BOARD_REGIONS, regions.length);
  regions.forEach(({ sectorBytes, sectors }, region) => {
    put(BOARD_REGION_BYTES + 4 * region, sectorBytes);
    put(BOARD_REGION_SECTORS + 4 * region, sectors);
  });
  return new Uint8Array(view.buffer);
}

/** Address and size of a sector. @throws RangeError when there is no such sector. */
export function sectorPlace(geometry: FlashGeometry, sector: number): { address: number; bytes: number } {
  let left = sector;
  let address = 0;
  for (const { sectorBytes, sectors } of geometry.regions) {
    if (left < sectors) return { address: address + left * sectorBytes, bytes: sectorBytes };
    left -= sectors;
    address += sectors * sectorBytes;
  }
  throw new RangeError(`found no sector ${sector} in a flash of ${sector - left}`);
}

/** Bytes of an entry of the journal and of its parts, each of whole program units: opening mark, record, seal. See flash.ts. */
export function journalEntry({ programUnit }: FlashGeometry): {
  markBytes: number;
  recordBytes: number;
  entryBytes: number;
} {
  const markBytes = Math.max(programUnit, MARK_BYTES_MIN);
  const recordBytes = Math.max(programUnit, RECORD_BYTES);
  return { markBytes, recordBytes, entryBytes: recordBytes + 2 * markBytes };
}

/** Bytes of the whole flash. */
export function flashBytes(geometry: FlashGeometry): number {
  return geometry.regions.reduce((sum, { sectorBytes, sectors }) => sum + sectorBytes * sectors, 0);
}
