// Which slot runs. Every decision that must not be forgotten is in the journal before it is acted upon.
import {
  BOOT_CONFIRMED,
  BOOT_RECOVERY,
  BOOT_TRIAL,
  FLASH_SLOTS,
  NO_SECTOR,
  NO_SLOT,
  RESET_TRAP,
  RESET_WATCHDOG,
  REVERTED_NOT_CONFIRMED,
  REVERTED_TRAP,
  REVERTED_WATCHDOG,
  SLOT_CONFIRMED,
  SLOT_EMPTY,
  SLOT_PENDING,
  SLOT_TRIAL,
} from "../../hw-profiles/interface/flash.ts";
import { IMAGE_MANIFEST_BYTES } from "../../hw-profiles/interface/image.ts";
import { slotAddress } from "./geometry.ts";
import { appendRecord, reestablish, scanJournal } from "./journal.ts";
import { payloadLength, refuseSlot, SLOT_MANIFEST, securityCounter } from "./manifest.ts";
import * as run from "./run.ts";
import { reject, setSettled, setSlotState, slotIn } from "./state.ts";
import { journal, record, session } from "./views.ts";

function reasonOf(reset: u32): u32 {
  if (reset === RESET_WATCHDOG) return REVERTED_WATCHDOG;
  return reset === RESET_TRAP ? REVERTED_TRAP : REVERTED_NOT_CONFIRMED;
}

/** A slot that a factory has filled: the image counts as confirmed, and sets the floor. */
function adopt(slot: u32): void {
  const refused = refuseSlot(slot) !== 0;
  setSlotState(slot, refused ? SLOT_EMPTY : SLOT_CONFIRMED);
  // No slot is touched before there is a record: nothing in it was left by a cut.
  setSettled(slot, true);
  if (refused) return;
  if (record.active !== NO_SLOT && securityCounter(SLOT_MANIFEST) <= record.floor) return;
  record.active = u8(slot);
  record.floor = securityCounter(SLOT_MANIFEST);
}

/** First boot, or a journal that was lost: the signed images are all that is known. */
function startJournal(): void {
  record.active = u8(NO_SLOT);
  record.reasonSlot = u8(NO_SLOT);
  record.badSector = u16(NO_SECTOR);
  for (let slot: u32 = 0; slot < u32(FLASH_SLOTS); slot++) adopt(slot);
  // Tried in rising order, the first slot may be below the floor of the second: it is refused when it is to run.
  appendRecord();
}

function runs(slot: u32, result: u32): u32 {
  session.running = slot;
  return result;
}

/** The pending image on trial; 0 when it failed and is rejected. */
function tryPending(slot: u32): u32 {
  let reason = refuseSlot(slot);
  if (reason === 0) {
    setSlotState(slot, SLOT_TRIAL);
    // Not recorded, it would be tried again and again.
    if (!appendRecord()) return 0;
    reason = run.trial(slot, slotAddress(slot) + IMAGE_MANIFEST_BYTES, payloadLength(SLOT_MANIFEST));
    if (reason === 0) return runs(slot, BOOT_TRIAL);
  }
  reject(slot, reason);
  appendRecord();
  return 0;
}

/** The confirmed image, or the one confirmed before it. */
function runConfirmed(): u32 {
  const active: u32 = record.active;
  if (active !== NO_SLOT) {
    const reason = refuseSlot(active);
    if (reason === 0) return runs(active, BOOT_CONFIRMED);
    reject(active, reason);
  }
  const other = slotIn(SLOT_CONFIRMED);
  const fallBack = other !== NO_SLOT && refuseSlot(other) === 0;
  record.active = u8(fallBack ? other : NO_SLOT);
  if (active !== NO_SLOT || fallBack) appendRecord();
  return fallBack ? runs(other, BOOT_CONFIRMED) : BOOT_RECOVERY;
}

/** Reads the journal and decides. @returns BOOT_* */
export function selectSlot(reset: u32): u32 {
  scanJournal();
  if (!journal.found) startJournal();
  reestablish();
  const tried = slotIn(SLOT_TRIAL);
  if (tried !== NO_SLOT) {
    reject(tried, reasonOf(reset));
    appendRecord();
  }
  const pending = slotIn(SLOT_PENDING);
  if (pending !== NO_SLOT) {
    const result = tryPending(pending);
    if (result !== 0) return result;
  }
  return runConfirmed();
}
