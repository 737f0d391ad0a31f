// Bugs of the journal.
import type { Deep, PlantedBug } from "./planted-bug.ts";

const RETURN = { scenario: "return to the image before", sectors: 2, depth: 3 } as const;
/** A record that comes to life later, or one that is gone later; and a flash that lies. */
const COMES: Deep = { ...RETURN, outcomes: ["emerging", "noOp"] };
const GOES: Deep = { ...RETURN, outcomes: ["fading", "noOp"] };

export const JOURNAL_BUGS: readonly PlantedBug[] = [
  {
    id: "journal-no-checksum",
    title: "journal record without checksum",
    file: "journal.ts",
    find: "candidate.crc === crc32c(changetype<usize>(candidate), RECORD_CRC)",
    replace: "true",
  },
  {
    id: "blank-is-ff",
    title: "blank judged by 0xFF alone",
    file: "storage.ts",
    find: "if (!allBytes(PIECE, piece, board.erased)) return false;",
    replace: "if (!allBytes(PIECE, piece, 0xff)) return false;",
  },
  {
    id: "no-reestablish",
    title: "a record in doubt is acted upon as it is",
    file: "select.ts",
    find: "  reestablish();\n",
    replace: "",
  },
  {
    id: "turn-trusts-blank",
    title: "the journal turns to a sector that reads blank without erasing it",
    file: "journal.ts",
    find: "if (!eraseAndCheck(board.journalSector + other, true)) return false;",
    replace:
      "if (!isErased(journalAddress(other), sectorBytes(board.journalSector + other)) && !eraseAndCheck(board.journalSector + other, true)) return false;",
  },
  {
    id: "turn-in-place",
    title: "the journal turns within its sector: the only record is erased",
    file: "journal.ts",
    find: "const other = journal.sector ^ 1;",
    replace: "const other = journal.sector;",
  },
  {
    id: "turn-same-generation",
    title: "the generation stays when the journal turns",
    file: "journal.ts",
    find: "  record.generation++;\n",
    replace: "",
  },
  {
    id: "older-generation-wins",
    title: "of two sectors the older record counts",
    file: "journal.ts",
    find: "i32(candidate.generation - record.generation) < 0",
    replace: "i32(candidate.generation - record.generation) > 0",
  },
  {
    id: "first-record-wins",
    title: "the first valid record of a sector counts, not the last",
    file: "journal.ts",
    find: "  for (let entry = last; entry > NONE; entry--) {",
    replace: "  for (let entry = 0; entry <= last; entry++) {",
  },
  {
    id: "next-after-valid",
    title: "the next record goes behind the last valid one, over a torn one, unchecked",
    file: "journal.ts",
    find: "  if (!isErased(address, entryBytes())) return false;\n  if (!writeMark(address)) return false;\n",
    replace: "  journal.next = entry + 1;\n",
  },
  {
    id: "mark-unit-ignored",
    title: "marks smaller than the program unit",
    file: "geometry.ts",
    find: "return max<u32>(board.unit, MARK_BYTES_MIN);",
    replace: "return MARK_BYTES_MIN;",
  },
  {
    id: "turn-leaves-open",
    title: "the journal turns and leaves an entry blank in the sector behind it",
    file: "journal.ts",
    find: "  if (!closeSector()) return false;\n",
    replace: "",
    deep: COMES,
  },
  {
    id: "close-once",
    title: "the last entry of a sector is tried once, and without it a record in doubt is acted upon",
    file: "journal.ts",
    find: "const CLOSE_TRIES = 3;",
    replace: "const CLOSE_TRIES = 1;",
    deep: GOES,
  },
  {
    id: "turn-from-the-new",
    title: "the journal turns from a sector without a record: the only one is erased",
    file: "journal.ts",
    find: "  if (journal.found && journal.sector !== journal.home) return false;\n",
    replace: "",
  },
  {
    id: "failure-forgotten",
    title: "what the journal did not take stays in memory",
    file: "journal.ts",
    find: "  scanJournal();\n  return false;\n",
    replace: "  return false;\n",
  },
  {
    id: "seal-first",
    title: "the seal is programmed before its record",
    file: "journal.ts",
    find: "  if (!writeRecord(address + markBytes())) return false;\n  // A seal that fails costs a repeated record at the next boot, nothing else.\n  writeMark(address + markBytes() + recordRoom());\n",
    replace:
      "  writeMark(address + markBytes() + recordRoom());\n  if (!writeRecord(address + markBytes())) return false;\n",
  },
  {
    id: "generation-never-wraps",
    title: "generations are compared as numbers: 0 is older than 4294967295",
    file: "journal.ts",
    find: "i32(candidate.generation - record.generation) < 0",
    replace: "candidate.generation < record.generation",
  },
];
