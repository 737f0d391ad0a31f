// Confirm, revert, erase, read back.
import {
  BOOT_DATA_BLOCK,
  FAILED_ERASE,
  FAILED_JOURNAL,
  FLASH_SLOTS,
  NO_SLOT,
  REFUSED_LENGTH,
  REFUSED_NO_IMAGE,
  REFUSED_SLOT,
  REVERTED_BY_HOST,
  SLOT_CONFIRMED,
  SLOT_EMPTY,
  SLOT_INSTALLING,
  SLOT_PENDING,
  SLOT_TRIAL,
} from "../../hw-profiles/interface/flash.ts";
import { slotAddress, slotBytes, slotSector, slotSectors } from "./geometry.ts";
import { appendRecord } from "./journal.ts";
import { refuseSlot, SLOT_MANIFEST, securityCounter } from "./manifest.ts";
import { isSettled, reject, setSettled, setSlotState, slotIn, slotState } from "./state.ts";
import { eraseAndCheck, hashFlash } from "./storage.ts";
import { install, record, session } from "./views.ts";

function write(): u32 {
  return appendRecord() ? 0 : FAILED_JOURNAL;
}

/** Keeps the image that runs on trial, and raises the floor to its security counter. */
export function confirmTrial(): u32 {
  const slot = session.running;
  if (slot === NO_SLOT || slotState(slot) !== SLOT_TRIAL) return REFUSED_NO_IMAGE;
  const refused = refuseSlot(slot);
  if (refused !== 0) return refused;
  setSlotState(slot, SLOT_CONFIRMED);
  record.active = u8(slot);
  record.floor = max(record.floor, securityCounter(SLOT_MANIFEST));
  return write();
}

/** The slot with the image that was confirmed before the active one; NO_SLOT. */
function previousSlot(): u32 {
  if (record.active === NO_SLOT) return NO_SLOT;
  const other: u32 = record.active ^ 1;
  return slotState(other) === SLOT_CONFIRMED ? other : NO_SLOT;
}

/** Rejects the image that is pending or on trial, else puts the previous one on trial. Takes effect at the next boot. */
export function revertImage(): u32 {
  const pending = slotIn(SLOT_PENDING);
  const candidate = pending !== NO_SLOT ? pending : slotIn(SLOT_TRIAL);
  if (candidate !== NO_SLOT) {
    reject(candidate, REVERTED_BY_HOST);
    return write();
  }
  const previous = previousSlot();
  if (previous === NO_SLOT) return REFUSED_NO_IMAGE;
  const refused = refuseSlot(previous);
  if (refused !== 0) return refused;
  setSlotState(previous, SLOT_PENDING);
  return write();
}

/** Erases a slot that neither runs nor is confirmed. */
export function eraseSlot(slot: u32): u32 {
  if (slot >= u32(FLASH_SLOTS) || slot === record.active || slot === session.running) return REFUSED_SLOT;
  install.open = false;
  const doubtful = !isSettled(slot) || slotState(slot) === SLOT_INSTALLING;
  setSlotState(slot, SLOT_INSTALLING);
  setSettled(slot, false);
  record.installId = 0;
  if (!appendRecord()) return FAILED_JOURNAL;
  for (let sector: u32 = 0; sector < slotSectors(slot); sector++) {
    if (eraseAndCheck(slotSector(slot) + sector, doubtful)) continue;
    record.badSector = u16(slotSector(slot) + sector);
    return appendRecord() ? FAILED_ERASE : FAILED_JOURNAL;
  }
  setSlotState(slot, SLOT_EMPTY);
  setSettled(slot, true);
  return write();
}

/** SHA-256 of a range of a slot, to the data block. */
export function readBack(slot: u32, offset: u32, length: u32): u32 {
  if (slot >= u32(FLASH_SLOTS)) return REFUSED_SLOT;
  if (offset > slotBytes(slot) || length > slotBytes(slot) - offset) return REFUSED_LENGTH;
  hashFlash(slotAddress(slot) + offset, length, BOOT_DATA_BLOCK);
  return 0;
}
