// Bugs for the campaign to find: each replaces a piece of the boot loader's source, which must occur exactly once.
// The production code carries no switches; each bug is compiled into a boot loader of its own.

export interface PlantedBug {
  readonly id: string;
  readonly title: string;
  /** In firmware/boot. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  /** Where it is hunted without gaps; without it in all scenarios. */
  readonly deep?: Deep;
}

/** A hunt that tries all combinations of cuts. */
export interface Deep {
  readonly scenario: string;
  /** Sectors of the image, 1 or 2. */
  readonly sectors: 1 | 2;
  /** Cuts nested in each other. */
  readonly depth: number;
}

const RETURN: Deep = { scenario: "return to the image before", sectors: 1, depth: 3 };
const FIRST_UPDATE: Deep = { scenario: "first boot and update", sectors: 1, depth: 3 };
const REFILL: Deep = { scenario: "slot erased and filled again", sectors: 2, depth: 2 };

const JOURNAL_BUGS: readonly PlantedBug[] = [
  {
    id: "journal-no-checksum",
    title: "journal record without checksum",
    file: "journal.ts",
    find: "candidate.crc === crc32c(changetype<usize>(candidate), RECORD_CRC)",
    replace: "true",
  },
  {
    id: "blank-is-ff",
    title: "blank judged by 0xFF alone",
    file: "storage.ts",
    find: "if (!allBytes(PIECE, piece, board.erased)) return false;",
    replace: "if (!allBytes(PIECE, piece, 0xff)) return false;",
  },
  {
    id: "no-reestablish",
    title: "a record in doubt is acted upon as it is",
    file: "select.ts",
    find: "  reestablish();\n",
    replace: "",
  },
  {
    id: "turn-trusts-blank",
    title: "the journal turns to a sector that reads blank without erasing it",
    file: "journal.ts",
    find: "if (!eraseAndCheck(board.journalSector + other, true)) return false;",
    replace:
      "if (!isErased(journalAddress(other), sectorBytes(board.journalSector + other)) && !eraseAndCheck(board.journalSector + other, true)) return false;",
  },
  {
    id: "turn-in-place",
    title: "the journal turns within its sector: the only record is erased",
    file: "journal.ts",
    find: "const other = journal.sector ^ 1;",
    replace: "const other = journal.sector;",
  },
  {
    id: "turn-same-generation",
    title: "the generation stays when the journal turns",
    file: "journal.ts",
    find: "  record.generation++;\n",
    replace: "",
  },
  {
    id: "older-generation-wins",
    title: "of two sectors the older record counts",
    file: "journal.ts",
    find: "i32(candidate.generation - record.generation) < 0",
    replace: "i32(candidate.generation - record.generation) > 0",
  },
  {
    id: "first-record-wins",
    title: "the first valid record of a sector counts, not the last",
    file: "journal.ts",
    find: "  for (let entry = last; entry > NONE; entry--) {",
    replace: "  for (let entry = 0; entry <= last; entry++) {",
  },
  {
    id: "next-after-valid",
    title: "the next record goes behind the last valid one, over a torn one, unchecked",
    file: "journal.ts",
    find: "  if (!isErased(address, entryBytes())) return false;\n  if (!writeMark(address)) return false;\n",
    replace: "  journal.next = entry + 1;\n",
  },
  {
    id: "mark-unit-ignored",
    title: "marks smaller than the program unit",
    file: "geometry.ts",
    find: "return max<u32>(board.unit, MARK_BYTES_MIN);",
    replace: "return MARK_BYTES_MIN;",
  },
  {
    id: "turn-leaves-open",
    title: "the journal turns and leaves an entry blank in the sector behind it",
    file: "journal.ts",
    find: "  if (!closeSector()) return false;\n",
    replace: "",
    deep: RETURN,
  },
  {
    id: "close-once",
    title: "the last entry of a sector is tried once, and without it a record in doubt is acted upon",
    file: "journal.ts",
    find: "const CLOSE_TRIES = 3;",
    replace: "const CLOSE_TRIES = 1;",
    deep: RETURN,
  },
  {
    id: "turn-from-the-new",
    title: "the journal turns from a sector without a record: the only one is erased",
    file: "journal.ts",
    find: "  if (journal.found && journal.sector !== journal.home) return false;\n",
    replace: "",
  },
  {
    id: "failure-forgotten",
    title: "what the journal did not take stays in memory",
    file: "journal.ts",
    find: "  scanJournal();\n  return false;\n",
    replace: "  return false;\n",
  },
  {
    id: "seal-first",
    title: "the seal is programmed before its record",
    file: "journal.ts",
    find: "  if (!writeRecord(address + markBytes())) return false;\n  // A seal that fails costs a repeated record at the next boot, nothing else.\n  writeMark(address + markBytes() + recordRoom());\n",
    replace:
      "  writeMark(address + markBytes() + recordRoom());\n  if (!writeRecord(address + markBytes())) return false;\n",
  },
  {
    id: "generation-never-wraps",
    title: "generations are compared as numbers: 0 is older than 4294967295",
    file: "journal.ts",
    find: "i32(candidate.generation - record.generation) < 0",
    replace: "candidate.generation < record.generation",
  },
];

