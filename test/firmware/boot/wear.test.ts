import { expect, it } from "vitest";
import * as Flash from "../../../hw-profiles/interface/flash.ts";
import type { FlashGeometry } from "../../../hw-profiles/interface/flash-geometry.ts";
import { IMAGE_MANIFEST_BYTES } from "../../../hw-profiles/interface/image.ts";
import { BootLoader } from "../../../sim/boot/boot-loader.ts";
import { RomKeys } from "../../../sim/boot/rom-keys.ts";
import { NorFlash } from "../../../sim/flash/nor-flash.ts";
import { bootModule } from "../../tools/campaign-flash/boot-module.ts";
import { BOARD_KEY, IDENTITY, makeImage, type TestImage } from "../../tools/campaign-flash/images.ts";

const ENDURANCE = 10_000;
const UPDATES = 10_000;

/** Journal in sectors of 64 KiB, slots of one sector of 4 KiB. */
const GEOMETRY: FlashGeometry = {
  regions: [
    { sectorBytes: 65536, sectors: 2 },
    { sectorBytes: 4096, sectors: 2 },
  ],
  programUnit: 1,
  erased: 0xff,
  journalSector: 0,
  slots: [
    { firstSector: 2, sectors: 1 },
    { firstSector: 3, sectors: 1 },
  ],
};

function update(loader: BootLoader, { bytes }: TestImage): void {
  expect(loader.begin(bytes.subarray(0, IMAGE_MANIFEST_BYTES))).toBe(0);
  const { nextOffset, nextEnd } = loader.status.install!;
  expect(loader.write(nextOffset, bytes.subarray(nextOffset, nextEnd))).toBe(0);
  expect(loader.finish()).toBe(0);
  expect(loader.boot(Flash.RESET_POWER)).toBe(Flash.BOOT_TRIAL);
  expect(loader.confirm()).toBe(0);
}

it("10 000 updates on a part of 10 000 cycles: none is lost, a journal erase a hundred updates at most", () => {
  const flash = new NorFlash(GEOMETRY, ENDURANCE);
  const keys = new RomKeys([{ publicKey: BOARD_KEY.publicKey, development: false }], true);
  const loader = new BootLoader(bootModule(), flash, IDENTITY, keys, { admit: () => 0, trial: () => 0 });
  const images = [1, 2].map((seed) => makeImage({ name: `${seed}`, payloadBytes: 64, seed, counter: 1 }));
  loader.boot(Flash.RESET_POWER);
  for (let count = 0; count < UPDATES; count++) update(loader, images[count % 2]!);
  const [first, second, ...slots] = [...flash.wear];
  expect(slots).toEqual([UPDATES / 2, UPDATES / 2]);
  expect(first! + second!).toBeLessThanOrEqual(UPDATES / 100);
  expect(first! + second!).toBeGreaterThan(0);
  expect(flash.breaches).toBe(0);
  expect(loader.boot(Flash.RESET_POWER)).toBe(Flash.BOOT_CONFIRMED);
});
