import { describe, expect, it } from "vitest";
import * as Flash from "../../../hw-profiles/interface/flash.ts";
import { sectorPlace } from "../../../hw-profiles/interface/flash-geometry.ts";
import * as Image from "../../../hw-profiles/interface/image.ts";
import { PowerCut } from "../../../sim/flash/power-cut.ts";
import { bootModule } from "../../tools/campaign-flash/boot-module.ts";
import { GEOMETRIES, SMALL_GEOMETRIES } from "../../tools/campaign-flash/geometries.ts";
import { install, returnTo, updateTo } from "../../tools/campaign-flash/host-policy.ts";
import { plainChecks, refusalChecks } from "../../tools/campaign-flash/plain-checks.ts";
import { Rig } from "../../tools/campaign-flash/rig.ts";
import { campaignImages, EQUAL, FAILING, FIRST, SECOND } from "../../tools/campaign-flash/scenarios.ts";
import { boardWithFirst } from "./support.ts";

describe("a sector in doubt", () => {
  it("is erased though it reads erased, and though the flash lies about it", () => {
    const rig = boardWithFirst(1);
    rig.boot();
    let pages = 0;
    // The first piece behind an erase is left between two levels: it reads erased at the next two boots.
    rig.flash.fault = ({ kind, data }) =>
      kind === "program" && data.length === 256 && pages++ === 0 ? "emerging" : undefined;
    expect(() => install(rig, SECOND)).toThrow(PowerCut);
    let lies = 0;
    rig.flash.fault = ({ kind }) => (kind === "erase" && lies++ < 2 ? "noOp" : undefined);
    rig.boot();
    expect(install(rig, SECOND)).toBe(0);
    expect(lies).toBeGreaterThan(2);
    expect(rig.flash.breaches).toBe(0);
    expect(rig.failures).toEqual([]);
  });
});

describe("an installation on an empty board", () => {
  it("that moved to the other slot for a bad sector goes on there after a cut", () => {
    const named = SMALL_GEOMETRIES.at(-1)!;
    const rig = new Rig(bootModule(), named, campaignImages(named));
    const [first, second] = named.geometry.slots.map(({ firstSector }) => firstSector);
    const bad = sectorPlace(named.geometry, first! + 1).address;
    const last = sectorPlace(named.geometry, second!).address;
    let failures = 0;
    rig.flash.fault = ({ address, data, kind }) => {
      // The image's bytes, not the unit that shows whether an erase works.
      if (kind === "program" && address === bad && data.length === 256 && failures++ < 2) return "noOp";
      // The first sector comes last: the others are there and recorded.
      return kind === "program" && address >= last && address < last + 512 ? "before" : undefined;
    };
    rig.boot();
    expect(install(rig, FIRST)).toBe(Flash.REFUSED_STATE);
    expect(() => install(rig, FIRST)).toThrow(PowerCut);
    rig.flash.fault = undefined;
    rig.boot();
    expect(rig.status.slotStates).toEqual([Flash.SLOT_EMPTY, Flash.SLOT_INSTALLING]);
    expect(install(rig, FIRST)).toBe(0);
    expect(rig.status.slotStates).toEqual([Flash.SLOT_EMPTY, Flash.SLOT_PENDING]);
    expect(rig.failures).toEqual([]);
  });
});

describe("life of an image", () => {
  it("is pending, runs on trial in one boot, and is kept by confirm()", () => {
    const rig = boardWithFirst();
    expect(rig.boot()).toBe(Flash.BOOT_CONFIRMED);
    expect(rig.status).toMatchObject({ running: 0, active: 0, floor: 1 });
    expect(install(rig, SECOND)).toBe(0);
    expect(rig.status.slotStates).toEqual([Flash.SLOT_CONFIRMED, Flash.SLOT_PENDING]);
    expect(rig.boot()).toBe(Flash.BOOT_TRIAL);
    expect(rig.running()).toBe(SECOND);
    expect(rig.status).toMatchObject({ running: 1, active: 0, floor: 1 });
    expect(rig.loader.confirm()).toBe(0);
    expect(rig.status).toMatchObject({ running: 1, active: 1, floor: 2 });
    rig.know({ current: SECOND, floor: 2 });
    expect(rig.boot()).toBe(Flash.BOOT_CONFIRMED);
    expect(rig.running()).toBe(SECOND);
    expect(rig.failures).toEqual([]);
  });

  it.each([
    [Flash.RESET_POWER, Flash.REVERTED_NOT_CONFIRMED],
    [Flash.RESET_WATCHDOG, Flash.REVERTED_WATCHDOG],
    [Flash.RESET_TRAP, Flash.REVERTED_TRAP],
  ])("reverts in exactly one reboot when it is not confirmed: reset %i, reason %i", (reset, reason) => {
    const rig = boardWithFirst();
    rig.boot();
    install(rig, SECOND);
    expect(rig.boot()).toBe(Flash.BOOT_TRIAL);
    expect(rig.boot(reset)).toBe(Flash.BOOT_CONFIRMED);
    expect(rig.running()).toBe(FIRST);
    expect(rig.status).toMatchObject({ reason, reasonSlot: 1, floor: 1 });
    expect(rig.status.slotStates[1]).toBe(Flash.SLOT_REJECTED);
  });

  it("never runs when it fails its trial: the same boot runs the confirmed one and says why", () => {
    const rig = boardWithFirst();
    rig.boot();
    install(rig, FAILING);
    expect(rig.boot()).toBe(Flash.BOOT_CONFIRMED);
    expect(rig.running()).toBe(FIRST);
    expect(rig.status).toMatchObject({ reason: Image.REFUSED_GOLDEN, reasonSlot: 1 });
  });

  it("cannot be returned to below the floor", () => {
    const rig = boardWithFirst();
    updateTo(SECOND)(rig);
    expect(rig.loader.revert()).toBe(Image.REFUSED_DOWNGRADE);
  });

  it("can be returned to when it is as new: on trial again", () => {
    const rig = boardWithFirst();
    updateTo(SECOND)(rig);
    updateTo(EQUAL)(rig);
    returnTo(SECOND)(rig);
    expect(rig.failures).toEqual([]);
    expect(rig.running()).toBe(SECOND);
  });

  it("is resumed at the sector in work, after the same manifest", () => {
    const rig = boardWithFirst();
    rig.boot();
    const { bytes } = rig.images[SECOND]!;
    const manifest = bytes.subarray(0, Image.IMAGE_MANIFEST_BYTES);
    rig.loader.begin(manifest);
    const first = rig.status.install!;
    for (let at = first.nextOffset; at < first.nextEnd; at += 512) {
      rig.loader.write(at, bytes.subarray(at, Math.min(at + 512, first.nextEnd)));
    }
    const second = rig.status.install!;
    expect(second).toMatchObject({ progress: 1, sectors: 3 });
    rig.loader.write(second.nextOffset, bytes.subarray(second.nextOffset, second.nextOffset + 256));
    rig.boot();
    expect(rig.status.install).toBeUndefined();
    expect(rig.loader.begin(manifest)).toBe(0);
    expect(rig.status.install).toEqual(second);
  });
});

describe.each(GEOMETRIES)("$name", (named) => {
  it("holds what must hold without a cut", () => {
    expect(plainChecks(bootModule(), named)).toEqual([]);
  });
});

it("refuses flashes that cannot be kept safe, and touches none of them", () => {
  expect(refusalChecks(bootModule())).toEqual([]);
});