const BOOT_BUGS: readonly PlantedBug[] = [
  {
    id: "floor-raised-at-trial",
    title: "security counter raised at the trial, not at confirm",
    file: "select.ts",
    find: "    setSlotState(slot, SLOT_TRIAL);\n",
    replace:
      "    setSlotState(slot, SLOT_TRIAL);\n    record.floor = max(record.floor, securityCounter(SLOT_MANIFEST));\n",
  },
  {
    id: "floor-never-raised",
    title: "security counter not raised at confirm",
    file: "commands.ts",
    find: "  record.floor = max(record.floor, securityCounter(SLOT_MANIFEST));\n",
    replace: "",
  },
  {
    id: "downgrade-at-install-only",
    title: "downgrade check on one path only: at installation, not at boot",
    file: "manifest.ts",
    find: "const manifest = refuseManifest(SLOT_MANIFEST);",
    replace: "const manifest = refuseManifest(SLOT_MANIFEST) % REFUSED_DOWNGRADE;",
  },
  {
    id: "downgrade-at-boot-only",
    title: "downgrade check on one path only: at boot, not at installation",
    file: "install.ts",
    find: "const refused = refuseManifest(BOOT_DATA_BLOCK);",
    replace: "const refused = refuseManifest(BOOT_DATA_BLOCK) % 14;",
  },
  {
    id: "trial-not-recorded",
    title: "the trial is run without a record of it",
    file: "select.ts",
    find: "    if (!appendRecord()) return 0;\n",
    replace: "",
  },
  {
    id: "trial-result-ignored",
    title: "an image that fails its trial runs",
    file: "select.ts",
    find: "    if (reason === 0) return runs(slot, BOOT_TRIAL);",
    replace: "    return runs(slot, BOOT_TRIAL);",
  },
  {
    id: "unconfirmed-kept",
    title: "an image that was not confirmed stays on trial",
    file: "select.ts",
    find: "    reject(tried, reasonOf(reset));",
    replace: "    setSlotState(tried, SLOT_PENDING);",
  },
  {
    id: "unconfirmed-confirmed",
    title: "an image that survived a reset counts as confirmed",
    file: "select.ts",
    find: "    reject(tried, reasonOf(reset));",
    replace: "    setSlotState(tried, SLOT_CONFIRMED);\n    record.active = u8(tried);",
  },
  {
    id: "payload-unchecked-at-boot",
    title: "the payload is not hashed at boot",
    file: "manifest.ts",
    find: "return manifest !== 0 ? manifest : refusePayload(slot, SLOT_MANIFEST);",
    replace: "return manifest;",
  },
  {
    id: "no-fallback",
    title: "no fall back to the image before when the confirmed one is damaged",
    file: "select.ts",
    find: "const fallBack = other !== NO_SLOT && refuseSlot(other) === 0;",
    replace: "const fallBack = false;",
  },
  {
    id: "fallback-unchecked",
    title: "the image before is run unchecked",
    file: "select.ts",
    find: "const fallBack = other !== NO_SLOT && refuseSlot(other) === 0;",
    replace: "const fallBack = other !== NO_SLOT;",
  },
  {
    id: "adopts-first",
    title: "of two factory images the first runs, not the newer",
    file: "select.ts",
    find: "if (record.active !== NO_SLOT && securityCounter(SLOT_MANIFEST) <= record.floor) return;",
    replace: "if (record.active !== NO_SLOT) return;",
  },
  {
    id: "signature-unchecked",
    title: "the signature is not checked",
    file: "manifest.ts",
    find: "  if (signature !== 0) return signature;\n",
    replace: "",
  },
  {
    id: "unknown-tlv-accepted",
    title: "an unknown protected TLV is passed over",
    file: "manifest.ts",
    find: "  if (!isTlv(first, TLV_PAYLOAD_SHA256, TLV_PAYLOAD_SHA256_BYTES)) return REFUSED_TLV;\n",
    replace: "",
  },
  {
    id: "slot-overflow",
    title: "an image larger than the slot is taken",
    file: "manifest.ts",
    find: "const room = min<u32>(slotBytes(0) - IMAGE_MANIFEST_BYTES, IMAGE_PAYLOAD_MAX);",
    replace: "const room: u32 = 0x80000000;",
  },
  {
    id: "slots-may-overlap",
    title: "a flash with overlapping slots is accepted",
    file: "geometry.ts",
    find: "if (overlap(slotSector(0), slotSectors(0), slotSector(1), slotSectors(1))) return GEOMETRY_SLOT;",
    replace: "",
  },
];

