// What the boot loader's journal tells of the past. Read only: nothing here is written, and nothing that boots depends on it.
import * as Flash from "../../../hw-profiles/interface/flash.ts";
import {
  type FlashGeometry,
  journalEntry,
  sectorPlace,
} from "../../../hw-profiles/interface/flash-geometry.ts";
import { FLASH_STORY_ENTRIES } from "../../../hw-profiles/interface/registers.ts";
import type { NorFlash } from "../../flash/nor-flash.ts";
import { crc32c } from "../crc32c.ts";

/** Something that a record says and the record before it does not. */
export interface SlotChange {
  readonly slot: number;
  /** SLOT_* since then. */
  readonly state: number;
  /** Why it was rejected or failed; 0 = no reason. */
  readonly reason: number;
  /** Found bad just then; NO_SECTOR. */
  readonly badSector: number;
}

const SECTORS = 2;

/** The last FLASH_STORY_ENTRIES changes of slots that the journal still knows, newest first. */
export function journalStory(flash: NorFlash): SlotChange[] {
  const story: SlotChange[] = [];
  let before: DataView | undefined;
  for (const record of recordsOf(flash)) {
    if (before !== undefined) story.unshift(...changes(before, record, flash.geometry));
    story.length = Math.min(story.length, FLASH_STORY_ENTRIES);
    before = record;
  }
  return story;
}

/** Every valid record, oldest first: the sector of the older generation, then the other. */
function recordsOf(flash: NorFlash): DataView[] {
  const [first = [], second = []] = Array.from({ length: SECTORS }, (_, sector) => recordsIn(flash, sector));
  const [a, b] = [first.at(-1), second.at(-1)];
  if (a === undefined || b === undefined) return [...first, ...second];
  // By their difference: the number may wrap.
  const isSecondNewer = ((generation(b) - generation(a)) | 0) >= 0;
  return isSecondNewer ? [...first, ...second] : [...second, ...first];
}

function recordsIn(flash: NorFlash, sector: number): DataView[] {
  const place = sectorPlace(flash.geometry, flash.geometry.journalSector + sector);
  const { entryBytes, markBytes } = journalEntry(flash.geometry);
  const content = new Uint8Array(place.bytes);
  flash.read(place.address, content);
  return Array.from({ length: Math.floor(place.bytes / entryBytes) }, (_, index) =>
    content.subarray(index * entryBytes + markBytes).subarray(0, Flash.RECORD_BYTES),
  )
    .filter(isRecord)
    .map((bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.length));
}

function isRecord(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (view.getUint16(Flash.RECORD_FORMAT, true) !== Flash.JOURNAL_FORMAT) return false;
  return view.getUint32(Flash.RECORD_CRC, true) === crc32c(bytes.subarray(0, Flash.RECORD_CRC));
}

function generation(record: DataView): number {
  return record.getUint32(Flash.RECORD_GENERATION, true);
}

function changes(before: DataView, after: DataView, geometry: FlashGeometry): SlotChange[] {
  const bad = after.getUint16(Flash.RECORD_BAD_SECTOR, true);
  const isNewlyBad = bad !== Flash.NO_SECTOR && bad !== before.getUint16(Flash.RECORD_BAD_SECTOR, true);
  return geometry.slots.flatMap(({ firstSector, sectors }, slot) => {
    const isBadHere = isNewlyBad && bad >= firstSector && bad < firstSector + sectors;
    const state = stateOf(after, slot);
    const reason = reasonOf(after, slot);
    const isSame =
      state === stateOf(before, slot) &&
      (reason === 0 || reason === reasonOf(before, slot)) &&
      !(state === Flash.SLOT_INSTALLING && installId(after) !== installId(before));
    if (isSame && !isBadHere) return [];
    return [{ slot, state, reason, badSector: isBadHere ? bad : Flash.NO_SECTOR }];
  });
}

function stateOf(record: DataView, slot: number): number {
  return record.getUint8(Flash.RECORD_SLOT_STATE + slot);
}

function reasonOf(record: DataView, slot: number): number {
  return record.getUint8(Flash.RECORD_REASON_SLOT) === slot ? record.getUint8(Flash.RECORD_REASON) : 0;
}

/** Another one: another image is installed, or none any more. */
function installId(record: DataView): bigint {
  return record.getBigUint64(Flash.RECORD_INSTALL_ID, true);
}
