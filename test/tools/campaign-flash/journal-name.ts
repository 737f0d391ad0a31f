// Journals that the boot loader cannot tell apart have the same name.
//
// What a journal means hangs on its newest records, not on how often it was written before. Left out of the name are:
// - the entries before the anchor, the newest entry that is solid, valid and sealed: the scan comes from the end and stops
//   at the anchor at the latest, and in the other sector at a record of a smaller generation, which is not taken;
// - the number of the generation: all that is asked is which of two is larger;
// - of an entry that never reads as a record as new as the anchor, what stands in it: it is in the way, no more. The sector
//   without the anchor, if it has no other ones: the boot loader erases it before it writes there.
// Kept are the place of the anchor and its record, and each entry behind it with how its mark, record and seal drift.
// A journal without an anchor is named by its cells. That all this holds is not only argued: see audit.ts.
import { RECORD_BYTES } from "../../../hw-profiles/interface/flash.ts";
import {
  type FlashGeometry,
  journalEntry,
  sectorPlace,
} from "../../../hw-profiles/interface/flash-geometry.ts";
import { contentHash, type FlashContent } from "../../../sim/flash/nor-flash.ts";
import { erasedSector, type Sector } from "../../../sim/flash/sector.ts";
import { blankness, cellsOf, type Reading, type RecordCells, recordCells } from "./journal-entry.ts";

interface Entry {
  /** When mark and seal read blank. */
  readonly mark: string;
  readonly seal: string;
  readonly record: RecordCells;
}

type JournalSector = readonly Entry[];

interface Anchor {
  readonly sector: 0 | 1;
  readonly entry: number;
  readonly generation: number;
  readonly fields: string;
}

export class JournalNames {
  private readonly flip: number;
  private readonly markBytes: number;
  private readonly recordRoom: number;
  private readonly first: number;
  private readonly blank: Sector;
  private readonly entriesPerSector: number;
  private readonly parsed = new WeakMap<Sector, JournalSector>();

  constructor(geometry: FlashGeometry) {
    const { erased, journalSector } = geometry;
    const { entryBytes, markBytes, recordBytes } = journalEntry(geometry);
    const { bytes } = sectorPlace(geometry, journalSector);
    this.flip = erased ^ 0xff;
    this.markBytes = markBytes;
    this.recordRoom = recordBytes;
    this.first = journalSector;
    this.blank = erasedSector(bytes);
    this.entriesPerSector = Math.floor(bytes / entryBytes);
  }

  /** Of the journal as it is meant, and of the cells of all the rest. */
  nameOf(content: FlashContent): string {
    const { first, blank } = this;
    const journal = [this.parse(content[first]!), this.parse(content[first + 1]!)] as const;
    const anchor = anchorOf(journal);
    if (anchor === undefined) return contentHash(content).toString(36);
    const rest = content.slice();
    rest[first] = blank;
    rest[first + 1] = blank;
    const home = journal[anchor.sector];
    const other = journal[anchor.sector ^ 1]!;
    return [
      contentHash(rest).toString(36),
      `${anchor.sector}${anchor.entry}${anchor.fields}`,
      nameOfHome(home, anchor),
      nameOfOther(other, anchor),
    ].join("|");
  }

  private parse(sector: Sector): JournalSector {
    const known = this.parsed.get(sector);
    if (known !== undefined) return known;
    const parsed = Array.from({ length: this.entriesPerSector }, (_, entry) =>
      this.parseEntry(sector, entry),
    );
    this.parsed.set(sector, parsed);
    return parsed;
  }

  private parseEntry(sector: Sector, entry: number): Entry {
    const { markBytes, recordRoom, flip } = this;
    const start = entry * (recordRoom + 2 * markBytes);
    return {
      mark: blankness(cellsOf(sector, start, markBytes)),
      record: recordCells(cellsOf(sector, start + markBytes, RECORD_BYTES), flip),
      seal: blankness(cellsOf(sector, start + markBytes + recordRoom, markBytes)),
    };
  }
}

/** As the boot loader compares: by their difference in 32 bits. */
function isOlder(generation: number, other: number): boolean {
  return ((generation - other) | 0) < 0;
}

function anchorOf(journal: readonly [JournalSector, JournalSector]): Anchor | undefined {
  let found: Anchor | undefined;
  for (const sector of [0, 1] as const)
    journal[sector].forEach(({ mark, seal, record: { reading, doubt } }, entry) => {
      if (mark !== "n" || seal !== "n" || doubt !== undefined || typeof reading === "string") return;
      if (found !== undefined && isOlder(reading.generation, found.generation)) return;
      found = { sector, entry, ...reading };
    });
  return found;
}

function nameOfReading(reading: Reading, generation: number): string {
  if (typeof reading === "string") return reading === "blank" ? "b" : "x";
  return `${(reading.generation - generation) | 0}:${reading.fields}`;
}

function nameOfEntry({ mark, seal, record }: Entry, generation: number): string {
  const { reading, doubt, raw } = record;
  const drift =
    doubt === undefined ? "" : `${doubt.drift}${raw ?? ""}>${nameOfReading(doubt.finished, generation)}`;
  return `${mark}/${nameOfReading(reading, generation)}${drift}/${seal}`;
}

/** May it read as a record as new as the anchor, or newer? */
function isNew({ record: { reading, doubt } }: Entry, generation: number): boolean {
  const readings = doubt === undefined ? [reading] : [reading, doubt.finished];
  return readings.some((each) => typeof each !== "string" && !isOlder(each.generation, generation));
}

/** Those behind the anchor. */
function nameOfHome(entries: JournalSector, { entry, generation }: Anchor): string {
  return entries
    .slice(entry + 1)
    .map((each) => (each.mark === "n" && !isNew(each, generation) ? "-" : nameOfEntry(each, generation)))
    .join();
}

function nameOfOther(entries: JournalSector, { generation }: Anchor): string {
  if (!entries.some((entry) => isNew(entry, generation))) return "-";
  return entries.map((entry) => nameOfEntry(entry, generation)).join();
}
