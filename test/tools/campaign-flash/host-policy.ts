// What a host does to reach a goal, whatever state it finds: each goal can be begun anew after any cut.
import * as Flash from "../../../hw-profiles/interface/flash.ts";
import { sectorPlace } from "../../../hw-profiles/interface/flash-geometry.ts";
import { IMAGE_MANIFEST_BYTES, REFUSED_FUEL, REFUSED_GOLDEN } from "../../../hw-profiles/interface/image.ts";
import { NONE } from "./oracle.ts";
import type { Rig } from "./rig.ts";

const PIECE_BYTES = 1024;
/** Boots after which a goal counts as not to be reached. */
export const BOOTS_MAX = 8;

const FAILED: ReadonlySet<number> = new Set([Flash.FAILED_ERASE, Flash.FAILED_PROGRAM]);

/** A way to a goal: boots as often as it must. */
export type Goal = (rig: Rig) => void;

/** Sends the sector in work. @returns the last code. */
function sendSector(rig: Rig, image: number): number {
  const { bytes } = rig.images[image]!;
  const { nextOffset, nextEnd } = rig.status.install!;
  const offered = rig.loader.offer(rig.digest(image, nextOffset, nextEnd));
  if (offered !== Flash.INSTALL_SEND) return offered;
  for (let at = nextOffset; at < nextEnd; at += PIECE_BYTES) {
    const code = rig.loader.write(at, bytes.subarray(at, Math.min(at + PIECE_BYTES, nextEnd)));
    if (code !== 0) return code;
  }
  rig.know({ acknowledged: rig.status.install?.progress ?? 0 });
  return 0;
}

/** @returns the code that ended it: 0 when all sectors are there. */
function sendSectors(rig: Rig, image: number): number {
  for (let open = rig.status.install; open !== undefined; open = rig.status.install) {
    if (open.progress === open.sectors) return 0;
    const code = sendSector(rig, image);
    if (code !== 0 && !FAILED.has(code)) return code;
  }
  // A sector failed twice: the board has given up, and begins anew.
  rig.know({ installing: NONE });
  return Flash.REFUSED_STATE;
}

/** Goes on where this image was left, at most one sector before what was acknowledged; anew with any other image. */
function checkResume(rig: Rig, image: number): void {
  const { acknowledged, installing } = rig.oracle;
  const { progress, sectors, slot } = rig.status.install!;
  const same = installing === image;
  const kept = same ? Math.min(acknowledged, sectors) - 1 : 0;
  rig.expect(progress >= kept, `resumes after ${progress} sectors, ${acknowledged} were acknowledged`);
  rig.expect(same || progress === 0, `another image goes on after ${progress} sectors`);
  rig.expect(slot !== rig.status.running, "installs over the image that runs");
  if (!same) rig.know({ installing: image, acknowledged: 0 });
}

/** Sends what is missing and finishes; if the manifest fails to be programmed, its sector is sent again. */
function finish(rig: Rig, image: number): number {
  let code: number = Flash.FAILED_PROGRAM;
  while (FAILED.has(code)) {
    const sent = sendSectors(rig, image);
    if (sent !== 0) return sent;
    rig.know({ acknowledged: 0, tried: NONE });
    code = rig.loader.finish();
  }
  return code;
}

/** Installs an image; it is pending afterwards. @returns the code of the last call. */
export function install(rig: Rig, image: number): number {
  if (!rig.status.slotStates.includes(Flash.SLOT_INSTALLING)) rig.know({ installing: NONE });
  const manifest = rig.images[image]!.bytes.subarray(0, IMAGE_MANIFEST_BYTES);
  // From here on a cut may leave the installation begun.
  const before = rig.oracle;
  rig.know({ installing: image, acknowledged: before.installing === image ? before.acknowledged : 0 });
  const begun = rig.loader.begin(manifest);
  rig.oracle = before;
  if (begun !== 0) return begun;
  checkResume(rig, image);
  const { slot } = rig.status.install!;
  const code = finish(rig, image);
  rig.expect(code === 0 || code > REFUSED_FUEL, `an honest image is refused with ${code}`);
  if (code === 0) checkInstalled(rig, image, slot);
  return code;
}

function checkInstalled(rig: Rig, image: number, slot: number): void {
  rig.know({ whole: image });
  rig.expect(rig.imageIn(slot) === image, "success is reported, and the slot holds something else");
  const { address } = sectorPlace(rig.flash.geometry, rig.flash.geometry.slots[slot]!.firstSector);
  const solid = rig.flash.isSolid(address, rig.images[image]!.bytes.length);
  rig.expect(solid, "success is reported, and cells of the slot are between two levels");
  rig.expect(rig.status.slotStates[slot] === Flash.SLOT_PENDING, "an installed image is not pending");
}

