// What must hold without any cut: hostile images, calls out of order, bad cells, flashes to be refused.
import * as Flash from "../../../hw-profiles/interface/flash.ts";
import { journalEntry, sectorPlace } from "../../../hw-profiles/interface/flash-geometry.ts";
import * as Image from "../../../hw-profiles/interface/image.ts";
import { contentHash } from "../../../sim/flash/nor-flash.ts";
import { type NamedGeometry, REFUSED_GEOMETRIES } from "./geometries.ts";
import { install, updateTo } from "./host-policy.ts";
import { hostileImages } from "./hostile-images.ts";
import { type Failure, FRESH } from "./oracle.ts";
import { guarded, Rig } from "./rig.ts";
import { campaignImages, FAILING, FIRST, fill, fillJournal, LATER, SECOND, SIMILAR } from "./scenarios.ts";

type Check = (rig: Rig) => void;

/** The second image is confirmed in slot 1, the board is on. */
function startUpdated(rig: Rig): void {
  fill(rig, 0, FIRST);
  rig.know({ current: FIRST, floor: 1 });
  updateTo(SECOND)(rig);
}

const hostileManifests: Check = (rig) => {
  startUpdated(rig);
  rig.expect(rig.status.floor === 2, "confirm() does not raise the floor to the image's counter");
  const before = contentHash(rig.flash.content);
  for (const { name, manifest, refused } of hostileImages(rig.images)) {
    const code = rig.loader.begin(manifest);
    rig.expect(code === refused, `${name}: begin() returned ${code}, expected ${refused}`);
    rig.expect(contentHash(rig.flash.content) === before, `${name}: refused, and the flash has changed`);
  }
};

const otherPayload: Check = (rig) => {
  startUpdated(rig);
  const { bytes } = rig.images[FAILING]!;
  rig.loader.begin(bytes.subarray(0, Image.IMAGE_MANIFEST_BYTES));
  for (let open = rig.status.install; open !== undefined; open = rig.status.install) {
    if (open.progress === open.sectors) break;
    const length = Math.min(1024, open.nextEnd - open.nextOffset);
    const piece = bytes.slice(open.nextOffset, open.nextOffset + length);
    piece[3]! ^= 1;
    if (rig.loader.write(open.nextOffset, piece) !== 0) break;
  }
  rig.expect(rig.loader.finish() === Image.REFUSED_HASH, "another payload than the signed one is installed");
  rig.boot();
};

const callsOutOfOrder: Check = (rig) => {
  startUpdated(rig);
  const { loader } = rig;
  rig.expect(loader.confirm() === Flash.REFUSED_NO_IMAGE, "confirm() without a trial");
  rig.expect(loader.erase(1) === Flash.REFUSED_SLOT, "the slot that runs is erased");
  rig.expect(loader.write(256, new Uint8Array(256)) === Flash.REFUSED_STATE, "write() without begin()");
  loader.begin(rig.images[SIMILAR]!.bytes.subarray(0, Image.IMAGE_MANIFEST_BYTES));
  const before = contentHash(rig.flash.content);
  const nextOffset = rig.status.install?.nextOffset ?? 0;
  const piece = new Uint8Array(256);
  rig.expect(loader.write(nextOffset + 256, piece) === Flash.REFUSED_OFFSET, "a later offset is written");
  rig.expect(loader.write(nextOffset, new Uint8Array(0)) === Flash.REFUSED_LENGTH, "an empty piece is taken");
  rig.expect(loader.finish() === Flash.REFUSED_STATE, "finish() before the last sector");
  rig.expect(contentHash(rig.flash.content) === before, "a refused call changes the flash");
  rig.boot();
};

const trialRunning: Check = (rig) => {
  startUpdated(rig);
  rig.expect(install(rig, SIMILAR) === 0, "an installation fails");
  rig.boot();
  const manifest = rig.images[FAILING]!.bytes.subarray(0, Image.IMAGE_MANIFEST_BYTES);
  rig.expect(rig.loader.begin(manifest) === Flash.REFUSED_TRIAL, "an installation begins during a trial");
  rig.expect(rig.loader.erase(0) === Flash.REFUSED_SLOT, "the slot on trial is erased");
  rig.expect(rig.boot(Flash.RESET_WATCHDOG) === Flash.BOOT_CONFIRMED, "an unconfirmed image is kept");
  rig.expect(rig.status.reason === Flash.REVERTED_WATCHDOG, "the watchdog is not the reason");
};

