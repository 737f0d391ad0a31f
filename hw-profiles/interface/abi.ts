// The ABI between board and readout logic. Read by asc and by tsc: only constants and integer functions here.

/** Version of everything in this folder that a module or a host can see. A mismatch is refused with both numbers. */
export const ABI_VERSION = 3;

/** "CQDR", little endian: first word of the parameter block and of the register file. */
export const DEVICE_MAGIC = 0x52445143;

/** Upper limits a module must accept or refuse with STATUS_LIMIT. */
export const MAX_GATES = 64;
export const MAX_COLUMNS = 1280;
export const MAX_ROWS = 1024;

/** Linear memory of the readout module, 64 KiB pages, minimum = maximum. */
export const MEMORY_PAGES = 3;

/** Static data of a module starts here; below lie the blocks of memory-map.ts. */
export const MEMORY_BASE = 0x1000;
