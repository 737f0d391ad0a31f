// Boot loader and board: blocks in the boot loader's memory, the records of its journal, slot states, and why something was
// refused, failed or reverted. All fields little endian. Names as in MCUboot where it has one: slot, trial, confirm, revert.

/** Linear memory of the boot loader, 64 KiB pages, minimum = maximum; static data starts at BOOT_MEMORY_BASE. */
export const BOOT_MEMORY_PAGES = 1;
export const BOOT_MEMORY_BASE = 0x2000;

/** What the board is: written by the board before boot(). */
export const BOARD_BLOCK = 0x0100;
/** Written by the boot loader in every call. */
export const BOOT_STATUS_BLOCK = 0x0200;
/** Manifest, digest or piece of an image, handed over by the board; digest handed back by read_back(). */
export const BOOT_DATA_BLOCK = 0x1000;
export const BOOT_DATA_BYTES = 4096;

// Board block, u32 each. Sectors are counted from address 0 through the regions of the sector map.
export const BOARD_ERASED = 0; // what an erased byte reads: 0xFF or 0x00
export const BOARD_PROGRAM_UNIT = 4; // bytes, a power of two
export const BOARD_JOURNAL_SECTOR = 8; // first of the two sectors of the journal
export const BOARD_SLOT_SECTOR = 12; // u32[2], first sector of each slot
export const BOARD_SLOT_SECTORS = 20; // u32[2], sectors of each slot
export const BOARD_HARDWARE = 28; // HARDWARE_*
export const BOARD_ABI = 32;
export const BOARD_PAGES = 36; // pages of memory that a module has, minimum = maximum
export const BOARD_FEATURES = 40; // FEATURE_*
export const BOARD_REGIONS = 44; // regions in use, 1 .. FLASH_REGIONS
export const BOARD_REGION_BYTES = 48; // u32[FLASH_REGIONS], bytes of a sector
export const BOARD_REGION_SECTORS = 80; // u32[FLASH_REGIONS], sectors
export const BOARD_BLOCK_BYTES = 112;

export const FLASH_REGIONS = 8;
export const FLASH_SLOTS = 2;
export const FLASH_SECTOR_MIN = 2048;
export const FLASH_SECTOR_MAX = 131072;
export const FLASH_UNIT_MAX = 256;
/** Fewest records that a sector of the journal must take. */
export const JOURNAL_ENTRIES_MIN = 4;

// An entry of the journal: opening mark | record | seal. A mark is max(unit, MARK_BYTES_MIN) bytes, all programmed. The opening
// mark is complete before the record is begun, the record before the seal: an entry with a trace of a seal is settled.
export const MARK_BYTES_MIN = 4;
// A record is the whole state: the newest valid one is all that counts. Newer: larger generation, then larger place.
export const RECORD_GENERATION = 0; // u32, rises whenever the journal turns to the other sector
export const RECORD_FLOOR = 4; // u32, images with a smaller security counter are refused
export const RECORD_SLOT_STATE = 8; // u8[2], SLOT_*
export const RECORD_ACTIVE = 10; // u8, the slot confirmed last; NO_SLOT
export const RECORD_REASON = 11; // u8, why RECORD_REASON_SLOT was rejected
export const RECORD_REASON_SLOT = 12; // u8
export const RECORD_SETTLED = 13; // u8, bit per slot: no sector of it, but the one in work, was left by a cut
export const RECORD_PROGRESS = 14; // u16, sectors finished of the installation in SLOT_INSTALLING
export const RECORD_INSTALL_ID = 16; // u8[8], first bytes of the SHA-256 of the manifest being installed
export const RECORD_BAD_SECTOR = 24; // u16, the sector found bad last; NO_SECTOR
export const RECORD_FORMAT = 26; // u16, JOURNAL_FORMAT
export const RECORD_CRC = 28; // u32, CRC-32C of the bytes before
export const RECORD_BYTES = 32;
export const INSTALL_ID_BYTES = 8;
export const JOURNAL_FORMAT = 0x4a31;
export const NO_SLOT = 0xff;
export const NO_SECTOR = 0xffff;

