import { beforeEach, expect, it } from "vitest";
import { developmentFlash } from "../../../host/transport/sim/factory-image.ts";
import * as Flash from "../../../hw-profiles/interface/flash.ts";
import { sectorPlace } from "../../../hw-profiles/interface/flash-geometry.ts";
import { FLASH_STORY_ENTRIES } from "../../../hw-profiles/interface/registers.ts";
import { FlashUnit } from "../../../sim/board/flash/flash-unit.ts";
import { installWhole } from "../../../sim/board/flash/install-whole.ts";
import { readArtefact } from "../../../sim/pool/artefacts.ts";
import { SMALL_FLASH } from "../../host/flash/support/flash-bench.ts";
import { heavyModule, imageOf } from "../../host/flash/support/images.ts";

const CLOCK_HZ = 40e6;
const SLOT = 1;
const factory = developmentFlash({ bytes: readArtefact("readout-scalar-lidar.wasm"), name: "factory" });
const image = imageOf(heavyModule(4800, 1), { patch: 1 });

let unit: FlashUnit;

beforeEach(() => {
  unit = new FlashUnit({ ...factory, geometry: SMALL_FLASH }, "lidar", CLOCK_HZ);
});

/** The same flash, switched on anew. */
function powerCycled(): FlashUnit {
  const { content, wear } = unit.loader.flash;
  return new FlashUnit({ ...factory, geometry: SMALL_FLASH, state: { content, wear } }, "lidar", CLOCK_HZ);
}

function install(bytes: Uint8Array): number {
  const code = installWhole(unit.loader, bytes);
  unit.changed();
  return code;
}

const change = (slot: number, state: number, reason = 0, badSector: number = Flash.NO_SECTOR) => ({
  slot,
  state,
  reason,
  badSector,
});

it("tells what became of an image, in this power session and in the next", () => {
  expect(install(image)).toBe(0);
  unit.restart(Flash.RESET_POWER);
  unit.restart(Flash.RESET_TRAP);
  const story = [
    change(SLOT, Flash.SLOT_REJECTED, Flash.REVERTED_TRAP),
    change(SLOT, Flash.SLOT_TRIAL),
    change(SLOT, Flash.SLOT_PENDING),
    change(SLOT, Flash.SLOT_INSTALLING),
  ];
  expect(unit.story.slice(0, story.length)).toEqual(story);
  const later = powerCycled();
  expect(later.history).toHaveLength(1);
  expect(later.story).toEqual(unit.story);
});

it("reads, and changes nothing", () => {
  const { content, wear } = unit.loader.flash;
  expect(unit.story.length).toBeGreaterThan(0);
  expect(unit.loader.flash.content).toEqual(content);
  expect(unit.loader.flash.wear).toEqual(wear);
});

it("goes on over turns of the journal, the newest first, and forgets the oldest", () => {
  const expected = [];
  for (let update = 0; update < 8; update++) {
    const slot = 1 - unit.status.active!;
    expect(install(imageOf(heavyModule(300, update + 1), { patch: update }))).toBe(0);
    unit.restart(Flash.RESET_POWER);
    expect(unit.loader.confirm()).toBe(0);
    unit.changed();
    const states = [Flash.SLOT_INSTALLING, Flash.SLOT_PENDING, Flash.SLOT_TRIAL, Flash.SLOT_CONFIRMED];
    for (const state of states) expected.unshift(change(slot, state));
    expect(unit.story.slice(0, expected.length)).toEqual(expected.slice(0, unit.story.length));
    expect(unit.story.length).toBeLessThanOrEqual(FLASH_STORY_ENTRIES);
    // A sector of the journal takes ten records here, and the one before it is kept.
    expect(unit.story.length).toBeGreaterThanOrEqual(4);
    expect(powerCycled().story).toEqual(unit.story);
  }
  expect(unit.status.journal.generation).toBeGreaterThan(2);
});

it("names the sector that was found bad, and the image that was given up for it", () => {
  const bad = SMALL_FLASH.slots[SLOT].firstSector + 1;
  const { address } = sectorPlace(SMALL_FLASH, bad);
  unit.loader.flash.stick([{ address: address + 7, mask: 0xff, value: image[2048 + 7]! ^ 0xff }]);
  for (let tries = 0; tries < 2; tries++) expect(install(image)).not.toBe(0);
  expect(unit.story.slice(0, 3)).toEqual([
    change(SLOT, Flash.SLOT_INSTALLING, Flash.FAILED_ERASE),
    change(SLOT, Flash.SLOT_INSTALLING, Flash.FAILED_ERASE, bad),
    change(SLOT, Flash.SLOT_INSTALLING),
  ]);
  expect(powerCycled().story[1]).toMatchObject({ badSector: bad });
});