function confirm(rig: Rig, image: number): void {
  rig.know({ maybe: image });
  const code = rig.loader.confirm();
  rig.expect(code === 0 || code === Flash.FAILED_JOURNAL, `confirm() returned ${code}`);
  if (code !== 0) return;
  const { counter } = rig.images[image]!;
  rig.know({ current: image, maybe: NONE, floor: Math.max(rig.oracle.floor, counter) });
}

/** Boots until `step` says that the goal is reached, and once more: what was reached must last. */
function reach(rig: Rig, goal: string, step: (result: number) => boolean): void {
  for (let boots = 0; boots < BOOTS_MAX; boots++) {
    const reached = step(rig.boot());
    if (rig.failures.length > 0) return;
    if (!reached) continue;
    const { running, slotStates } = rig.status;
    rig.boot(Flash.RESET_POWER, true);
    const lasts = rig.status.running === running && String(rig.status.slotStates) === String(slotStates);
    rig.expect(lasts, `${goal}: does not last`);
    return;
  }
  rig.fail("brick", `${goal}: not reached in ${BOOTS_MAX} boots`);
}

/** What is to be done after a boot for an update. @returns whether it is reached. */
function updateStep(rig: Rig, image: number, result: number): boolean {
  const running = rig.running();
  if (result === Flash.BOOT_CONFIRMED && running === image) return true;
  if (result === Flash.BOOT_TRIAL) confirm(rig, running);
  else install(rig, image);
  return false;
}

/** The image is installed, ran on trial, is confirmed, and boots. */
export function updateTo(image: number): Goal {
  return (rig) =>
    reach(rig, `update to ${rig.images[image]!.name}`, (result) => updateStep(rig, image, result));
}

/** The image that was confirmed before is chosen again, ran on trial, is confirmed, and boots. */
export function returnTo(image: number): Goal {
  return (rig) =>
    reach(rig, `return to ${rig.images[image]!.name}`, (result) => {
      const running = rig.running();
      if (result === Flash.BOOT_CONFIRMED && running === image) return true;
      if (result === Flash.BOOT_TRIAL) confirm(rig, running);
      else chooseAgain(rig, image);
      return false;
    });
}

/** Reverts; after a cut during the trial the previous image is rejected and must be installed. */
function chooseAgain(rig: Rig, image: number): void {
  rig.know({ tried: NONE });
  const code = rig.loader.revert();
  if (code === Flash.REFUSED_NO_IMAGE) install(rig, image);
  else rig.expect(code === 0 || code === Flash.FAILED_JOURNAL, `revert() returned ${code}`);
}

/** The image is installed and rejected: by its trial, or by the host. The confirmed image runs, the reason is known. */
export function rejected(image: number, byHost: boolean): Goal {
  const reason = byHost ? Flash.REVERTED_BY_HOST : REFUSED_GOLDEN;
  return (rig) => {
    reach(rig, `reject ${rig.images[image]!.name}`, (result) => {
      if (result === Flash.BOOT_TRIAL) {
        rig.expect(byHost, "an image that fails its trial runs");
        rig.loader.revert();
        return false;
      }
      if (rig.oracle.installed) {
        rig.expect(rig.status.reason === reason, `rejected for reason ${rig.status.reason}, not ${reason}`);
        return true;
      }
      const installed = install(rig, image) === 0;
      rig.know({ installed });
      if (byHost && installed) rig.expect(rig.loader.revert() === 0, "revert() of a pending image failed");
      return false;
    });
  };
}

/** The slot is erased. */
export function erased(slot: number): Goal {
  return (rig) =>
    reach(rig, `erase slot ${slot}`, () => {
      if (rig.status.slotStates[slot] === Flash.SLOT_EMPTY) {
        rig.expect(rig.imageIn(slot) === NONE, "an erased slot holds an image");
        return true;
      }
      rig.loader.erase(slot);
      return false;
    });
}

/** The slot is erased, then the image is installed there and confirmed. */
export function refilled(slot: number, image: number): Goal {
  return (rig) =>
    reach(rig, `erase slot ${slot} and fill it again`, (result) => {
      if (rig.status.slotStates[slot] === Flash.SLOT_EMPTY) rig.know({ cleared: true });
      if (rig.oracle.cleared) return updateStep(rig, image, result);
      rig.loader.erase(slot);
      return false;
    });
}

/** The image boots as confirmed. */
export function runs(image: number): Goal {
  return (rig) =>
    reach(
      rig,
      `run ${rig.images[image]!.name}`,
      (result) => result === Flash.BOOT_CONFIRMED && rig.running() === image,
    );
}
