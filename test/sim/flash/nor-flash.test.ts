import { describe, expect, it } from "vitest";
import type { FlashGeometry } from "../../../hw-profiles/interface/flash-geometry.ts";
import { contentHash, NorFlash } from "../../../sim/flash/nor-flash.ts";
import { PowerCut } from "../../../sim/flash/power-cut.ts";
import { OUTCOMES, type Outcome } from "../../../sim/flash/torn.ts";

function geometry(erased: number, programUnit = 4): FlashGeometry {
  return {
    regions: [
      { sectorBytes: 2048, sectors: 2 },
      { sectorBytes: 4096, sectors: 2 },
    ],
    programUnit,
    erased,
    journalSector: 0,
    slots: [
      { firstSector: 2, sectors: 1 },
      { firstSector: 3, sectors: 1 },
    ],
  };
}

function read(flash: NorFlash, address: number, bytes: number): number[] {
  const into = new Uint8Array(bytes);
  flash.read(address, into);
  return [...into];
}

/** Cuts the next operation. */
function cut(flash: NorFlash, outcome: Outcome, operation: () => void): void {
  flash.fault = () => outcome;
  if (outcome === "noOp") operation();
  else expect(operation).toThrow(PowerCut);
  flash.fault = undefined;
}

const DATA = Uint8Array.from([0x12, 0x34, 0x56, 0x78, 0x9a, 0xbc, 0xde, 0xf0]);

describe.each([0xff, 0x00])("flash whose erased bytes read %i", (erased) => {
  it("reads erased, then what was programmed, then erased again", () => {
    const flash = new NorFlash(geometry(erased));
    expect(read(flash, 4096, 3)).toEqual([erased, erased, erased]);
    flash.program(4096, DATA);
    expect(read(flash, 4095, 10)).toEqual([erased, ...DATA, erased]);
    flash.erase(4096);
    expect(read(flash, 4096, 8)).toEqual(new Array(8).fill(erased));
    expect([...flash.wear]).toEqual([0, 0, 1, 0]);
    expect(flash.breaches).toBe(0);
  });

  it("programs cells away from erased only, and counts a unit programmed twice", () => {
    const flash = new NorFlash(geometry(erased));
    flash.program(0, Uint8Array.of(0xf0, 0xf0, 0xf0, 0xf0));
    flash.program(0, Uint8Array.of(0x3c, 0x3c, 0x3c, 0x3c));
    expect(read(flash, 0, 1)).toEqual([erased === 0xff ? 0x30 : 0xfc]);
    expect(flash.breaches).toBe(1);
    // All cells programmed is allowed: a mark that was cut is completed so.
    flash.program(0, new Uint8Array(4).fill(~erased));
    expect(flash.breaches).toBe(1);
  });

  it("tears a program operation", () => {
    const left = (outcome: Outcome) => {
      const flash = new NorFlash(geometry(erased));
      cut(flash, outcome, () => flash.program(0, DATA));
      return read(flash, 0, 8);
    };
    const blank = new Array(8).fill(erased);
    expect(left("before")).toEqual(blank);
    expect(left("noOp")).toEqual(blank);
    expect(left("after")).toEqual([...DATA]);
    expect(left("frontHalf")).toEqual([...DATA.subarray(0, 4), ...blank.slice(4)]);
    expect(left("backHalf")).toEqual([...blank.slice(4), ...DATA.subarray(4)]);
    expect(left("subset")).not.toEqual([...DATA]);
    expect(left("subset")).not.toEqual(blank);
  });

  it("tears an erase", () => {
    const left = (outcome: Outcome) => {
      const flash = new NorFlash(geometry(erased));
      for (let at = 0; at < 2048; at += 256) flash.program(at, DATA);
      cut(flash, outcome, () => flash.erase(0));
      return [read(flash, 0, 8), read(flash, 1024, 8)];
    };
    const blank = new Array(8).fill(erased);
    expect(left("before")).toEqual([[...DATA], [...DATA]]);
    expect(left("frontHalf")).toEqual([blank, [...DATA]]);
    expect(left("backHalf")).toEqual([[...DATA], blank]);
    expect(left("after")).toEqual([blank, blank]);
    expect(left("subset")).not.toEqual([[...DATA], [...DATA]]);
  });
});

