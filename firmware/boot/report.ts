// The status block.
import { BOOT_REFUSED, NO_SECTOR, NO_SLOT } from "../../hw-profiles/interface/flash.ts";
import { entriesPerSector, slotAddress, slotBytes } from "./geometry.ts";
import { nextEnd } from "./install.ts";
import { install, journal, record, session, status } from "./views.ts";

function reportRefusedFlash(): void {
  status.running = NO_SLOT;
  status.active = NO_SLOT;
  status.target = NO_SLOT;
  status.reasonSlot = NO_SLOT;
  status.badSector = NO_SECTOR;
  status.reason = session.geometryReason;
}

function reportInstall(): void {
  const open = install.open;
  status.target = open ? install.target : NO_SLOT;
  status.nextOffset = open ? install.nextOffset : 0;
  status.nextEnd = open ? nextEnd() : 0;
  status.progress = open ? install.progress : 0;
  status.sectors = open ? install.sectors : 0;
}

function reportBoard(): void {
  status.running = session.running;
  status.active = record.active;
  status.slotState0 = record.slotState0;
  status.slotState1 = record.slotState1;
  status.floor = record.floor;
  status.reason = record.reason;
  status.reasonSlot = record.reasonSlot;
  status.badSector = record.badSector;
  status.slotAddress0 = slotAddress(0);
  status.slotAddress1 = slotAddress(1);
  status.slotBytes = slotBytes(0);
  status.generation = record.generation;
  status.entry = journal.entry;
  status.entries = entriesPerSector();
  reportInstall();
}

/** Fills the status block. */
export function reportStatus(): void {
  status.result = session.result;
  if (session.result === 0 || session.result === BOOT_REFUSED) reportRefusedFlash();
  else reportBoard();
}