const INSTALL_BUGS: readonly PlantedBug[] = [
  {
    id: "header-first",
    title: "header programmed before the rest of the manifest",
    file: "install.ts",
    find: "  if (!programAndCheck(address + header, INSTALL_MANIFEST + header, rest)) return false;\n  return programAndCheck(address, INSTALL_MANIFEST, header);",
    replace:
      "  if (!programAndCheck(address, INSTALL_MANIFEST, header)) return false;\n  return programAndCheck(address + header, INSTALL_MANIFEST + header, rest);",
  },
  {
    id: "manifest-with-sector",
    title: "header programmed first: before the payload of its sector",
    file: "install.ts",
    find: "  install.erased = true;\n",
    replace: "  install.erased = true;\n  if (sector === 0) programManifest();\n",
  },
  {
    id: "first-sector-first",
    title: "sectors in rising order: the manifest is in a sector that is long finished",
    file: "install.ts",
    find: "  return next < install.sectors ? next : 0;",
    replace: "  return min(next, install.sectors) - 1;",
  },
  {
    id: "stale-resume-offset",
    title: "stale resume offset: another image goes on where the first one stopped",
    file: "install.ts",
    find: " && record.installId === load<u64>(DIGEST)",
    replace: "",
  },
  {
    id: "any-offset",
    title: "pieces are taken at any offset",
    file: "install.ts",
    find: "  if (offset !== install.nextOffset) return REFUSED_OFFSET;\n",
    replace: "",
  },
  {
    id: "progress-ahead",
    title: "progress recorded before the sector is finished",
    file: "install.ts",
    find: "record.progress = u16(install.progress);",
    replace: "record.progress = u16(install.progress + 1);",
  },
  {
    id: "resume-unrecorded",
    title: "a resumed installation erases before it has written a record",
    file: "install.ts",
    find: "!journal.written || record.progress !== install.progress",
    replace: "record.progress !== install.progress",
  },
  {
    id: "skip-doubtful",
    title: "the sector that was cut is kept if it reads as wanted",
    file: "install.ts",
    find: "sectorInWork() === 0 || install.doubtful || ",
    replace: "sectorInWork() === 0 || ",
  },
  {
    id: "skip-unsettled",
    title: "sectors left by another unfinished installation are kept if they read as wanted",
    file: "install.ts",
    find: "  if (slotState(install.target) === SLOT_INSTALLING) setSettled(install.target, false);\n",
    replace: "",
  },
  {
    id: "never-skips",
    title: "equal sectors are written again",
    file: "install.ts",
    find: "  if (!equalBytes(DIGEST, BOOT_DATA_BLOCK, TLV_PAYLOAD_SHA256_BYTES)) return INSTALL_SEND;\n",
    replace: "  return INSTALL_SEND;\n",
  },
  {
    id: "program-unchecked",
    title: "what is programmed is not read back",
    file: "storage.ts",
    find: "    if (!holds(address + at, source + at, piece)) return false;\n",
    replace: "",
  },
  {
    id: "erase-unchecked",
    title: "an erased sector is not read back",
    file: "storage.ts",
    find: "if (flash.erase(address) === 0 && isErased(address, bytes)) return true;",
    replace: "if (flash.erase(address) === 0) return true;",
  },
  {
    id: "page-wrap",
    title: "program operations across pages",
    file: "storage.ts",
    find: "const piece = min(page, length - at);",
    replace: "const piece = length - at;",
  },
  {
    id: "payload-unchecked-at-finish",
    title: "the payload is not hashed when the installation finishes",
    file: "install.ts",
    find: "  if (hash !== 0) return abandon(hash);\n",
    replace: "",
  },
  {
    id: "installs-over-active",
    title: "the confirmed slot is overwritten",
    file: "install.ts",
    find: "  if (record.active !== NO_SLOT) return record.active ^ 1;",
    replace: "  if (record.active !== NO_SLOT) return record.active;",
  },
  {
    id: "installs-during-trial",
    title: "an installation begins while an image runs on trial",
    file: "install.ts",
    find: "  if (slotIn(SLOT_TRIAL) !== NO_SLOT) return REFUSED_TRIAL;\n",
    replace: "",
  },
  {
    id: "begin-unrecorded",
    title: "the slot stays bootable while it is written",
    file: "install.ts",
    find: "  if (!install.doubtful && !startAnew()) return FAILED_JOURNAL;",
    replace: "  if (!install.doubtful) install.progress = 0;",
  },
  {
    id: "doubtful-erased-once",
    title: "a sector in doubt is erased once, and reads erased before and after",
    file: "storage.ts",
    find: "    if (doubtful && !programAll(address, board.unit) && isErased(address, board.unit)) continue;\n",
    replace: "",
    deep: FIRST_UPDATE,
  },
  {
    id: "doubtful-erased-twice",
    title: "a sector in doubt that reads erased is erased twice",
    file: "storage.ts",
    find: "    if (doubtful && !programAll(address, board.unit) && isErased(address, board.unit)) continue;\n",
    replace: "    if (doubtful && isErased(address, bytes)) flash.erase(address);\n",
    deep: FIRST_UPDATE,
  },
  {
    id: "doubtful-prepared-unchecked",
    title: "that a sector in doubt was prepared for its erase is not read back",
    file: "storage.ts",
    find: "    if (doubtful && !programAll(address, board.unit) && isErased(address, board.unit)) continue;\n",
    replace: "    if (doubtful) programAll(address, board.unit);\n",
    deep: FIRST_UPDATE,
  },
  {
    id: "resume-trusts-hash",
    title: "of a resumed installation only the first sector counts as in doubt",
    file: "install.ts",
    find: "install.doubtful = resumable(install.target);",
    replace: "install.doubtful = resumable(install.target) && record.progress === 0;",
  },
];

