import { SceneError } from "../scene-error.ts";

/** One packet as it was on the wire, from its link header on. */
export interface PcapRecord {
  readonly bytes: Uint8Array;
}

export interface Pcap {
  /** LINKTYPE_ of the file. */
  readonly linkType: number;
  readonly records: readonly PcapRecord[];
}

const HEADER_BYTES = 24;
const RECORD_BYTES = 16;
/** Microseconds and nanoseconds; either byte order. */
const MAGICS: readonly number[] = [0xa1b2c3d4, 0xa1b23c4d];
const PCAPNG_MAGIC = 0x0a0d0d0a;

/** Take a capture file apart. Throws SceneError for anything but a whole pcap file. */
export function readPcap(scene: string, bytes: Uint8Array): Pcap {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = byteOrder(scene, view);
  const records: PcapRecord[] = [];
  for (let at = HEADER_BYTES; at < bytes.length; ) {
    const left = bytes.length - at;
    if (left < RECORD_BYTES) throw truncated(scene, records.length, `${left} bytes of a record's header`);
    const captured = view.getUint32(at + 8, little);
    const sent = view.getUint32(at + 12, little);
    if (captured > left - RECORD_BYTES)
      throw truncated(scene, records.length, `${left - RECORD_BYTES} of ${captured} bytes`);
    if (captured < sent) throw cut(scene, records.length, captured, sent);
    records.push({ bytes: bytes.subarray(at + RECORD_BYTES, at + RECORD_BYTES + captured) });
    at += RECORD_BYTES + captured;
  }
  return { linkType: view.getUint32(20, little) & 0xffff, records };
}

/** @returns true for little endian. */
function byteOrder(scene: string, view: DataView): boolean {
  const little = view.byteLength >= HEADER_BYTES ? view.getUint32(0, true) : 0;
  const big = view.byteLength >= HEADER_BYTES ? view.getUint32(0, false) : 0;
  if (MAGICS.includes(little)) return true;
  if (MAGICS.includes(big)) return false;
  throw new SceneError({
    scene,
    found: big === PCAPNG_MAGIC ? "a pcapng file" : `${view.byteLength} bytes that begin otherwise`,
    expected: "a pcap file (magic number a1b2c3d4 or a1b23c4d)",
    whatToDo: "Convert it: editcap -F pcap FILE OUT.pcap.",
  });
}

function truncated(scene: string, packet: number, found: string): SceneError {
  return new SceneError({
    scene,
    found: `${found} of packet ${packet}, then the end of the file`,
    expected: "whole packets",
    whatToDo: "The file is truncated; copy it again.",
  });
}

function cut(scene: string, packet: number, captured: number, sent: number): SceneError {
  return new SceneError({
    scene,
    found: `${captured} of the ${sent} bytes of packet ${packet}`,
    expected: "packets captured as a whole",
    whatToDo: "Capture again without a limit of the packets' length (tcpdump -s 0).",
  });
}
