import { BOOT_DATA_BYTES, BOOT_STATUS_BYTES, FLASH_SLOTS, NO_SECTOR, NO_SLOT } from "./flash.ts";
import { IMAGE_KEY_SLOTS, IMAGE_MANIFEST_BYTES, IMAGE_PAYLOAD_MAX } from "./image.ts";
import { entry, type RegisterEntry } from "./register-entry.ts";
import * as Reg from "./registers.ts";

const ANY_WORD = { min: 0, max: 0xffffffff } as const;
const IMAGE_BYTES_MAX = IMAGE_MANIFEST_BYTES + IMAGE_PAYLOAD_MAX;

export const flash: readonly RegisterEntry[] = [
  entry(
    "FlashCommand",
    Reg.REG_FLASH_COMMAND,
    "wo",
    "u32",
    `${Reg.FLASH_BEGIN} begin an installation (manifest in the window), ${Reg.FLASH_OFFER} offer the sector in work (digest in the window), ${Reg.FLASH_WRITE} write FlashLength bytes of the image from FlashOffset on (in the window), ${Reg.FLASH_FINISH} finish, ${Reg.FLASH_CONFIRM} confirm, ${Reg.FLASH_REVERT} revert, ${Reg.FLASH_ERASE} erase FlashSlot, ${Reg.FLASH_READ_BACK} SHA-256 of FlashLength bytes of FlashSlot from FlashOffset on, ${Reg.FLASH_RESET} restart the readout logic.`,
    { min: Reg.FLASH_BEGIN, max: Reg.FLASH_RESET },
  ),
  entry(
    "FlashResult",
    Reg.REG_FLASH_RESULT,
    "ro",
    "u32",
    "Of the last command: 0, or why it was refused or failed; see flash.md.",
  ),
  entry("FlashSlot", Reg.REG_FLASH_SLOT, "rw", "u32", "Argument of commands.", {
    min: 0,
    max: FLASH_SLOTS - 1,
  }),
  entry("FlashOffset", Reg.REG_FLASH_OFFSET, "rw", "u32", "Argument of commands.", {
    min: 0,
    max: IMAGE_BYTES_MAX,
    unit: "byte",
  }),
  entry("FlashLength", Reg.REG_FLASH_LENGTH, "rw", "u32", "Argument of commands.", {
    min: 0,
    max: IMAGE_BYTES_MAX,
    unit: "byte",
  }),
  entry(
    "FlashWindowCrc",
    Reg.REG_FLASH_WINDOW_CRC,
    "ro",
    "u32",
    "CRC-32C of the first FlashLength bytes of the window: tells whether all that was written to it arrived.",
  ),
  entry("FlashDigest", Reg.REG_FLASH_DIGEST, "ro", "u32", "SHA-256 that the last read-back made.", {
    count: Reg.FLASH_DIGEST_WORDS,
  }),
  entry(
    "FlashWindowOffset",
    Reg.REG_FLASH_WINDOW_OFFSET,
    "rw",
    "u32",
    "Where FlashWindowData goes in the window, a multiple of 4. Written together with it.",
    { min: 0, max: BOOT_DATA_BYTES - 4, unit: "byte" },
  ),
  entry(
    "FlashWindowData",
    Reg.REG_FLASH_WINDOW_DATA,
    "wo",
    "u32",
    "Bytes for the window; words beyond its end are lost.",
    { ...ANY_WORD, count: Reg.FLASH_WINDOW_WORDS },
  ),
  entry(
    "BootStatus",
    Reg.REG_BOOT_STATUS,
    "ro",
    "u32",
    "The boot loader's status block, word by word as in flash.md.",
    { count: BOOT_STATUS_BYTES / 4 },
  ),
  entry(
    "BootCycles",
    Reg.REG_BOOT_CYCLES,
    "ro",
    "u32",
    "Cycles of the ROIC clock that the last restart of the readout logic took: no frame starts in them.",
    { unit: "cycle" },
  ),
  entry("BootCount", Reg.REG_BOOT_COUNT, "ro", "u32", "Restarts of the readout logic since power-on."),
  entry("FlashProgramUnit", Reg.REG_FLASH_PROGRAM_UNIT, "ro", "u32", "Bytes that are programmed at once.", {
    unit: "byte",
  }),
  entry("FlashHardwareClass", Reg.REG_FLASH_HARDWARE_CLASS, "ro", "u32", "Class that images must be for."),
  entry("FlashFeatures", Reg.REG_FLASH_FEATURES, "ro", "u32", "Features that images may need."),
  entry("FlashMemoryPages", Reg.REG_FLASH_MEMORY_PAGES, "ro", "u32", "Most pages of memory of an image."),
  entry(
    "FlashLocked",
    Reg.REG_FLASH_LOCKED,
    "ro",
    "u32",
    "1: locked for production, images signed with a development key are refused.",
  ),
  entry("FlashKeyId", Reg.REG_FLASH_KEY_ID, "ro", "u32", "Ids of the keys that the board knows; 0: none.", {
    count: 2 * IMAGE_KEY_SLOTS,
  }),
  entry("SlotManifest", Reg.REG_SLOT_MANIFEST, "ro", "u32", "First bytes of each slot.", {
    count: (FLASH_SLOTS * IMAGE_MANIFEST_BYTES) / 4,
  }),
  entry(
    "BootHistory",
    Reg.REG_BOOT_HISTORY,
    "ro",
    "u32",
    "Last restarts since power-on, newest first, of each: BOOT_*, slot that runs, reason, slot of the reason; 0 for none.",
    { count: Reg.BOOT_HISTORY_ENTRIES * Reg.BOOT_HISTORY_WORDS },
  ),
  entry(
    "FlashPieceCrc",
    Reg.REG_FLASH_PIECE_CRC,
    "ro",
    "u32",
    `Low 16 bits of the CRC-32C of each piece of the window, ${4 * Reg.FLASH_WINDOW_WORDS} bytes as one write carries them, even pieces in the low halves: tells what must be sent again.`,
    { count: Reg.FLASH_PIECE_CRC_WORDS },
  ),
  entry(
    "FlashStory",
    Reg.REG_FLASH_STORY,
    "ro",
    "u32",
    `Last changes of the slots that the journal still knows, newest first, power cycles or not, of each: slot (0x${NO_SLOT.toString(16)}: none), its state, reason or 0, sector found bad or 0x${NO_SECTOR.toString(16)}.`,
    { count: Reg.FLASH_STORY_ENTRIES * Reg.FLASH_STORY_WORDS },
  ),
];
