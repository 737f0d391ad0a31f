import type { FlashGeometry } from "../../../hw-profiles/interface/flash-geometry.ts";

/**
 * A serial NOR flash of 1 MiB, erased in sectors of 4 KiB or blocks of 64 KiB: two blocks of journal (1638 records each, so
 * that an update costs less than a hundredth of an erase of them), two slots of 65 sectors: the largest image fits one.
 * Assumed; no paper says what flash a readout board has.
 */
export const DEFAULT_FLASH: FlashGeometry = {
  regions: [
    { sectorBytes: 65536, sectors: 2 },
    { sectorBytes: 4096, sectors: 224 },
  ],
  programUnit: 4,
  erased: 0xff,
  journalSector: 0,
  slots: [
    { firstSector: 2, sectors: 65 },
    { firstSector: 82, sectors: 65 },
  ],
};

/** Clock that the cycles of flash operations are counted in (sim/flash/nor-flash.ts). */
export const FLASH_CLOCK_HZ = 100e6;
