// The flashes that the campaign runs on, and those that the boot loader must refuse.
import {
  GEOMETRY_ERASED,
  GEOMETRY_JOURNAL,
  GEOMETRY_MAP,
  GEOMETRY_SECTOR,
  GEOMETRY_SLOT,
  GEOMETRY_UNIT,
} from "../../../hw-profiles/interface/flash.ts";
import type { FlashGeometry, FlashRegion } from "../../../hw-profiles/interface/flash-geometry.ts";

export interface NamedGeometry {
  readonly name: string;
  readonly geometry: FlashGeometry;
  /** Bytes of the images that are installed there: as many sectors as keep a run short. */
  readonly imageBytes: number;
}

/** Journal first, then two slots of equal sectors. */
function uniform(kib: number, programUnit: number, erased: number, slotSectors: number): FlashGeometry {
  return {
    regions: [{ sectorBytes: kib * 1024, sectors: 2 + 2 * slotSectors }],
    programUnit,
    erased,
    journalSector: 0,
    slots: [
      { firstSector: 2, sectors: slotSectors },
      { firstSector: 2 + slotSectors, sectors: slotSectors },
    ],
  };
}

function named(
  kib: number,
  unit: number,
  erased: number,
  slotSectors: number,
  imageBytes: number,
): NamedGeometry {
  const value = erased === 0 ? "0x00" : "0xFF";
  const name = `${kib} KiB, unit ${unit}, erased ${value}`;
  return { name, geometry: uniform(kib, unit, erased, slotSectors), imageBytes };
}

/** Large sectors for the journal, small ones for the slots; the journal between them. */
const MIXED: NamedGeometry = {
  name: "4 KiB and 64 KiB, unit 1, erased 0xFF",
  geometry: {
    regions: [
      { sectorBytes: 4096, sectors: 2 },
      { sectorBytes: 65536, sectors: 2 },
      { sectorBytes: 4096, sectors: 2 },
    ],
    programUnit: 1,
    erased: 0xff,
    journalSector: 2,
    slots: [
      { firstSector: 0, sectors: 2 },
      { firstSector: 4, sectors: 2 },
    ],
  },
  imageBytes: 4096 + 600,
};

export const GEOMETRIES: readonly NamedGeometry[] = [
  named(2, 1, 0xff, 3, 4096 + 300),
  named(2, 4, 0x00, 3, 4096 + 300),
  named(2, 8, 0xff, 2, 2048 + 700),
  named(2, 64, 0xff, 2, 2048 + 700),
  named(2, 128, 0x00, 2, 2048 + 500),
  named(4, 2, 0xff, 2, 4096 + 600),
  named(4, 256, 0xff, 2, 4096 + 700),
  named(4, 256, 0x00, 2, 4096 + 700),
  named(8, 16, 0x00, 1, 1500),
  named(16, 32, 0xff, 1, 1500),
  named(32, 64, 0x00, 1, 1500),
  named(64, 128, 0xff, 1, 1500),
  named(128, 32, 0xff, 1, 1500),
  named(128, 256, 0x00, 1, 1500),
  MIXED,
];

/** Small enough for every combination of cuts: five records in a sector of the journal, images of one sector, or of two. */
export const SMALL_GEOMETRIES: readonly NamedGeometry[] = [
  named(2, 128, 0xff, 1, 500),
  named(2, 128, 0x00, 1, 500),
  named(2, 128, 0x00, 2, 2048 + 500),
];

export interface RefusedGeometry {
  readonly name: string;
  readonly geometry: FlashGeometry;
  /** GEOMETRY_* */
  readonly reason: number;
}

const GOOD = uniform(4, 8, 0xff, 2);

function regions(...list: FlashRegion[]): FlashGeometry {
  return { ...GOOD, regions: list };
}

export const REFUSED_GEOMETRIES: readonly RefusedGeometry[] = [
  { name: "erased 0x55", geometry: { ...GOOD, erased: 0x55 }, reason: GEOMETRY_ERASED },
  { name: "unit 0", geometry: { ...GOOD, programUnit: 0 }, reason: GEOMETRY_UNIT },
  { name: "unit 12", geometry: { ...GOOD, programUnit: 12 }, reason: GEOMETRY_UNIT },
  { name: "unit 512", geometry: { ...GOOD, programUnit: 512 }, reason: GEOMETRY_UNIT },
  {
    name: "sectors of 1 KiB",
    geometry: regions({ sectorBytes: 1024, sectors: 6 }),
    reason: GEOMETRY_SECTOR,
  },
  {
    name: "sectors of 256 KiB",
    geometry: regions({ sectorBytes: 262144, sectors: 6 }),
    reason: GEOMETRY_SECTOR,
  },
  { name: "no sectors", geometry: regions(), reason: GEOMETRY_MAP },
  {
    name: "slot beyond the end",
    geometry: regions({ sectorBytes: 4096, sectors: 5 }),
    reason: GEOMETRY_MAP,
  },
  {
    name: "journal beyond the end",
    geometry: { ...GOOD, journalSector: 5 },
    reason: GEOMETRY_MAP,
  },
  {
    name: "journal in a slot",
    geometry: { ...GOOD, journalSector: 1 },
    reason: GEOMETRY_JOURNAL,
  },
  {
    name: "journal of unequal sectors",
    geometry: regions({ sectorBytes: 8192, sectors: 1 }, { sectorBytes: 4096, sectors: 5 }),
    reason: GEOMETRY_JOURNAL,
  },
  {
    name: "journal of two records",
    geometry: uniform(2, 256, 0xff, 2),
    reason: GEOMETRY_JOURNAL,
  },
  {
    name: "slots that overlap",
    geometry: {
      ...GOOD,
      slots: [
        { firstSector: 2, sectors: 3 },
        { firstSector: 3, sectors: 3 },
      ],
    },
    reason: GEOMETRY_SLOT,
  },
  {
    name: "slots of unequal size",
    geometry: {
      ...GOOD,
      slots: [
        { firstSector: 2, sectors: 1 },
        { firstSector: 3, sectors: 3 },
      ],
    },
    reason: GEOMETRY_SLOT,
  },
];
