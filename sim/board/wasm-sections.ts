const HEADER_BYTES = 8;
const MEMORY_SECTION = 5;
const START_SECTION = 8;
const FLAG_HAS_MAXIMUM = 0x01;

export interface MemoryLimits {
  /** Pages of 64 KiB; undefined if the module has no memory of its own. */
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
}

/** Limits of the first memory that a valid module defines. */
export function memoryLimits(module: Uint8Array): MemoryLimits {
  const section = findSection(module, MEMORY_SECTION);
  return section ? readLimits(section) : { minimum: undefined, maximum: undefined };
}

/** Whether a valid module runs code of its own when it is instantiated. */
export function hasStartSection(module: Uint8Array): boolean {
  return findSection(module, START_SECTION) !== undefined;
}

/** A cursor on the content of the first section of this kind. */
function findSection(module: Uint8Array, wanted: number): Cursor | undefined {
  const cursor = { bytes: module, at: HEADER_BYTES };
  while (cursor.at < module.length) {
    const id = module[cursor.at++];
    const size = readLeb(cursor);
    if (id === wanted) return cursor;
    cursor.at += size;
  }
  return undefined;
}

interface Cursor {
  readonly bytes: Uint8Array;
  at: number;
}

function readLimits(cursor: Cursor): MemoryLimits {
  if (readLeb(cursor) === 0) return { minimum: undefined, maximum: undefined };
  const flags = readLeb(cursor);
  const minimum = readLeb(cursor);
  return { minimum, maximum: flags & FLAG_HAS_MAXIMUM ? readLeb(cursor) : undefined };
}

function readLeb(cursor: Cursor): number {
  let value = 0;
  for (let shift = 0; shift < 35; shift += 7) {
    const byte = cursor.bytes[cursor.at++] ?? 0;
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) break;
  }
  return value;
}
