import { PACKET_LAYOUTS, packetBytes } from "../../../../sim/scene/ouster/packet-layout.ts";

export const ROWS = 8;
export const COLUMNS = 256;
const COLUMNS_PER_PACKET = 16;
const PORT = 7502;

/** A sensor of our own: rows every 2 degrees, azimuths that differ from row to row, each shifted back by its own columns. */
export function metadata(profile: string): Record<string, unknown> {
  const rows = Array.from({ length: ROWS }, (_, row) => row);
  return {
    beam_altitude_angles: rows.map((row) => 7 - 2 * row),
    beam_azimuth_angles: rows.map((row) => (row % 2 === 0 ? 2.8125 : -2.8125)),
    lidar_origin_to_beam_origin_mm: 20,
    udp_port_lidar: PORT,
    data_format: {
      pixels_per_column: ROWS,
      columns_per_frame: COLUMNS,
      columns_per_packet: COLUMNS_PER_PACKET,
      pixel_shift_by_row: rows.map((row) => (row % 2 === 0 ? 2 : -2)),
      udp_profile_lidar: profile,
    },
  };
}

/** What the pixel of a row returns at a measurement: range and reflectivity. */
export type Return = (
  row: number,
  measurement: number,
) => { readonly rangeM: number; readonly reflectivity: number };

/** The lidar packets of one turn. */
export function packets(profile: string, of: Return, frame = 7): Uint8Array[] {
  const layout = PACKET_LAYOUTS.get(profile)!;
  return Array.from({ length: COLUMNS / COLUMNS_PER_PACKET }, (_, packet) => {
    const bytes = new Uint8Array(packetBytes(layout, ROWS, COLUMNS_PER_PACKET));
    const view = new DataView(bytes.buffer);
    if (!layout.hasFrameIdInColumn) view.setUint16(layout.frameIdAt, frame, true);
    let at = layout.packetHeaderBytes;
    for (let i = 0; i < COLUMNS_PER_PACKET; i++) {
      const measurement = packet * COLUMNS_PER_PACKET + i;
      view.setUint16(at + 8, measurement, true);
      if (layout.hasFrameIdInColumn) view.setUint16(at + layout.frameIdAt, frame, true);
      else view.setUint16(at + 10, 1, true);
      at += layout.columnHeaderBytes;
      for (let row = 0; row < ROWS; row++, at += layout.pixelBytes) {
        const { rangeM, reflectivity } = of(row, measurement);
        const code = Math.round(rangeM / layout.rangeUnitM);
        if (layout.rangeBytes === 2) view.setUint16(at, code | 0x8000, true);
        else view.setUint32(at, code | (profile === "LEGACY" ? 0xf00000 : 0), true);
        view.setUint8(at + layout.reflectivityAt, reflectivity);
      }
      if (layout.hasLegacyStatus) view.setUint32(at, 0xffffffff, true);
      at += layout.columnFooterBytes;
    }
    return bytes;
  });
}

/** Bytes of a UDP datagram over IPv4, in one piece or in fragments of `mtu` bytes. */
export function ipPackets(payload: Uint8Array, id: number, mtu = 65000, port = PORT): Uint8Array[] {
  const udp = new Uint8Array(8 + payload.length);
  const udpView = new DataView(udp.buffer);
  udpView.setUint16(0, port);
  udpView.setUint16(2, port);
  udpView.setUint16(4, udp.length);
  udp.set(payload, 8);
  const step = 8 * Math.floor(mtu / 8);
  const pieces: Uint8Array[] = [];
  for (let offset = 0; offset < udp.length; offset += step) {
    const body = udp.subarray(offset, offset + step);
    const isLast = offset + step >= udp.length;
    const ip = new Uint8Array(20 + body.length);
    const view = new DataView(ip.buffer);
    view.setUint8(0, 0x45);
    view.setUint16(2, ip.length);
    view.setUint16(4, id);
    view.setUint16(6, offset / 8 + (isLast ? 0 : 0x2000));
    view.setUint8(9, 17);
    view.setUint32(12, 0x7f000001);
    view.setUint32(16, 0x7f000001);
    ip.set(body, 20);
    pieces.push(ip);
  }
  return pieces;
}

export interface CaptureOptions {
  readonly linkType?: 1 | 101 | 113;
  readonly bigEndian?: boolean;
  readonly vlan?: boolean;
}

/** A capture file of IP packets. */
export function pcapOf(ips: readonly Uint8Array[], options: CaptureOptions = {}): Uint8Array {
  const { bigEndian = false, linkType = 1, vlan = false } = options;
  const little = !bigEndian;
  const header = new DataView(new ArrayBuffer(24));
  header.setUint32(0, 0xa1b2c3d4, little);
  header.setUint16(4, 2, little);
  header.setUint16(6, 4, little);
  header.setUint32(16, 65535, little);
  header.setUint32(20, linkType, little);
  const parts: Uint8Array[] = [new Uint8Array(header.buffer)];
  for (const ip of ips) {
    const link = linkHeader(linkType, vlan);
    const record = new DataView(new ArrayBuffer(16));
    record.setUint32(8, link.length + ip.length, little);
    record.setUint32(12, link.length + ip.length, little);
    parts.push(new Uint8Array(record.buffer), link, ip);
  }
  return new Uint8Array(Buffer.concat(parts));
}

function linkHeader(linkType: 1 | 101 | 113, vlan: boolean): Uint8Array {
  if (linkType === 101) return new Uint8Array(0);
  if (linkType === 113) return Uint8Array.of(...new Array<number>(14).fill(0), 8, 0);
  const tag = vlan ? [0x81, 0, 0, 5] : [];
  return Uint8Array.of(...new Array<number>(12).fill(0), ...tag, 8, 0);
}
