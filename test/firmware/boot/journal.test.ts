import { describe, expect, it } from "vitest";
import * as Flash from "../../../hw-profiles/interface/flash.ts";
import { journalEntry, sectorPlace } from "../../../hw-profiles/interface/flash-geometry.ts";
import { IMAGE_MANIFEST_BYTES } from "../../../hw-profiles/interface/image.ts";
import { contentHash, type FlashOperation } from "../../../sim/flash/nor-flash.ts";
import { PowerCut } from "../../../sim/flash/power-cut.ts";
import type { Outcome } from "../../../sim/flash/torn.ts";
import type { Rig } from "../../tools/campaign-flash/rig.ts";
import { fillJournal, LATER, renumber, SECOND, SIMILAR } from "../../tools/campaign-flash/scenarios.ts";
import { boardWithFirst } from "./support.ts";

function begin(rig: Rig, image: number): number {
  return rig.loader.begin(rig.images[image]!.bytes.subarray(0, IMAGE_MANIFEST_BYTES));
}

/** Cuts the first operation that fits. */
function beginCut(
  rig: Rig,
  image: number,
  outcome: Outcome,
  fits: (operation: FlashOperation) => boolean,
): void {
  rig.flash.fault = (operation) => (fits(operation) ? outcome : undefined);
  expect(() => begin(rig, image)).toThrow(PowerCut);
  rig.flash.fault = undefined;
}

const isMark = ({ data }: FlashOperation) => data.length === Flash.MARK_BYTES_MIN;
const isRecord = ({ data }: FlashOperation) => data.length === Flash.RECORD_BYTES;

describe("journal", () => {
  it("writes a record that may have been cut anew, before it is acted upon", () => {
    const rig = boardWithFirst(1);
    rig.boot();
    beginCut(rig, SECOND, "fading", isRecord);
    rig.boot();
    const { entry } = rig.status.journal;
    expect(rig.status.slotStates[1]).toBe(Flash.SLOT_INSTALLING);
    // The torn record reads as before from now on; its copy does not.
    rig.boot();
    expect(rig.status.slotStates[1]).toBe(Flash.SLOT_INSTALLING);
    expect(rig.status.journal.entry).toBe(entry);
  });

  it("completes a torn mark, so that a record beyond the turn cannot come back over a newer one", () => {
    const rig = boardWithFirst(1);
    rig.boot();
    fillJournal(rig, 1);
    beginCut(rig, LATER, "fading", isMark);
    rig.boot();
    beginCut(rig, LATER, "emerging", isRecord);
    rig.boot();
    expect(begin(rig, SIMILAR)).toBe(0);
    rig.boot();
    const before = contentHash(rig.flash.content);
    // Known to be the unfinished one: nothing has to be written.
    expect(begin(rig, SIMILAR)).toBe(0);
    expect(contentHash(rig.flash.content)).toBe(before);
  });

  it("stays in the sector to which it has begun to turn: a torn record there may come to life", () => {
    const rig = boardWithFirst(1);
    rig.boot();
    fillJournal(rig, 1);
    // The mark of the last entry is silently not programmed: the journal turns before its sector is full.
    let marks = 0;
    rig.flash.fault = (operation) => {
      if (isMark(operation) && marks++ === 0) return "noOp";
      return isRecord(operation) ? "emerging" : undefined;
    };
    expect(() => begin(rig, LATER)).toThrow(PowerCut);
    rig.flash.fault = undefined;
    rig.boot();
    expect(begin(rig, SIMILAR)).toBe(0);
    rig.boot();
    rig.boot();
    const before = contentHash(rig.flash.content);
    expect(begin(rig, SIMILAR)).toBe(0);
    expect(contentHash(rig.flash.content)).toBe(before);
  });

  it.each([0, 1, 0x7fffffff, 0xfffffffe, 0xffffffff])(
    "turns from generation %i to the next",
    (generation) => {
      const rig = boardWithFirst(1);
      rig.boot();
      renumber(rig, generation);
      expect(rig.status.journal.generation).toBe(generation);
      fillJournal(rig, 0);
      expect(begin(rig, LATER)).toBe(0);
      const expected = { generation: (generation + 1) >>> 0, entry: 0 };
      expect(rig.status.journal).toMatchObject(expected);
      rig.boot();
      expect(rig.status.journal).toMatchObject(expected);
      expect(rig.status.slotStates[1]).toBe(Flash.SLOT_INSTALLING);
    },
  );

  it("passes over a place with a bad cell", () => {
    const rig = boardWithFirst(1);
    rig.boot();
    const { entry } = rig.status.journal;
    const stride = journalEntry(rig.flash.geometry).entryBytes;
    const { address } = sectorPlace(rig.flash.geometry, rig.flash.geometry.journalSector);
    rig.flash.stick([{ address: address + (entry + 1) * stride + 10, mask: 0xff, value: 0x5a }]);
    expect(begin(rig, SECOND)).toBe(0);
    expect(rig.status.journal.entry).toBe(entry + 2);
    rig.boot();
    expect(rig.status.slotStates[1]).toBe(Flash.SLOT_INSTALLING);
  });

  it("says so when neither sector takes a record, and goes on running what is confirmed", () => {
    const rig = boardWithFirst(1);
    rig.boot();
    const { journalSector, regions } = rig.flash.geometry;
    const { address } = sectorPlace(rig.flash.geometry, journalSector);
    const cells = Array.from({ length: (2 * regions[0]!.sectorBytes) / 40 }, (_, index) => ({
      address: address + 41 + index * 40,
      mask: 1,
      value: 1,
    }));
    rig.flash.stick(cells);
    expect(begin(rig, SECOND)).toBe(Flash.FAILED_JOURNAL);
    expect(rig.status.install).toBeUndefined();
    expect(rig.status.slotStates[1]).toBe(Flash.SLOT_EMPTY);
    expect(rig.boot()).toBe(Flash.BOOT_CONFIRMED);
  });
});
