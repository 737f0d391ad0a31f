// An installation: manifest, sectors in order, finish. The first sector comes last, its manifest last of all, so a cut
// leaves one sector in doubt: the one in work. What is in doubt is erased and sent again.
import {
  BOOT_DATA_BLOCK,
  BOOT_DATA_BYTES,
  FAILED_ERASE,
  FAILED_JOURNAL,
  FAILED_PROGRAM,
  FLASH_SLOTS,
  INSTALL_SEND,
  NO_SECTOR,
  NO_SLOT,
  REFUSED_LENGTH,
  REFUSED_OFFSET,
  REFUSED_STATE,
  REFUSED_TRIAL,
  SLOT_EMPTY,
  SLOT_INSTALLING,
  SLOT_PENDING,
  SLOT_TRIAL,
} from "../../hw-profiles/interface/flash.ts";
import {
  IMAGE_HEADER_BYTES,
  IMAGE_MANIFEST_BYTES,
  TLV_PAYLOAD_SHA256_BYTES,
} from "../../hw-profiles/interface/image.ts";
import { equalBytes } from "./bytes.ts";
import { sectorAddress, slotAddress, slotSector, slotSectors } from "./geometry.ts";
import { appendRecord } from "./journal.ts";
import { payloadLength, refuseManifest, refusePayload } from "./manifest.ts";
import * as run from "./run.ts";
import { isSettled, setSettled, setSlotState, slotIn, slotState } from "./state.ts";
import { eraseAndCheck, hashFlash, hashMemory, programAndCheck } from "./storage.ts";
import { board, DIGEST, INSTALL_MANIFEST, install, journal, record } from "./views.ts";

/** Does the sector that was found bad last belong to this slot? */
function isRetired(slot: u32): bool {
  return record.badSector >= slotSector(slot) && record.badSector < slotSector(slot) + slotSectors(slot);
}

/** Does the journal hold an unfinished installation of this very image? Its id is in DIGEST. */
function resumable(slot: u32): bool {
  return slot !== NO_SLOT && slotState(slot) === SLOT_INSTALLING && record.installId === load<u64>(DIGEST);
}

/** The slot that may be overwritten: never the confirmed one; of two, one without a bad sector. */
function targetSlot(): u32 {
  if (record.active !== NO_SLOT) return record.active ^ 1;
  const unfinished = slotIn(SLOT_INSTALLING);
  if (resumable(unfinished)) return unfinished;
  return isRetired(0) ? 1 : 0;
}

/** End of a sector of the slot, from the slot's start. */
function sectorEnd(sector: u32): u32 {
  return sectorAddress(slotSector(install.target) + sector + 1) - slotAddress(install.target);
}

/** Sectors that the image fills. */
function countSectors(): u32 {
  let sectors: u32 = 1;
  while (sectors < slotSectors(install.target) && sectorEnd(sectors - 1) < install.imageBytes) sectors++;
  return sectors;
}

/** The sector in work, counted in the slot: 1, 2, ... and 0 in the end. */
function sectorInWork(): u32 {
  const next = install.progress + 1;
  return next < install.sectors ? next : 0;
}

/** First byte of the image in the sector in work. The manifest is not sent again with the first sector. */
function sectorStart(): u32 {
  const sector = sectorInWork();
  return sector === 0 ? IMAGE_MANIFEST_BYTES : sectorEnd(sector - 1);
}

/** End of the image's part of the sector in work. */
export function nextEnd(): u32 {
  return min(sectorEnd(sectorInWork()), install.imageBytes);
}

function complete(): bool {
  return install.progress === install.sectors;
}

function startSector(): void {
  install.erased = false;
  install.nextOffset = complete() ? install.imageBytes : sectorStart();
}

/** Makes the slot's state and the progress known. */
function recordProgress(): bool {
  record.progress = u16(install.progress);
  return appendRecord();
}

function startAnew(): bool {
  // What another installation left unfinished is in doubt in a place that is not known any more. In the slot that is given up for
  // this one nothing goes on.
  for (let slot: u32 = 0; slot < u32(FLASH_SLOTS); slot++) {
    if (slotState(slot) !== SLOT_INSTALLING) continue;
    setSettled(slot, false);
    setSlotState(slot, SLOT_EMPTY);
  }
  setSlotState(install.target, SLOT_INSTALLING);
  if (record.reasonSlot === install.target) record.reason = 0;
  record.installId = load<u64>(DIGEST);
  install.progress = 0;
  return recordProgress();
}

/** Takes the manifest in the data block; refuses, or opens the installation and says where to go on. */
export function beginInstall(): u32 {
  install.open = false;
  if (slotIn(SLOT_TRIAL) !== NO_SLOT) return REFUSED_TRIAL;
  const refused = refuseManifest(BOOT_DATA_BLOCK);
  if (refused !== 0) return refused;
  memory.copy(INSTALL_MANIFEST, BOOT_DATA_BLOCK, IMAGE_MANIFEST_BYTES);
  hashMemory(INSTALL_MANIFEST, IMAGE_MANIFEST_BYTES, DIGEST);
  install.target = targetSlot();
  install.imageBytes = IMAGE_MANIFEST_BYTES + payloadLength(INSTALL_MANIFEST);
  install.sectors = countSectors();
  install.doubtful = resumable(install.target);
  install.progress = min<u32>(record.progress, install.sectors - 1);
  if (!install.doubtful && !startAnew()) return FAILED_JOURNAL;
  install.open = true;
  startSector();
  return 0;
}

