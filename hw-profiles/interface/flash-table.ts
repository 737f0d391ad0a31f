// Slot states, decisions and reasons of the boot loader in words. docs/flash.md is generated from these tables.

import * as Flash from "./flash.ts";
import { REFUSAL_TABLE, type RefusalEntry } from "./refusal-table.ts";

export interface NamedState {
  readonly code: number;
  /** As commands and JSON say it. */
  readonly name: string;
  readonly doc: string;
}

export const SLOT_STATES: readonly NamedState[] = [
  { code: Flash.SLOT_EMPTY, name: "empty", doc: "Holds no image." },
  {
    code: Flash.SLOT_INSTALLING,
    name: "installing",
    doc: "An installation or an erase is unfinished: not bootable; the installation of the same image goes on.",
  },
  {
    code: Flash.SLOT_PENDING,
    name: "pending",
    doc: "Complete and checked: the next restart runs it on trial.",
  },
  {
    code: Flash.SLOT_TRIAL,
    name: "trial",
    doc: "Runs on trial: any restart before it is confirmed rejects it.",
  },
  {
    code: Flash.SLOT_CONFIRMED,
    name: "confirmed",
    doc: "Confirmed: runs after every restart, or did before.",
  },
  {
    code: Flash.SLOT_REJECTED,
    name: "rejected",
    doc: "Failed its trial or was reverted: never runs again; the reason is kept.",
  },
];

export const BOOT_RESULTS: readonly NamedState[] = [
  { code: Flash.BOOT_CONFIRMED, name: "confirmed", doc: "The confirmed image runs." },
  { code: Flash.BOOT_TRIAL, name: "trial", doc: "A new image runs on trial." },
  {
    code: Flash.BOOT_RECOVERY,
    name: "recovery",
    doc: "No image may run: the board answers over USB and takes an installation.",
  },
  { code: Flash.BOOT_REFUSED, name: "refused", doc: "The boot loader cannot keep this flash safe." },
];

function entry(code: number, name: string, cause: string, nextStep: string): RefusalEntry {
  return { code, name, cause, nextStep };
}

const SERVICE = "The board needs another flash: keep what runs, and have it mended.";
const RESUME = "Flash the same image again: it goes on where it stopped.";
const BOARD_FAULT = "The board's build is wrong, not the image: report it.";

/** What the boot loader answers beyond the refusals of images. */
export const FLASH_REASON_TABLE: readonly RefusalEntry[] = [
  entry(Flash.INSTALL_SEND, "SEND", "Not an error: the slot does not hold this sector.", "Send it."),
  entry(Flash.REFUSED_STATE, "STATE", "No installation is open, or it is not finished.", RESUME),
  entry(
    Flash.REFUSED_TRIAL,
    "TRIAL",
    "An image runs on trial.",
    "Keep it with `cqd flash confirm`, or go back with `cqd flash revert`; then flash.",
  ),
  entry(
    Flash.REFUSED_SLOT,
    "SLOT",
    "There is no such slot, or it is the one that runs or is confirmed.",
    "Choose the other one: `cqd flash status`.",
  ),
  entry(Flash.REFUSED_OFFSET, "OFFSET", "Another part of the image is wanted next.", RESUME),
  entry(
    Flash.REFUSED_LENGTH,
    "LENGTH",
    "Nothing, too much, beyond the sector or the slot, or not whole program units.",
    "Send pieces as FlashProgramUnit and BootStatus say.",
  ),
  entry(
    Flash.REFUSED_NO_IMAGE,
    "NO_IMAGE",
    "Nothing runs on trial that could be confirmed, or there is no image to return to.",
    "See what the slots hold: `cqd flash status`.",
  ),
  entry(Flash.FAILED_ERASE, "ERASE", "A sector of the flash does not erase.", SERVICE),
  entry(Flash.FAILED_PROGRAM, "PROGRAM", "A sector of the flash does not take what is programmed.", SERVICE),
  entry(Flash.FAILED_JOURNAL, "JOURNAL", "The boot loader's journal takes no record.", SERVICE),
  entry(
    Flash.REVERTED_NOT_CONFIRMED,
    "NOT_CONFIRMED",
    "The board restarted before the image on trial was confirmed.",
    "Flash it again, and confirm it while it runs: `cqd flash FILE --confirm`.",
  ),
  entry(Flash.REVERTED_BY_HOST, "REVERTED", "It was reverted by command.", "Flash it again if it is wanted."),
  entry(
    Flash.REVERTED_WATCHDOG,
    "WATCHDOG",
    "The image on trial ran longer on a frame than the board allows.",
    "Bound its loops by the size of a line, then build again.",
  ),
  entry(
    Flash.REVERTED_TRAP,
    "TRAPPED",
    "The image on trial trapped on a frame.",
    "Run it on a simulated board to find where: `cqd stream --firmware FILE`.",
  ),
  entry(Flash.GEOMETRY_ERASED, "GEOMETRY_ERASED", "An erased byte reads neither 0xFF nor 0x00.", BOARD_FAULT),
  entry(
    Flash.GEOMETRY_UNIT,
    "GEOMETRY_UNIT",
    "The program unit is no power of two, or too large.",
    BOARD_FAULT,
  ),
  entry(Flash.GEOMETRY_SECTOR, "GEOMETRY_SECTOR", "A sector's size is out of range.", BOARD_FAULT),
  entry(Flash.GEOMETRY_MAP, "GEOMETRY_MAP", "The sector map does not hold together.", BOARD_FAULT),
  entry(Flash.GEOMETRY_JOURNAL, "GEOMETRY_JOURNAL", "The journal has no place of its own.", BOARD_FAULT),
  entry(Flash.GEOMETRY_SLOT, "GEOMETRY_SLOT", "The slots overlap, or one is larger.", BOARD_FAULT),
];

/** Every reason that FlashResult, BootStatus and BootHistory give, by number. */
export const REASON_TABLE: readonly RefusalEntry[] = [...REFUSAL_TABLE, ...FLASH_REASON_TABLE];
