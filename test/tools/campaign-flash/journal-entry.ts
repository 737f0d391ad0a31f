// An entry of the journal as cells: what its parts can read, now and later.

import { crc32c } from "../../../host/packet/crc32c.ts";
import {
  JOURNAL_FORMAT,
  RECORD_CRC,
  RECORD_FLOOR,
  RECORD_FORMAT,
  RECORD_GENERATION,
} from "../../../hw-profiles/interface/flash.ts";
import { mixBytes } from "../../../sim/flash/mix.ts";
import { type Doubt, PAGE_BYTES } from "../../../sim/flash/page.ts";
import type { Sector } from "../../../sim/flash/sector.ts";

/** As cells: erased = 1. */
const BLANK = 0xff;

/** Cells of a range. */
export interface Cells {
  readonly solid: Uint8Array;
  /** Those between two levels; `start` counts from the start of the range, and may be before it. */
  readonly doubts: readonly Doubt[];
}

/** A record that a part of the journal holds. */
export interface ValidRecord {
  readonly generation: number;
  /** Name of all the rest of it. */
  readonly fields: string;
}

/** What a record's cells read: nothing but erased cells, a valid record, or anything else. */
export type Reading = "blank" | "junk" | ValidRecord;

/** A record's cells: what they read, and if they are in doubt the other thing that they may read. */
export interface RecordCells {
  readonly reading: Reading;
  readonly doubt: { readonly drift: string; readonly finished: Reading } | undefined;
  /** Name of the cells themselves when they are in doubt in more than one way. */
  readonly raw: string | undefined;
}

function inRange({ start, bits }: Doubt, length: number): boolean {
  return bits.some((mask, at) => mask !== 0 && start + at >= 0 && start + at < length);
}

/** Cells of a sector from a byte on. */
export function cellsOf({ pages }: Sector, from: number, length: number): Cells {
  const solid = new Uint8Array(length);
  const doubts: Doubt[] = [];
  for (let done = 0; done < length; ) {
    const page = pages[Math.floor((from + done) / PAGE_BYTES)]!;
    const start = (from + done) % PAGE_BYTES;
    const piece = page.bytes.subarray(start, Math.min(PAGE_BYTES, start + length - done));
    solid.set(piece, done);
    for (const doubt of page.doubts) {
      const moved = { ...doubt, start: doubt.start - start + done };
      if (inRange(moved, length)) doubts.push(moved);
    }
    done += piece.length;
  }
  return { solid, doubts };
}

function driftName({ drift, age }: Doubt): string {
  return `${drift.slice(0, 2)}${age}`;
}

/** Does the doubt concern cells that were programmed? An erase left those, a program operation the others. */
function ofErase({ bits, before }: Doubt): boolean {
  return bits.some((mask, at) => (mask & ~before[at]!) !== 0);
}

function isBlank(cells: Uint8Array): boolean {
  for (let at = 0; at < cells.length; at++) if (cells[at] !== BLANK) return false;
  return true;
}

/** When a range reads blank: "b" always, "n" never, otherwise how its cells drift. */
export function blankness({ solid, doubts }: Cells): string {
  if (doubts.length === 0) return isBlank(solid) ? "b" : "n";
  const rest = solid.slice();
  for (const { start, bits } of doubts) {
    const end = Math.min(bits.length, rest.length - start);
    for (let at = Math.max(0, -start); at < end; at++) rest[start + at]! |= bits[at]!;
  }
  if (!isBlank(rest)) return "n";
  return doubts.map((doubt) => driftName(doubt) + (ofErase(doubt) ? "e" : "p")).join("+");
}

/** Cells with doubts decided. */
function decided({ solid, doubts }: Cells, finished: boolean): Uint8Array {
  const cells = solid.slice();
  for (const { start, bits, before } of doubts)
    bits.forEach((mask, at) => {
      const place = start + at;
      if (place < 0 || place >= cells.length) return;
      const value = finished ? ~before[at]! : before[at]!;
      cells[place] = (cells[place]! & ~mask) | (value & mask);
    });
  return cells;
}

/** @param flip what turns cells into bytes. */
function readingOf(cells: Uint8Array, flip: number): Reading {
  if (isBlank(cells)) return "blank";
  const bytes = cells.map((value) => value ^ flip);
  const view = new DataView(bytes.buffer);
  if (view.getUint16(RECORD_FORMAT, true) !== JOURNAL_FORMAT) return "junk";
  if (view.getUint32(RECORD_CRC, true) !== crc32c(bytes, 0, RECORD_CRC)) return "junk";
  const rest = bytes.slice(RECORD_FLOOR, RECORD_CRC);
  const fields = `${mixBytes(1, rest).toString(36)}.${mixBytes(2, rest).toString(36)}`;
  return { generation: view.getUint32(RECORD_GENERATION, true), fields };
}

/** What the cells of a record can read. */
export function recordCells(cells: Cells, flip: number): RecordCells {
  const { solid, doubts } = cells;
  const drifts = new Set(doubts.map(driftName));
  if (drifts.size === 0) return { reading: readingOf(solid, flip), doubt: undefined, raw: undefined };
  const reading = readingOf(decided(cells, false), flip);
  const finished = readingOf(decided(cells, true), flip);
  if (drifts.size === 1) return { reading, doubt: { drift: [...drifts].join(), finished }, raw: undefined };
  const raw = [solid, ...doubts.flatMap(({ bits, before }) => [bits, before])]
    .map((bytes) => Buffer.from(bytes).toString("hex"))
    .join();
  return { reading, doubt: { drift: [...drifts].join(), finished }, raw };
}
