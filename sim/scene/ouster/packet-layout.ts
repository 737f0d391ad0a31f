/** Where things stand in a lidar packet of one UDP profile; bytes, little endian. */
export interface PacketLayout {
  readonly packetHeaderBytes: number;
  readonly packetFooterBytes: number;
  readonly columnHeaderBytes: number;
  readonly columnFooterBytes: number;
  readonly pixelBytes: number;
  /** Bits of the 32-bit (rangeBytes = 4) or 16-bit word at the start of a pixel that are the range. */
  readonly rangeMask: number;
  readonly rangeBytes: 2 | 4;
  readonly rangeUnitM: number;
  readonly reflectivityAt: number;
  readonly reflectivityBytes: 1 | 2;
  /** Number of the scan: in the packet's header, or, legacy, in each column's. */
  readonly frameIdAt: number;
  readonly hasFrameIdInColumn: boolean;
  /** A word of the column that tells whether it is valid; legacy: 32 bits behind the pixels, all set. */
  readonly hasLegacyStatus: boolean;
}

const MODERN = {
  packetHeaderBytes: 32,
  packetFooterBytes: 32,
  columnHeaderBytes: 12,
  columnFooterBytes: 0,
  reflectivityBytes: 1,
  frameIdAt: 2,
  hasFrameIdInColumn: false,
  hasLegacyStatus: false,
} as const;

/** Ouster's lidar packets by `udp_profile_lidar` [Ouster firmware user manual, lidar data format]. */
export const PACKET_LAYOUTS: ReadonlyMap<string, PacketLayout> = new Map<string, PacketLayout>([
  [
    "LEGACY",
    {
      packetHeaderBytes: 0,
      packetFooterBytes: 0,
      columnHeaderBytes: 16,
      columnFooterBytes: 4,
      pixelBytes: 12,
      rangeMask: 0xfffff,
      rangeBytes: 4,
      rangeUnitM: 0.001,
      reflectivityAt: 4,
      reflectivityBytes: 2,
      frameIdAt: 10,
      hasFrameIdInColumn: true,
      hasLegacyStatus: true,
    },
  ],
  [
    "RNG15_RFL8_NIR8",
    { ...MODERN, pixelBytes: 4, rangeMask: 0x7fff, rangeBytes: 2, rangeUnitM: 0.008, reflectivityAt: 2 },
  ],
  [
    "RNG19_RFL8_SIG16_NIR16",
    { ...MODERN, pixelBytes: 12, rangeMask: 0x7ffff, rangeBytes: 4, rangeUnitM: 0.001, reflectivityAt: 4 },
  ],
  [
    "RNG19_RFL8_SIG16_NIR16_DUAL",
    { ...MODERN, pixelBytes: 16, rangeMask: 0x7ffff, rangeBytes: 4, rangeUnitM: 0.001, reflectivityAt: 3 },
  ],
]);

/** Bytes of a column, and of a packet. */
export function columnBytes(layout: PacketLayout, rows: number): number {
  return layout.columnHeaderBytes + rows * layout.pixelBytes + layout.columnFooterBytes;
}

export function packetBytes(layout: PacketLayout, rows: number, columnsPerPacket: number): number {
  return layout.packetHeaderBytes + columnsPerPacket * columnBytes(layout, rows) + layout.packetFooterBytes;
}