describe("cells between two levels", () => {
  function drifting(outcome: Outcome): NorFlash {
    const flash = new NorFlash(geometry(0xff));
    cut(flash, outcome, () => flash.program(0, DATA));
    flash.powerUp();
    return flash;
  }
  const blank = new Array(8).fill(0xff);

  it("read differently at every read (flicker)", () => {
    const flash = drifting("flicker");
    expect(read(flash, 0, 8)).not.toEqual(read(flash, 0, 8));
  });

  it("read finished in the first power session and as before later (fading), or the other way round (emerging)", () => {
    const fading = drifting("fading");
    expect(read(fading, 0, 8)).toEqual([...DATA]);
    fading.powerUp();
    expect(read(fading, 0, 8)).toEqual(blank);
    const emerging = drifting("emerging");
    expect(read(emerging, 0, 8)).toEqual(blank);
    emerging.powerUp();
    expect(read(emerging, 0, 8)).toEqual([...DATA]);
  });

  it("are settled by an erase, or by being programmed whole", () => {
    const flash = drifting("flicker");
    expect(flash.isSolid(0, 8)).toBe(false);
    flash.program(0, new Uint8Array(8));
    expect(flash.isSolid(0, 8)).toBe(true);
    const other = drifting("flicker");
    other.erase(0);
    expect(other.isSolid(0, 8)).toBe(true);
    expect(read(other, 0, 8)).toEqual(blank);
  });
});

describe("snapshots", () => {
  it("share what is not changed and keep what is", () => {
    const flash = new NorFlash(geometry(0xff));
    const empty = flash.content;
    flash.program(0, DATA);
    const full = flash.content;
    expect(full[1]).toBe(empty[1]);
    flash.content = empty;
    expect(read(flash, 0, 1)).toEqual([0xff]);
    flash.content = full;
    expect(read(flash, 0, 1)).toEqual([0x12]);
  });

  it.each(OUTCOMES)("preview of %s is what the operation does, and changes nothing", (outcome) => {
    const flash = new NorFlash(geometry(0xff));
    flash.program(256, DATA);
    const before = contentHash(flash.content);
    const operation = { kind: "program", address: 0, data: DATA } as const;
    const foreseen = contentHash(flash.preview(operation, outcome));
    expect(contentHash(flash.content)).toBe(before);
    cut(flash, outcome, () => flash.program(0, DATA));
    expect(contentHash(flash.content)).toBe(foreseen);
  });

  it("hash the content, not the way to it", () => {
    const flash = new NorFlash(geometry(0xff));
    const empty = contentHash(flash.content);
    flash.program(0, DATA);
    const once = contentHash(flash.content);
    expect(once).not.toBe(empty);
    flash.erase(0);
    expect(contentHash(flash.content)).toBe(empty);
    flash.program(0, DATA);
    expect(contentHash(flash.content)).toBe(once);
  });
});

describe("limits", () => {
  it("refuses unaligned, long and foreign operations, and counts them", () => {
    const flash = new NorFlash(geometry(0xff, 8));
    expect(flash.program(4, DATA)).not.toBe(0);
    expect(flash.program(0, DATA.subarray(0, 4))).not.toBe(0);
    expect(flash.program(248, new Uint8Array(16))).not.toBe(0);
    expect(flash.program(flash.bytes, DATA)).not.toBe(0);
    expect(flash.erase(100)).not.toBe(0);
    expect(flash.read(flash.bytes - 1, new Uint8Array(2))).not.toBe(0);
    expect(flash.breaches).toBe(5);
  });

  it("wears out: a sector erased more often than it endures keeps a programmed cell", () => {
    const flash = new NorFlash(geometry(0xff), 3);
    for (let cycle = 0; cycle < 3; cycle++) flash.erase(0);
    expect(read(flash, 0, 2048).every((value) => value === 0xff)).toBe(true);
    flash.erase(0);
    expect(read(flash, 0, 2048).filter((value) => value !== 0xff)).toEqual([0xfe]);
  });

  it("takes time: cycles of reads, programs and erases add up", () => {
    const timing = { readByteCycles: 1, programByteCycles: 10, eraseByteCycles: 100 };
    const flash = new NorFlash(geometry(0xff), Infinity, timing);
    flash.read(0, new Uint8Array(5));
    flash.program(0, DATA);
    flash.erase(0);
    expect(flash.cycles).toBe(5 + 80 + 204_800);
  });
});
