import type { FlashGeometry } from "../../../hw-profiles/interface/flash-geometry.ts";

/**
 * A serial NOR flash of 1 MiB: 4 KiB sectors, 256-byte pages. Two sectors of journal, two slots of 65 sectors: the largest
 * image fits one. Assumed; no paper says what flash a readout board has.
 */
export const DEFAULT_FLASH: FlashGeometry = {
  regions: [{ sectorBytes: 4096, sectors: 256 }],
  programUnit: 256,
  erased: 0xff,
  journalSector: 0,
  slots: [
    { firstSector: 16, sectors: 65 },
    { firstSector: 96, sectors: 65 },
  ],
};

/** Clock that the cycles of flash operations are counted in (sim/flash/nor-flash.ts). */
export const FLASH_CLOCK_HZ = 100e6;
