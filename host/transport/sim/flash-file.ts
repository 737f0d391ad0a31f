// The flash of a simulated board as a file, so that what is flashed outlives the process: JSON, sectors that hold something in
// base64, as they are stored (an erased byte is 0xFF whatever the part reads).
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { flashBytes, sectorPlace } from "../../../hw-profiles/interface/flash-geometry.ts";
import { DEFAULT_FLASH } from "../../../sim/board/flash/default-flash.ts";
import type { FlashSetup, FlashState } from "../../../sim/board/flash/flash-unit.ts";
import type { FlashContent, StuckCells } from "../../../sim/flash/nor-flash.ts";
import { ERASED_PAGE, makePage, PAGE_BYTES, type Page } from "../../../sim/flash/page.ts";
import { erasedSector, makeSector, type Sector } from "../../../sim/flash/sector.ts";

const FORMAT = "cqd-flash";
const VERSION = 1;
/** As sectors store it, whatever the part reads. */
const ERASED_BYTE = 0xff;
const SECTORS = DEFAULT_FLASH.regions.reduce((sum, { sectors }) => sum + sectors, 0);

interface FlashFile {
  readonly format: string;
  readonly version: number;
  /** Of the whole flash: a file of another part is refused. */
  readonly bytes: number;
  readonly wear: readonly number[];
  readonly sectors: Readonly<Record<string, string>>;
  /** Written by hand, to try a worn part; kept. */
  readonly stuck?: readonly StuckCells[];
}

/**
 * The flash that a file holds, kept up to date in it; a board as of the factory when there is no such file yet.
 * @throws Error for a file that is none.
 */
export function flashInFile(path: string): Partial<FlashSetup> {
  const file = existsSync(path) ? read(path) : undefined;
  const keeper = new FlashKeeper(path, file?.stuck);
  const onChange = (state: FlashState) => keeper.keep(state);
  return file === undefined ? { onChange } : { state: stateIn(file), stuck: file.stuck, onChange };
}

/** Writes what changed, whole and atomically. */
class FlashKeeper {
  readonly #path: string;
  readonly #stuck: readonly StuckCells[] | undefined;
  #kept: FlashContent = [];
  #wear: Uint32Array = new Uint32Array(0);
  readonly #texts = new Map<Sector, string>();

  constructor(path: string, stuck: readonly StuckCells[] | undefined) {
    this.#path = path;
    this.#stuck = stuck;
  }

  keep({ content, wear }: FlashState): void {
    const isSame = content.every((sector, index) => sector === this.#kept[index]);
    if (isSame && wear.every((erases, index) => erases === this.#wear[index])) return;
    this.#kept = content;
    this.#wear = wear;
    const sectors: Record<string, string> = {};
    for (const [index, sector] of content.entries()) {
      const text = this.#textOf(sector);
      if (text !== "") sectors[index] = text;
    }
    const file: FlashFile = {
      format: FORMAT,
      version: VERSION,
      bytes: flashBytes(DEFAULT_FLASH),
      wear: [...wear],
      sectors,
      ...(this.#stuck && { stuck: this.#stuck }),
    };
    const temporary = `${this.#path}.${process.pid}.tmp`;
    writeFileSync(temporary, `${JSON.stringify(file)}\n`);
    renameSync(temporary, this.#path);
  }

  /** "": erased. Sectors are replaced, never changed. */
  #textOf(sector: Sector): string {
    const known = this.#texts.get(sector);
    if (known !== undefined) return known;
    const bytes = Buffer.concat(sector.pages.map((page) => page.bytes));
    const text = isErased(bytes) ? "" : bytes.toString("base64");
    this.#texts.set(sector, text);
    return text;
  }
}

function read(path: string): FlashFile {
  const file = parse(readFileSync(path, "utf8"));
  if (file === undefined)
    throw new Error(
      `flash file ${path}: found something else, expected the flash of a board of this release; delete it for a board as of the factory`,
    );
  return file;
}

function stateIn(file: FlashFile): FlashState {
  const content = file.wear.map((_, index) => {
    const { bytes } = sectorPlace(DEFAULT_FLASH, index);
    const text = file.sectors[index];
    return text === undefined ? erasedSector(bytes) : sectorOf(Buffer.from(text, "base64"));
  });
  return { content, wear: Uint32Array.from(file.wear) };
}

function sectorOf(bytes: Uint8Array): Sector {
  const pages = Array.from({ length: bytes.length / PAGE_BYTES }, (_, page) =>
    pageOf(new Uint8Array(bytes.subarray(page * PAGE_BYTES, (page + 1) * PAGE_BYTES))),
  );
  return makeSector(pages);
}

function pageOf(bytes: Uint8Array): Page {
  return isErased(bytes) ? ERASED_PAGE : makePage(bytes, []);
}

function isErased(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === ERASED_BYTE);
}

function parse(text: string): FlashFile | undefined {
  try {
    const file: unknown = JSON.parse(text);
    return isFlashFile(file) ? file : undefined;
  } catch {
    return undefined;
  }
}

function isFlashFile(value: unknown): value is FlashFile {
  if (typeof value !== "object" || value === null) return false;
  if (!("format" in value && "version" in value && "bytes" in value)) return false;
  if (value.format !== FORMAT || value.version !== VERSION || value.bytes !== flashBytes(DEFAULT_FLASH))
    return false;
  if (!("wear" in value && "sectors" in value) || !Array.isArray(value.wear)) return false;
  if (value.wear.length !== SECTORS || !value.wear.every(Number.isInteger)) return false;
  if ("stuck" in value && !(Array.isArray(value.stuck) && value.stuck.every(isStuck))) return false;
  const sectors = value.sectors;
  if (typeof sectors !== "object" || sectors === null) return false;
  return Object.entries(sectors).every(([index, text]) => isSector(Number(index), text));
}

function isStuck(cells: unknown): boolean {
  if (typeof cells !== "object" || cells === null) return false;
  return (
    "address" in cells && "mask" in cells && "value" in cells && Object.values(cells).every(Number.isInteger)
  );
}

function isSector(index: number, text: unknown): boolean {
  if (typeof text !== "string" || !Number.isInteger(index) || index >= SECTORS) return false;
  return Buffer.from(text, "base64").length === sectorPlace(DEFAULT_FLASH, index).bytes;
}
