/**
 * USB/IP as the Linux kernel documents it (Documentation/usb/usbip_protocol.rst): big endian. Only what a server needs.
 */

export const USBIP_VERSION = 0x0111;
export const OP_REQ_DEVLIST = 0x8005;
export const OP_REP_DEVLIST = 0x0005;
export const OP_REQ_IMPORT = 0x8003;
export const OP_REP_IMPORT = 0x0003;
export const CMD_SUBMIT = 1;
export const CMD_UNLINK = 2;
export const RET_SUBMIT = 3;
export const RET_UNLINK = 4;

/** Bytes of the head of an OP request, of its bus id, and of a command's head. */
export const OP_HEAD_BYTES = 8;
export const BUS_ID_BYTES = 32;
export const URB_HEAD_BYTES = 48;

const PATH_BYTES = 256;

/** Status of a transfer: negative Linux error numbers. */
export const STATUS_DONE = 0;
/** -EPIPE: stall. */
export const STATUS_STALL = -32;
/** -ECONNRESET: unlinked before it was done. */
export const STATUS_UNLINKED = -104;

export const DIRECTION_OUT = 0;
export const DIRECTION_IN = 1;

/** A device in the list, and in the answer to an import. */
export interface ExportedDevice {
  /** "1-1": what the host names it by. */
  readonly busId: string;
  readonly busNumber: number;
  readonly deviceNumber: number;
  /** SPEED_*. */
  readonly speed: number;
  readonly vendorId: number;
  readonly productId: number;
  readonly release: number;
  /** Class, subclass, protocol of every interface. */
  readonly interfaces: readonly (readonly [number, number, number])[];
}

export interface OpRequest {
  readonly version: number;
  readonly code: number;
}

export function readOpHead(bytes: Buffer): OpRequest {
  return { version: bytes.readUInt16BE(0), code: bytes.readUInt16BE(2) };
}

/** Text up to its first zero. */
export function readBusId(bytes: Buffer): string {
  const end = bytes.indexOf(0);
  return bytes.toString("utf8", 0, end < 0 ? bytes.length : end);
}

function opHead(code: number, status: number): Buffer {
  const head = Buffer.alloc(OP_HEAD_BYTES);
  head.writeUInt16BE(USBIP_VERSION, 0);
  head.writeUInt16BE(code, 2);
  head.writeUInt32BE(status, 4);
  return head;
}

function padded(text: string, bytes: number): Buffer {
  const field = Buffer.alloc(bytes);
  field.write(text, 0, bytes - 1, "utf8");
  return field;
}

function deviceRecord(device: ExportedDevice): Buffer {
  const numbers = Buffer.alloc(24);
  numbers.writeUInt32BE(device.busNumber, 0);
  numbers.writeUInt32BE(device.deviceNumber, 4);
  numbers.writeUInt32BE(device.speed, 8);
  numbers.writeUInt16BE(device.vendorId, 12);
  numbers.writeUInt16BE(device.productId, 14);
  numbers.writeUInt16BE(device.release, 16);
  // Class, subclass and protocol stand in the interfaces; configuration 1 of 1.
  numbers.set([0, 0, 0, 1, 1, device.interfaces.length], 18);
  const path = padded(`/sys/devices/cqd/${device.busId}`, PATH_BYTES);
  return Buffer.concat([path, padded(device.busId, BUS_ID_BYTES), numbers]);
}

export function deviceListReply(devices: readonly ExportedDevice[]): Buffer {
  const count = Buffer.alloc(4);
  count.writeUInt32BE(devices.length);
  const records = devices.flatMap((device) => [
    deviceRecord(device),
    ...device.interfaces.map((numbers) => Buffer.from([...numbers, 0])),
  ]);
  return Buffer.concat([opHead(OP_REP_DEVLIST, 0), count, ...records]);
}

/** `device` undefined: there is none of that bus id, or somebody has it. */
export function importReply(device: ExportedDevice | undefined): Buffer {
  if (device === undefined) return opHead(OP_REP_IMPORT, 1);
  return Buffer.concat([opHead(OP_REP_IMPORT, 0), deviceRecord(device)]);
}

export interface Submit {
  readonly command: typeof CMD_SUBMIT;
  readonly sequence: number;
  readonly direction: number;
  readonly endpoint: number;
  readonly length: number;
  readonly setup: Buffer;
}

export interface Unlink {
  readonly command: typeof CMD_UNLINK;
  readonly sequence: number;
  /** Sequence number of the transfer to give up. */
  readonly victim: number;
}

/** A command's head; undefined if it is neither. An OUT submit is followed by `length` bytes. */
export function readCommand(head: Buffer): Submit | Unlink | undefined {
  const command = head.readUInt32BE(0);
  const sequence = head.readUInt32BE(4);
  if (command === CMD_UNLINK) return { command, sequence, victim: head.readUInt32BE(20) };
  if (command !== CMD_SUBMIT) return undefined;
  return {
    command,
    sequence,
    direction: head.readUInt32BE(12),
    endpoint: head.readUInt32BE(16),
    length: head.readUInt32BE(24),
    setup: Buffer.from(head.subarray(40, 48)),
  };
}

/** Device id, direction and endpoint of an answer are zero. */
function answerHead(command: number, sequence: number, status: number): Buffer {
  const head = Buffer.alloc(URB_HEAD_BYTES);
  head.writeUInt32BE(command, 0);
  head.writeUInt32BE(sequence, 4);
  head.writeInt32BE(status, 20);
  return head;
}

/** @param data what an IN transfer brought; of an OUT transfer, only its length counts. */
export function submitReply(submit: Submit, status: number, data: Uint8Array): Buffer {
  const head = answerHead(RET_SUBMIT, submit.sequence, status);
  const moved = submit.direction === DIRECTION_IN ? data.length : submit.length;
  head.writeUInt32BE(status === STATUS_DONE ? moved : 0, 24);
  return submit.direction === DIRECTION_IN ? Buffer.concat([head, data]) : head;
}

export function unlinkReply({ sequence }: Unlink, status: number): Buffer {
  return answerHead(RET_UNLINK, sequence, status);
}