// Slot states.
export const SLOT_EMPTY = 0;
/** Sectors are being written or erased: not bootable. */
export const SLOT_INSTALLING = 1;
/** Complete; the next boot runs it on trial. */
export const SLOT_PENDING = 2;
/** Runs on trial; any boot before confirm() rejects it. */
export const SLOT_TRIAL = 3;
export const SLOT_CONFIRMED = 4;
/** RECORD_REASON says why. */
export const SLOT_REJECTED = 5;

// What boot() decides.
export const BOOT_CONFIRMED = 1;
export const BOOT_TRIAL = 2;
/** No image may run: the board answers over USB and takes an installation. */
export const BOOT_RECOVERY = 3;
/** The board block describes a flash that this boot loader cannot keep safe; BOOT_STATUS_REASON says why. */
export const BOOT_REFUSED = 4;

// Why the board restarted, argument of boot().
export const RESET_POWER = 0;
export const RESET_WATCHDOG = 1;
export const RESET_TRAP = 2;

// Status block, u32 each.
export const BOOT_STATUS_RESULT = 0; // BOOT_*, 0 before boot()
export const BOOT_STATUS_RUNNING = 4; // slot, NO_SLOT
export const BOOT_STATUS_ACTIVE = 8; // slot, NO_SLOT
export const BOOT_STATUS_SLOT_STATE = 12; // u32[2]
export const BOOT_STATUS_FLOOR = 20;
export const BOOT_STATUS_REASON = 24; // why BOOT_STATUS_REASON_SLOT was rejected, or the flash refused
export const BOOT_STATUS_REASON_SLOT = 28;
export const BOOT_STATUS_BAD_SECTOR = 32; // NO_SECTOR
export const BOOT_STATUS_TARGET = 36; // slot of the open installation, NO_SLOT
export const BOOT_STATUS_NEXT_OFFSET = 40; // first byte of the image that is wanted next
export const BOOT_STATUS_NEXT_END = 44; // end of that sector's part of the image
export const BOOT_STATUS_PROGRESS = 48; // sectors finished
export const BOOT_STATUS_SECTORS = 52; // sectors of the image
export const BOOT_STATUS_SLOT_ADDRESS = 56; // u32[2]
export const BOOT_STATUS_SLOT_BYTES = 64;
export const BOOT_STATUS_GENERATION = 68; // of the journal
export const BOOT_STATUS_ENTRY = 72; // of the newest record
export const BOOT_STATUS_ENTRIES = 76; // that a sector of the journal takes
export const BOOT_STATUS_BYTES = 80;

// Calls return 0, a REFUSED_* of image.ts, or one of these.
/** install_offer(): the slot does not hold this sector, send it. */
export const INSTALL_SEND = 32;
/** A call out of order: no open installation, an unfinished one, boot() not called. */
export const REFUSED_STATE = 33;
/** An image runs on trial: confirm or revert it first. */
export const REFUSED_TRIAL = 34;
/** No such slot, or the slot that runs or is confirmed. */
export const REFUSED_SLOT = 35;
/** Not the offset that is wanted next (BOOT_STATUS_NEXT_OFFSET). */
export const REFUSED_OFFSET = 36;
/** Nothing, more than BOOT_DATA_BYTES, beyond the sector, or not whole program units. */
export const REFUSED_LENGTH = 37;
/** Nothing runs on trial that could be confirmed; no image to return to. */
export const REFUSED_NO_IMAGE = 38;
/** The sector BOOT_STATUS_BAD_SECTOR does not erase or does not take what is programmed. */
export const FAILED_ERASE = 40;
export const FAILED_PROGRAM = 41;
/** The journal takes no record. */
export const FAILED_JOURNAL = 42;
// Why a trial was rejected, besides REFUSED_*.
export const REVERTED_NOT_CONFIRMED = 48;
export const REVERTED_BY_HOST = 49;
export const REVERTED_WATCHDOG = 50;
export const REVERTED_TRAP = 51;
// Why a flash is refused.
export const GEOMETRY_ERASED = 64;
export const GEOMETRY_UNIT = 65;
/** A sector's size: out of range, or not whole program units. */
export const GEOMETRY_SECTOR = 66;
/** No region, too many, or a journal or slot beyond the last sector. */
export const GEOMETRY_MAP = 67;
/** The two sectors of the journal overlap a slot, or take fewer than JOURNAL_ENTRIES_MIN records. */
export const GEOMETRY_JOURNAL = 68;
/** The slots overlap, or one is larger. */
export const GEOMETRY_SLOT = 69;
