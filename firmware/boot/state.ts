// The fields of the state that are one a slot.
import { FLASH_SLOTS, NO_SLOT, RECORD_SLOT_STATE, SLOT_REJECTED } from "../../hw-profiles/interface/flash.ts";
import { record } from "./views.ts";

export function slotState(slot: u32): u32 {
  return load<u8>(changetype<usize>(record) + RECORD_SLOT_STATE + slot);
}

export function setSlotState(slot: u32, state: u32): void {
  store<u8>(changetype<usize>(record) + RECORD_SLOT_STATE + slot, u8(state));
}

/** The slot in a state; NO_SLOT. */
export function slotIn(state: u32): u32 {
  for (let slot: u32 = 0; slot < u32(FLASH_SLOTS); slot++) {
    if (slotState(slot) === state) return slot;
  }
  return NO_SLOT;
}

export function reject(slot: u32, reason: u32): void {
  setSlotState(slot, SLOT_REJECTED);
  record.reason = u8(reason);
  record.reasonSlot = u8(slot);
}

/** Were all sectors of the slot finished, but the one in work? Those can be compared with what is to be installed. */
export function isSettled(slot: u32): bool {
  return ((record.settled >> u8(slot)) & 1) !== 0;
}

export function setSettled(slot: u32, settled: bool): void {
  const bit = u8(1) << u8(slot);
  record.settled = settled ? record.settled | bit : record.settled & ~bit;
}