/** Of an image with the same payload as the one in the slot only the sector with the manifest is written. */
const equalSectorsSkipped: Check = (rig) => {
  startUpdated(rig);
  rig.expect(install(rig, SIMILAR) === 0, "an installation fails");
  rig.expect(rig.loader.revert() === 0, "a pending image is not rejected");
  const { firstSector, sectors } = rig.flash.geometry.slots[0];
  const erases = () =>
    rig.flash.wear.subarray(firstSector, firstSector + sectors).reduce((sum, wear) => sum + wear, 0);
  const before = erases();
  rig.expect(install(rig, LATER) === 0, "an installation fails");
  rig.expect(erases() - before === 1, `${erases() - before} sectors erased for an image that differs in one`);
};

/** Both slots filled in the factory: the image with the larger counter runs. */
const adoption: Check = (rig) => {
  fill(rig, 0, SECOND);
  fill(rig, 1, FIRST);
  rig.know({ current: SECOND, floor: 2 });
  rig.boot();
  rig.start(rig.empty, FRESH);
  fill(rig, 0, FIRST);
  fill(rig, 1, SECOND);
  rig.know({ current: SECOND, floor: 2 });
  rig.boot();
  rig.expect(rig.status.floor === 2, "the floor of a new board is not its image's counter");
};

/** A cell of the slot that does not take what is programmed. */
const badCell: Check = (rig) => {
  startUpdated(rig);
  const { geometry } = rig.flash;
  const sector = geometry.slots[0].firstSector;
  const address = sectorPlace(geometry, sector).address + Image.IMAGE_MANIFEST_BYTES + 5;
  rig.flash.stick([{ address, mask: 0xff, value: rig.images[SIMILAR]!.bytes[5 + 256]! ^ 0x10 }]);
  const code = install(rig, SIMILAR);
  rig.flash.unstick();
  const found = code === Flash.FAILED_PROGRAM || code === Flash.FAILED_ERASE || code === Flash.REFUSED_STATE;
  rig.expect(found, `a bad cell: the installation ended with ${code}`);
  rig.expect(
    rig.status.badSector === sector,
    `a bad cell in sector ${sector}: ${rig.status.badSector} reported`,
  );
  rig.boot();
};

/** No entry of the journal can be opened any more: what it holds still holds. */
const deadJournal: Check = (rig) => {
  startUpdated(rig);
  install(rig, FAILING);
  rig.boot();
  fillJournal(rig, 0);
  const { geometry } = rig.flash;
  const { address, bytes } = sectorPlace(geometry, geometry.journalSector);
  const before = String(rig.status.slotStates);
  const { generation } = rig.status.journal;
  for (const start of [address, address + bytes])
    for (let at = start; at < start + bytes; at += journalEntry(geometry).entryBytes)
      rig.flash.stick([{ address: at, mask: 0xff, value: geometry.erased }]);
  const manifest = rig.images[SIMILAR]!.bytes.subarray(0, Image.IMAGE_MANIFEST_BYTES);
  const code = rig.loader.begin(manifest);
  rig.expect(code === Flash.FAILED_JOURNAL, `a dead journal: begin() returned ${code}`);
  const told = String(rig.status.slotStates) === before && rig.status.journal.generation === generation;
  rig.expect(told, "a dead journal: the status says what it does not hold");
  rig.flash.unstick();
  rig.boot();
  rig.expect(String(rig.status.slotStates) === before, "a dead journal: the states are lost");
};

const CHECKS: readonly Check[] = [
  hostileManifests,
  otherPayload,
  callsOutOfOrder,
  trialRunning,
  equalSectorsSkipped,
  adoption,
  badCell,
  deadJournal,
];

/** All checks on one geometry. */
export function plainChecks(module: WebAssembly.Module, named: NamedGeometry): readonly Failure[] {
  const rig = new Rig(module, named, campaignImages(named));
  return CHECKS.flatMap((check) => {
    rig.start(rig.empty, FRESH);
    guarded(rig, () => check(rig));
    if (rig.flash.breaches > 0) rig.fail("other", "an operation that no flash allows");
    return [...rig.failures];
  });
}

/** Flashes that must be refused: none is touched. */
export function refusalChecks(module: WebAssembly.Module): readonly Failure[] {
  return REFUSED_GEOMETRIES.flatMap(({ name, geometry, reason }) => {
    const rig = new Rig(module, { name, geometry, imageBytes: 512 }, []);
    const before = contentHash(rig.empty);
    guarded(rig, () => {
      const result = rig.loader.boot(Flash.RESET_POWER);
      const refused = result === Flash.BOOT_REFUSED && rig.status.reason === reason;
      rig.expect(refused, `${name}: boot() returned ${result}, reason ${rig.status.reason}`);
      rig.expect(rig.loader.erase(0) === Flash.REFUSED_STATE, `${name}: a call is served`);
    });
    rig.expect(contentHash(rig.flash.content) === before, `${name}: the flash is written`);
    return [...rig.failures];
  });
}
