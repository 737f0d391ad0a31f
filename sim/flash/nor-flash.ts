// A NOR flash: sectors that are erased whole, units that are programmed towards 0, wear, time, and what cuts leave.
// Not modelled: disturbance of neighbours, retention, suspend and resume, error-correction words (but programming a unit
// twice, which parts with such words forbid, is counted as a breach).
import { type FlashGeometry, flashBytes, sectorPlace } from "../../hw-profiles/interface/flash-geometry.ts";
import { mix } from "./mix.ts";
import { isUsed, PAGE_BYTES, type Page, readDoubts } from "./page.ts";
import { PowerCut } from "./power-cut.ts";
import { agedSector, erasedSector, type Sector } from "./sector.ts";
import { type Outcome, tornlyErased, tornlyProgrammed } from "./torn.ts";

/** Cycles of the board's clock. Defaults are those of a serial NOR flash at 100 MHz: 20 ns a byte, 0.4 ms a page, 45 ms 4 KiB. */
export interface FlashTiming {
  readonly readByteCycles: number;
  readonly programByteCycles: number;
  readonly eraseByteCycles: number;
}

/** A cell that does not change any more: reads `value` in the bits of `mask`. */
export interface StuckCells {
  readonly address: number;
  readonly mask: number;
  readonly value: number;
}

export interface FlashOperation {
  readonly kind: "program" | "erase";
  readonly address: number;
  /** What is programmed; empty for an erase. */
  readonly data: Uint8Array;
}

/** Content of a flash, without wear. Immutable, shared. */
export type FlashContent = readonly Sector[];

const DEFAULT_TIMING: FlashTiming = { readByteCycles: 2, programByteCycles: 160, eraseByteCycles: 1100 };

const NOTHING = new Uint8Array(0);
const FAILED = 1;

interface Place {
  readonly address: number;
  readonly bytes: number;
}

/** The same for the same content, doubtful cells included; a number of 53 bits. */
export function contentHash(content: FlashContent): number {
  let first = 0;
  let second = 0;
  content.forEach(({ hash }, index) => {
    first ^= mix(hash[0], index);
    second ^= mix(hash[1], index);
  });
  return (first >>> 0) * 0x200000 + (second >>> 11);
}

export class NorFlash {
  readonly geometry: FlashGeometry;
  readonly bytes: number;
  /** Erase cycles of each sector. */
  readonly wear: Uint32Array;
  /** Cycles that all operations took. */
  cycles = 0;
  /** Operations that no part allows: unaligned, across a page, or a unit programmed a second time with other data. */
  breaches = 0;
  /** Asked before every program and erase; undefined = it succeeds. */
  fault: ((operation: FlashOperation) => Outcome | undefined) | undefined;

  private readonly places: readonly Place[];
  /** Which sector a page is in. */
  private readonly pageSectors: Uint16Array;
  private readonly flip: number;
  private readonly timing: FlashTiming;
  private readonly enduranceCycles: number;
  private sectors: Sector[];
  private stuck: readonly StuckCells[] = [];
  private reads = 0;

  /**
   * @param geometry must describe whole pages of 256 bytes; what the boot loader refuses beyond that is accepted here.
   * @param enduranceCycles a sector erased more often does not erase any more: a bit of it stays programmed.
   */
  constructor(geometry: FlashGeometry, enduranceCycles = Infinity, timing = DEFAULT_TIMING) {
    this.geometry = geometry;
    this.bytes = flashBytes(geometry);
    this.timing = timing;
    this.enduranceCycles = enduranceCycles;
    const count = geometry.regions.reduce((sum, { sectors }) => sum + sectors, 0);
    this.places = Array.from({ length: count }, (_, sector) => sectorPlace(geometry, sector));
    this.pageSectors = Uint16Array.from(
      this.places.flatMap(({ bytes }, sector) => new Array<number>(bytes / PAGE_BYTES).fill(sector)),
    );
    this.sectors = this.places.map(({ bytes }) => erasedSector(bytes));
    this.wear = new Uint32Array(count);
    this.flip = geometry.erased ^ 0xff;
  }

  /** What is stored now. */
  get content(): FlashContent {
    return this.sectors.slice();
  }

  set content(content: FlashContent) {
    this.sectors = content.slice();
    this.reads = 0;
  }

  /** Cells that are stuck from now on. */
  stick(cells: readonly StuckCells[]): void {
    this.stuck = [...this.stuck, ...cells];
  }

  /** The cells are replaced: nothing is stuck any more. */
  unstick(): void {
    this.stuck = [];
  }

  /** Is no cell of a range between two levels? Nothing on the board can tell. */
  isSolid(address: number, bytes: number): boolean {
    for (let page = Math.floor(address / PAGE_BYTES); page * PAGE_BYTES < address + bytes; page++) {
      const sector = this.pageSectors[page]!;
      if (this.sectors[sector]!.pages[this.pageIn(sector, page * PAGE_BYTES)]!.doubts.length > 0)
        return false;
    }
    return true;
  }

  /** Power returns: cells between two levels drift on. */
  powerUp(): void {
    this.reads = 0;
    this.sectors = this.sectors.map(agedSector);
  }

