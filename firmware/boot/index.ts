// The boot loader: these exports, the memory, and the imports of flash.ts, crypto.ts and run.ts. Contract: flash.ts and
// image.ts of hw-profiles/interface. Calls return 0, or a code of those; the status block is fresh after every call.
import { BOOT_RECOVERY, BOOT_REFUSED, NO_SLOT, REFUSED_STATE } from "../../hw-profiles/interface/flash.ts";
import { confirmTrial, eraseSlot, readBack, revertImage } from "./commands.ts";
import { refuseGeometry } from "./geometry.ts";
import { beginInstall, finishInstall, offerSector, writePiece } from "./install.ts";
import { reportStatus } from "./report.ts";
import { selectSlot } from "./select.ts";
import { session } from "./views.ts";

function reported(code: u32): u32 {
  reportStatus();
  return code;
}

/** Did this flash pass? Without that nothing else is touched. */
function ready(): bool {
  return session.result !== 0 && session.result !== BOOT_REFUSED;
}

/** Once after every reset, with RESET_* and with a memory that is zero but for the board block: reads the journal, decides what runs, runs the trial. @returns BOOT_* */
export function boot(reset: u32): u32 {
  session.running = NO_SLOT;
  session.geometryReason = refuseGeometry();
  session.result = session.geometryReason !== 0 ? BOOT_REFUSED : BOOT_RECOVERY;
  if (session.geometryReason === 0) session.result = selectSlot(reset);
  return reported(session.result);
}

/** Takes the manifest in the data block. Nothing is erased before all that it says is accepted. */
export function install_begin(): u32 {
  return reported(ready() ? beginInstall() : REFUSED_STATE);
}

/** Takes the SHA-256, in the data block, of the image's part of the sector in work: 0 = held already, or INSTALL_SEND. */
export function install_offer(): u32 {
  return reported(ready() ? offerSector() : REFUSED_STATE);
}

/** Takes a piece of the image in the data block. */
export function install_write(offset: u32, length: u32): u32 {
  return reported(ready() ? writePiece(offset, length) : REFUSED_STATE);
}

/** Checks the payload, programs the manifest, makes the slot pending. */
export function install_finish(): u32 {
  return reported(ready() ? finishInstall() : REFUSED_STATE);
}

/** Keeps the image that runs on trial. */
export function confirm(): u32 {
  return reported(ready() ? confirmTrial() : REFUSED_STATE);
}

/** Rejects the image pending or on trial, else puts the previous one on trial; at the next boot. */
export function revert(): u32 {
  return reported(ready() ? revertImage() : REFUSED_STATE);
}

/** Erases a slot that neither runs nor is confirmed. */
export function erase(slot: u32): u32 {
  return reported(ready() ? eraseSlot(slot) : REFUSED_STATE);
}

/** SHA-256 of a range of a slot, to the data block. */
export function read_back(slot: u32, offset: u32, length: u32): u32 {
  return reported(ready() ? readBack(slot, offset, length) : REFUSED_STATE);
}