const COMMAND_BUGS: readonly PlantedBug[] = [
  {
    id: "confirm-wrong-slot",
    title: "confirm on the wrong slot",
    file: "commands.ts",
    find: "  record.active = u8(slot);",
    replace: "  record.active = u8(slot ^ 1);",
  },
  {
    id: "confirm-without-trial",
    title: "confirm without a trial",
    file: "commands.ts",
    find: "if (slot === NO_SLOT || slotState(slot) !== SLOT_TRIAL) return REFUSED_NO_IMAGE;",
    replace: "",
  },
  {
    id: "confirm-unrecorded",
    title: "confirm reports success before it is in the journal",
    file: "commands.ts",
    find: "  record.floor = max(record.floor, securityCounter(SLOT_MANIFEST));\n  return write();",
    replace: "  record.floor = max(record.floor, securityCounter(SLOT_MANIFEST));\n  return 0;",
  },
  {
    id: "erase-running",
    title: "the slot that runs can be erased",
    file: "commands.ts",
    find: " || slot === record.active || slot === session.running",
    replace: "",
  },
  {
    id: "erase-forgets-doubt",
    title: "a slot whose erase was cut is erased as if it were not in doubt",
    file: "commands.ts",
    find: "const doubtful = !isSettled(slot) || slotState(slot) === SLOT_INSTALLING;",
    replace: "const doubtful = false;",
    deep: REFILL,
  },
  {
    id: "erase-empty-first",
    title: "a slot counts as empty before it is erased",
    file: "commands.ts",
    find: "  setSlotState(slot, SLOT_INSTALLING);",
    replace: "  setSlotState(slot, SLOT_EMPTY);",
  },
  {
    id: "revert-forgotten",
    title: "revert of a pending image is not recorded",
    file: "commands.ts",
    find: "    reject(candidate, REVERTED_BY_HOST);\n    return write();",
    replace: "    reject(candidate, REVERTED_BY_HOST);\n    return 0;",
  },
];

export const PLANTED_BUGS: readonly PlantedBug[] = [
  ...JOURNAL_BUGS,
  ...BOOT_BUGS,
  ...INSTALL_BUGS,
  ...COMMAND_BUGS,
];