  /** @returns 0; anything else for a range that is not in the flash. */
  read(address: number, into: Uint8Array): number {
    if (address < 0 || address + into.length > this.bytes) return FAILED;
    this.reads++;
    this.cycles += into.length * this.timing.readByteCycles;
    for (let done = 0; done < into.length; ) {
      const start = (address + done) % PAGE_BYTES;
      const piece = into.subarray(done, done + Math.min(PAGE_BYTES - start, into.length - done));
      this.readPage(address + done, start, piece);
      done += piece.length;
    }
    for (const cells of this.stuck) this.readStuck(cells, address, into);
    return 0;
  }

  /** Programs whole units within a page. @returns 0, or anything else when the flash refuses. @throws PowerCut */
  program(address: number, data: Uint8Array): number {
    const start = address % PAGE_BYTES;
    if (!this.isProgrammable(address, start, data)) {
      this.breaches++;
      return FAILED;
    }
    const sector = this.sectorAt(address);
    if (
      this.programsTwice(this.sectors[sector]!.pages[this.pageIn(sector, address)]!, start, this.cells(data))
    )
      this.breaches++;
    this.cycles += data.length * this.timing.programByteCycles;
    this.perform({ kind: "program", address, data: data.slice() }, sector);
    return 0;
  }

  /** Erases the sector that starts at the address. @returns 0, or anything else when none does. @throws PowerCut */
  erase(address: number): number {
    const sector = this.places.findIndex((place) => place.address === address);
    if (sector < 0) {
      this.breaches++;
      return FAILED;
    }
    this.cycles += this.places[sector]!.bytes * this.timing.eraseByteCycles;
    this.perform({ kind: "erase", address, data: NOTHING }, sector);
    return 0;
  }

  /** What the content would be after an operation that the flash accepts, with an outcome; nothing changes. */
  preview(operation: FlashOperation, outcome: Outcome): FlashContent {
    const sector = this.sectorAt(operation.address);
    const content = this.sectors.slice();
    content[sector] = this.after(operation, sector, outcome);
    return content;
  }

  private perform(operation: FlashOperation, sector: number): void {
    const fault = this.fault?.(operation);
    const outcome = fault ?? "after";
    this.sectors[sector] = this.after(operation, sector, outcome);
    if (operation.kind === "erase" && outcome !== "before" && outcome !== "noOp") this.wearOff(sector);
    if (fault !== undefined && fault !== "noOp") throw new PowerCut(fault);
  }

  private after({ kind, address, data }: FlashOperation, sector: number, outcome: Outcome): Sector {
    const before = this.sectors[sector]!;
    if (kind === "erase") return tornlyErased(before, outcome);
    const index = this.pageIn(sector, address);
    return tornlyProgrammed(before, index, address % PAGE_BYTES, this.cells(data), outcome);
  }

  /** Data as the cells hold it: erased = 1. */
  private cells(data: Uint8Array): Uint8Array {
    if (this.flip === 0) return data;
    const cells = new Uint8Array(data.length);
    for (let at = 0; at < data.length; at++) cells[at] = data[at]! ^ this.flip;
    return cells;
  }

  private sectorAt(address: number): number {
    return this.pageSectors[Math.floor(address / PAGE_BYTES)]!;
  }

  private pageIn(sector: number, address: number): number {
    return Math.floor((address - this.places[sector]!.address) / PAGE_BYTES);
  }

  private readPage(address: number, start: number, into: Uint8Array): void {
    const sector = this.sectorAt(address);
    const page = this.sectors[sector]!.pages[this.pageIn(sector, address)]!;
    into.set(page.bytes.subarray(start, start + into.length));
    if (page.doubts.length > 0) readDoubts(page, start, start + into.length, this.reads, into);
    if (this.flip === 0) return;
    for (let at = 0; at < into.length; at++) into[at]! ^= this.flip;
  }

  private readStuck({ address: cell, mask, value }: StuckCells, address: number, into: Uint8Array): void {
    const at = cell - address;
    if (at >= 0 && at < into.length) into[at] = (into[at]! & ~mask) | (value & mask);
  }

  private isProgrammable(address: number, start: number, data: Uint8Array): boolean {
    const { programUnit } = this.geometry;
    if (address < 0 || address + data.length > this.bytes || data.length === 0) return false;
    return (
      address % programUnit === 0 && data.length % programUnit === 0 && start + data.length <= PAGE_BYTES
    );
  }

  /** A unit may be programmed once after an erase; a second time only towards all zeros, which changes no checksum. */
  private programsTwice(page: Page, start: number, cells: Uint8Array): boolean {
    const { programUnit } = this.geometry;
    for (let unit = 0; unit < cells.length; unit += programUnit) {
      let wanted = 0;
      for (let at = unit; at < unit + programUnit; at++) wanted |= cells[at]!;
      if (wanted !== 0 && isUsed(page, start + unit, start + unit + programUnit)) return true;
    }
    return false;
  }

  private wearOff(sector: number): void {
    if (++this.wear[sector]! <= this.enduranceCycles) return;
    const { address, bytes } = this.places[sector]!;
    const cell = address + (mix(sector, 0) % bytes);
    if (this.stuck.some((cells) => cells.address === cell)) return;
    this.stick([{ address: cell, mask: 1, value: this.flip & 1 }]);
  }
}