function nextSector(): void {
  install.progress++;
  install.doubtful = false;
  startSector();
}

/**
 * Takes the SHA-256 of the image's part of the sector in work.
 * @returns 0 when the slot holds it already, the next sector is then in work; INSTALL_SEND when it must be sent.
 */
export function offerSector(): u32 {
  if (!install.open || complete()) return REFUSED_STATE;
  if (install.nextOffset !== sectorStart()) return REFUSED_OFFSET;
  if (sectorInWork() === 0 || install.doubtful || !isSettled(install.target)) return INSTALL_SEND;
  const start = sectorStart();
  hashFlash(slotAddress(install.target) + start, nextEnd() - start, DIGEST);
  if (!equalBytes(DIGEST, BOOT_DATA_BLOCK, TLV_PAYLOAD_SHA256_BYTES)) return INSTALL_SEND;
  nextSector();
  return 0;
}

/** Gives up what was sent: the next installation starts anew. */
function abandon(reason: u32): u32 {
  install.open = false;
  record.installId = 0;
  setSettled(install.target, false);
  return appendRecord() ? reason : FAILED_JOURNAL;
}

/** Reports a bad sector: it may be sent again once, then the installation is given up. */
function failSector(reason: u32, sector: u32): u32 {
  const bad = u16(slotSector(install.target) + sector);
  const again = record.badSector === bad;
  record.badSector = bad;
  record.reason = u8(reason);
  record.reasonSlot = u8(install.target);
  if (again) return abandon(reason);
  install.doubtful = true;
  startSector();
  return recordProgress() ? reason : FAILED_JOURNAL;
}

/** Erases the sector in work, when the journal says that it is in work. */
function prepareSector(): u32 {
  if (!journal.written || record.progress !== install.progress) {
    if (!recordProgress()) return FAILED_JOURNAL;
  }
  const sector = sectorInWork();
  const doubtful = install.doubtful || !isSettled(install.target);
  if (!eraseAndCheck(slotSector(install.target) + sector, doubtful)) return failSector(FAILED_ERASE, sector);
  install.erased = true;
  return 0;
}

function refusePiece(offset: u32, length: u32): u32 {
  if (!install.open || complete()) return REFUSED_STATE;
  if (offset !== install.nextOffset) return REFUSED_OFFSET;
  const end = nextEnd();
  if (length === 0 || length > u32(BOOT_DATA_BYTES) || length > end - offset) return REFUSED_LENGTH;
  return length % board.unit === 0 || offset + length === install.imageBytes ? 0 : REFUSED_LENGTH;
}

/** Fills the last unit of the image. @returns bytes to program. */
function padPiece(length: u32): u32 {
  const whole = (length + board.unit - 1) & ~(board.unit - 1);
  memory.fill(BOOT_DATA_BLOCK + length, u8(board.erased), whole - length);
  return whole;
}

/** Takes `length` bytes of the image from `offset` on, in the data block. */
export function writePiece(offset: u32, length: u32): u32 {
  const refused = refusePiece(offset, length);
  if (refused !== 0) return refused;
  if (!install.erased) {
    const failed = prepareSector();
    if (failed !== 0) return failed;
  }
  const address = slotAddress(install.target) + offset;
  if (!programAndCheck(address, BOOT_DATA_BLOCK, padPiece(length))) {
    return failSector(FAILED_PROGRAM, sectorInWork());
  }
  install.nextOffset += length;
  if (install.nextOffset < nextEnd()) return 0;
  nextSector();
  // The first sector is finished with its manifest only.
  return complete() || recordProgress() ? 0 : FAILED_JOURNAL;
}

/** The rest of the manifest first, the header last of all: without its header nothing is an image. */
function programManifest(): bool {
  const address = slotAddress(install.target);
  const header = max<u32>(IMAGE_HEADER_BYTES, board.unit);
  const rest = IMAGE_MANIFEST_BYTES - header;
  if (!programAndCheck(address + header, INSTALL_MANIFEST + header, rest)) return false;
  return programAndCheck(address, INSTALL_MANIFEST, header);
}

/** Checks the whole payload, completes the first sector and makes the slot pending. */
export function finishInstall(): u32 {
  if (!install.open || !complete()) return REFUSED_STATE;
  const hash = refusePayload(install.target, INSTALL_MANIFEST);
  if (hash !== 0) return abandon(hash);
  memory.copy(BOOT_DATA_BLOCK, INSTALL_MANIFEST, IMAGE_MANIFEST_BYTES);
  const payload = slotAddress(install.target) + IMAGE_MANIFEST_BYTES;
  const refused = run.admit(install.target, payload, payloadLength(INSTALL_MANIFEST));
  if (refused !== 0) return abandon(refused);
  if (!programManifest()) {
    install.progress--;
    return failSector(FAILED_PROGRAM, 0);
  }
  setSlotState(install.target, SLOT_PENDING);
  setSettled(install.target, true);
  if (isRetired(install.target)) record.badSector = u16(NO_SECTOR);
  record.installId = 0;
  record.progress = 0;
  install.open = false;
  return appendRecord() ? 0 : FAILED_JOURNAL;
}
