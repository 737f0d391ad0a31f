import { SceneError } from "../scene-error.ts";
import type { Pcap } from "./pcap.ts";

export interface Datagram {
  readonly destinationPort: number;
  readonly payload: Uint8Array;
}

/** Bytes before the IP packet, and where its EtherType stands; undefined: always IP. */
interface Link {
  readonly headerBytes: number;
  readonly etherTypeAt?: number;
}

/** By LINKTYPE_: Ethernet, raw IP (two numbers), Linux cooked, IPv4. */
const LINKS: ReadonlyMap<number, Link> = new Map([
  [1, { headerBytes: 14, etherTypeAt: 12 }],
  [12, { headerBytes: 0 }],
  [101, { headerBytes: 0 }],
  [113, { headerBytes: 16, etherTypeAt: 14 }],
  [228, { headerBytes: 0 }],
]);
const ETHERTYPE_IPV4 = 2048;
const ETHERTYPE_VLAN = 0x8100;
const PROTOCOL_UDP = 17;
const UDP_HEADER_BYTES = 8;
const MORE_FRAGMENTS = 0x2000;

/** The UDP datagrams of a capture over IPv4, fragments joined, in the order of their last fragments; other packets are passed over. */
export function udpDatagrams(scene: string, { linkType, records }: Pcap): Datagram[] {
  const link = LINKS.get(linkType);
  if (link === undefined) {
    throw new SceneError({
      scene,
      found: `link type ${linkType}`,
      expected: `one of ${[...LINKS.keys()].join(", ")} (Ethernet, raw IP, Linux cooked)`,
      whatToDo: "Capture on an Ethernet interface.",
    });
  }
  const joiner = new FragmentJoiner();
  const datagrams: Datagram[] = [];
  for (const { bytes } of records) {
    const packet = ipPacket(bytes, link);
    const whole = packet && joiner.add(packet);
    if (whole === undefined || whole.length < UDP_HEADER_BYTES) continue;
    const length = (whole[4]! << 8) | whole[5]!;
    if (length < UDP_HEADER_BYTES || length > whole.length) continue;
    datagrams.push({
      destinationPort: (whole[2]! << 8) | whole[3]!,
      payload: whole.subarray(UDP_HEADER_BYTES, length),
    });
  }
  return datagrams;
}

function ipPacket(bytes: Uint8Array, link: Link): Uint8Array | undefined {
  if (link.etherTypeAt === undefined) return bytes;
  let at = link.etherTypeAt;
  let start = link.headerBytes;
  while (at + 2 <= bytes.length && bigEndian16(bytes, at) === ETHERTYPE_VLAN) {
    at += 4;
    start += 4;
  }
  return at + 2 <= bytes.length && bigEndian16(bytes, at) === ETHERTYPE_IPV4
    ? bytes.subarray(start)
    : undefined;
}

interface Parts {
  readonly pieces: Map<number, Uint8Array>;
  /** Known once the last fragment came. */
  totalBytes: number | undefined;
}

/** Puts IPv4 fragments together, keyed by addresses and identification. */
class FragmentJoiner {
  readonly #open = new Map<string, Parts>();

  /** @returns the UDP header and payload when this packet completes them. */
  add(ip: Uint8Array): Uint8Array | undefined {
    const headerBytes = 4 * ((ip[0] ?? 0) & 15);
    if (ip.length < 20 || ip[0]! >> 4 !== 4 || headerBytes < 20 || ip[9] !== PROTOCOL_UDP) return undefined;
    const totalBytes = bigEndian16(ip, 2);
    if (totalBytes < headerBytes || totalBytes > ip.length) return undefined;
    const body = ip.subarray(headerBytes, totalBytes);
    const fragment = bigEndian16(ip, 6);
    const offset = 8 * (fragment & 0x1fff);
    const isLast = (fragment & MORE_FRAGMENTS) === 0;
    return offset === 0 && isLast ? body : this.#join(ip, offset, isLast, body);
  }

  #join(ip: Uint8Array, offset: number, isLast: boolean, body: Uint8Array): Uint8Array | undefined {
    const key = `${ip.subarray(12, 20).join(".")}/${bigEndian16(ip, 4)}`;
    const parts = this.#open.get(key) ?? { pieces: new Map(), totalBytes: undefined };
    this.#open.set(key, parts);
    parts.pieces.set(offset, body);
    if (isLast) parts.totalBytes = offset + body.length;
    const whole = assemble(parts);
    if (whole !== undefined) this.#open.delete(key);
    return whole;
  }
}

function assemble({ pieces, totalBytes }: Parts): Uint8Array | undefined {
  if (totalBytes === undefined) return undefined;
  const whole = new Uint8Array(totalBytes);
  let filled = 0;
  for (let piece = pieces.get(0); piece !== undefined && piece.length > 0; piece = pieces.get(filled)) {
    if (filled + piece.length > totalBytes) return undefined;
    whole.set(piece, filled);
    filled += piece.length;
  }
  return filled === totalBytes ? whole : undefined;
}

function bigEndian16(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 8) | bytes[at + 1]!;
}
