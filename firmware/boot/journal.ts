// Two sectors of records, each the whole state. The newest valid one counts; an older one is never needed again.
//
// A cut can leave cells that read one way now and another way at the next boot. What is true in spite of that:
// - An entry is opened by a mark, and its record is begun only when the mark is complete. A mark that was cut can be
//   programmed again, its bytes are always the same. So no record is ever programmed over the traces of another.
// - A record is followed by a seal, begun only when the record is complete. A record without a trace of a seal is in
//   doubt: the next boot writes it anew before it acts on it (reestablish).
// - A sector is erased right before its first record, in the same power session: a blank sector is not trusted.
import {
  FLASH_UNIT_MAX,
  JOURNAL_FORMAT,
  RECORD_BYTES,
  RECORD_CRC,
} from "../../hw-profiles/interface/flash.ts";
import { allBytes, crc32c } from "./bytes.ts";
import * as flash from "./flash.ts";
import {
  entriesPerSector,
  entryBytes,
  markBytes,
  recordRoom,
  sectorAddress,
  sectorBytes,
} from "./geometry.ts";
import { eraseAndCheck, isErased, programAll, programAndCheck } from "./storage.ts";
import { board, candidate, journal, PIECE, PIECE_BYTES, record, UNIT } from "./views.ts";

/** Places tried for one record before the journal counts as broken. */
const TRIES = 8;
/** Tries to open the last entry of a sector: without it the journal cannot turn. */
const CLOSE_TRIES = 3;

/** No entry: before the first. */
const NONE: i32 = -1;

function journalAddress(sector: u32): u32 {
  return sectorAddress(board.journalSector + sector);
}

function entryAddress(sector: u32, entry: u32): u32 {
  return journalAddress(sector) + entry * entryBytes();
}

function marked(address: u32): bool {
  return !isErased(address, markBytes());
}

function sealed(sector: u32, entry: u32): bool {
  return marked(entryAddress(sector, entry) + markBytes() + recordRoom());
}

/** The last entry with a trace of its opening mark. */
function lastOpened(sector: u32): i32 {
  // The blank end in large pieces: most of the sector.
  let end = sectorBytes(board.journalSector + sector);
  while (end > PIECE_BYTES) {
    flash.read(journalAddress(sector) + end - PIECE_BYTES, PIECE, PIECE_BYTES);
    if (!allBytes(PIECE, PIECE_BYTES, board.erased)) break;
    end -= PIECE_BYTES;
  }
  let entry = i32(min((end - 1) / entryBytes(), entriesPerSector() - 1));
  while (entry > NONE && !marked(entryAddress(sector, entry))) entry--;
  return entry;
}

/** Reads an entry's record to `candidate`. */
function validRecord(sector: u32, entry: u32): bool {
  flash.read(entryAddress(sector, entry) + markBytes(), changetype<usize>(candidate), RECORD_BYTES);
  return (
    candidate.format === JOURNAL_FORMAT && candidate.crc === crc32c(changetype<usize>(candidate), RECORD_CRC)
  );
}

/** Takes the newest record of a sector if it is newer than what was found so far. */
function scanSector(sector: u32): void {
  const last = lastOpened(sector);
  for (let entry = last; entry > NONE; entry--) {
    if (!validRecord(sector, entry)) continue;
    // By their difference: the number may wrap.
    if (journal.found && i32(candidate.generation - record.generation) < 0) return;
    memory.copy(changetype<usize>(record), changetype<usize>(candidate), RECORD_BYTES);
    journal.found = true;
    journal.home = sector;
    journal.sector = sector;
    journal.entry = entry;
    journal.next = last + 1;
    return;
  }
}

/** Finds the newest record, and where the next one goes. */
export function scanJournal(): void {
  journal.found = false;
  // Without a record the journal starts in its first sector: as if the second were full.
  journal.sector = 1;
  journal.next = entriesPerSector();
  scanSector(0);
  scanSector(1);
}

function writeMark(address: u32): bool {
  return programAll(address, markBytes());
}

/**
 * Completes the mark of an entry that was opened and has no valid record: if its mark is what was cut, it could read
 * blank another time, and what is written behind it would not be found.
 */
function settleLastMark(): void {
  if (!journal.found || journal.next === journal.entry + 1) return;
  writeMark(entryAddress(journal.sector, journal.next - 1));
}

function writeRecord(address: u32): bool {
  record.format = u16(JOURNAL_FORMAT);
  record.crc = crc32c(changetype<usize>(record), RECORD_CRC);
  memory.fill(UNIT, u8(board.erased), FLASH_UNIT_MAX);
  memory.copy(UNIT, changetype<usize>(record), RECORD_BYTES);
  return programAndCheck(address, UNIT, recordRoom());
}

function writeEntry(entry: u32): bool {
  const address = entryAddress(journal.sector, entry);
  if (!isErased(address, entryBytes())) return false;
  if (!writeMark(address)) return false;
  if (!writeRecord(address + markBytes())) return false;
  // A seal that fails costs a repeated record at the next boot, nothing else.
  writeMark(address + markBytes() + recordRoom());
  return true;
}

/**
 * Opens the last entry of the sector that is left, should faults have kept it blank: what is begun in the other one may come
 * to life in a later session, so none may go on here.
 * @returns whether the sector reads full.
 */
function closeSector(): bool {
  const last = entriesPerSector() - 1;
  if (!journal.found || journal.entry === last) return true;
  const address = entryAddress(journal.sector, last);
  for (let tries = 0; tries < CLOSE_TRIES; tries++) {
    if (writeMark(address) || marked(address)) return true;
  }
  return false;
}

/** Goes on in the other sector: only from the one that holds the newest record. */
function turn(): bool {
  if (journal.found && journal.sector !== journal.home) return false;
  if (!closeSector()) return false;
  const other = journal.sector ^ 1;
  if (!eraseAndCheck(board.journalSector + other, true)) return false;
  journal.sector = other;
  journal.next = 0;
  record.generation++;
  return true;
}

/**
 * Writes `record` as the newest state.
 * @returns false when the journal is broken: `record` is then what it was before the caller changed it.
 */
export function appendRecord(): bool {
  if (!journal.settled) settleLastMark();
  journal.settled = true;
  for (let tries = 0; tries < TRIES; tries++) {
    if (journal.next >= entriesPerSector() && !turn()) break;
    const entry = journal.next++;
    if (!writeEntry(entry)) continue;
    journal.found = true;
    journal.home = journal.sector;
    journal.entry = entry;
    journal.written = true;
    return true;
  }
  scanJournal();
  return false;
}

/** Writes a record anew that may not have been complete when the power went. */
export function reestablish(): void {
  if (journal.found && !sealed(journal.sector, journal.entry)) appendRecord();
}
