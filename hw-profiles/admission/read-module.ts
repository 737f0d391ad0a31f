import { union } from "./instructions.ts";
import {
  bodyRange,
  dataFeatures,
  exportEntry,
  functionType,
  globalFeatures,
  importEntry,
  memoryType,
  typeFeatures,
} from "./module-entries.ts";
import type { ModuleParts, SectionEntry } from "./module-parts.ts";
import { MalformedModule, ModuleReader } from "./module-reader.ts";

const HEAD_BYTES = 8;
/** "\0asm" and version 1. */
const HEAD: readonly number[] = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];

const SECTION = {
  custom: 0,
  type: 1,
  import: 2,
  function: 3,
  table: 4,
  memory: 5,
  global: 6,
  export: 7,
  start: 8,
  element: 9,
  code: 10,
  data: 11,
  dataCount: 12,
} as const;

const KNOWN_SECTIONS: ReadonlySet<number> = new Set(Object.values(SECTION));

/** Whether the bytes begin as a module does. */
export function startsAsModule(bytes: Uint8Array): boolean {
  return HEAD.every((byte, index) => bytes[index] === byte);
}

/** Sections of a module in the order of the file. @throws MalformedModule. */
export function readSections(bytes: Uint8Array): SectionEntry[] {
  const reader = new ModuleReader(bytes, HEAD_BYTES);
  const sections: SectionEntry[] = [];
  while (!reader.isAtEnd) {
    const start = reader.at;
    const id = reader.u8();
    if (!KNOWN_SECTIONS.has(id)) throw new MalformedModule(start, `has a section of kind ${id}`);
    const length = reader.u32();
    sections.push({ id, at: reader.at, bytes: length });
    reader.skip(length);
  }
  return sections;
}

/** Read a module that begins as one. @throws MalformedModule. */
export function readModule(bytes: Uint8Array): ModuleParts {
  const sections = readSections(bytes);
  const read = <T>(id: number, item: (reader: ModuleReader) => T): T[] => {
    const section = sections.find((entry) => entry.id === id);
    if (section === undefined) return [];
    const reader = new ModuleReader(bytes, section.at, section.at + section.bytes);
    const items = reader.vector(() => item(reader));
    if (!reader.isAtEnd) throw new MalformedModule(reader.at, `has more in section ${id} than it counts`);
    return items;
  };
  const types = read(SECTION.type, functionType);
  return {
    sections,
    types,
    imports: read(SECTION.import, importEntry),
    functions: read(SECTION.function, (reader) => reader.u32()),
    tables: countOf(bytes, sections, SECTION.table) + countOf(bytes, sections, SECTION.element),
    memories: read(SECTION.memory, memoryType),
    exports: read(SECTION.export, exportEntry),
    start: startFunction(bytes, sections),
    bodies: read(SECTION.code, bodyRange),
    features:
      union(types.map(typeFeatures)) |
      union(read(SECTION.global, globalFeatures)) |
      union(read(SECTION.data, dataFeatures)),
  };
}

function countOf(bytes: Uint8Array, sections: readonly SectionEntry[], id: number): number {
  const section = sections.find((entry) => entry.id === id);
  return section === undefined ? 0 : new ModuleReader(bytes, section.at, section.at + section.bytes).u32();
}

function startFunction(bytes: Uint8Array, sections: readonly SectionEntry[]): number | undefined {
  const section = sections.find((entry) => entry.id === SECTION.start);
  return section && new ModuleReader(bytes, section.at, section.at + section.bytes).u32();
}
