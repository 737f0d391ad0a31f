/** USB/IP as a server needs it; what both ends agree on stands in the contract. */

import * as Op from "../../../hw-profiles/interface/usbip.ts";

export {
  BUS_ID_BYTES,
  OP_HEAD_BYTES,
  OP_REQ_DEVLIST,
  OP_REQ_IMPORT,
} from "../../../hw-profiles/interface/usbip.ts";

export const CMD_SUBMIT = 1;
export const CMD_UNLINK = 2;
export const RET_SUBMIT = 3;
export const RET_UNLINK = 4;

/** Bytes of the head of a transfer's command. */
export const URB_HEAD_BYTES = 48;

/** Status of a transfer: negative Linux error numbers. */
export const STATUS_DONE = 0;
/** -EPIPE: stall. */
export const STATUS_STALL = -32;
/** -ECONNRESET: unlinked before it was done. */
export const STATUS_UNLINKED = -104;
/** -EREMOTEIO: less came than was asked for, and the host had said that this is an error. */
export const STATUS_SHORT = -121;

/** Transfer flag: an IN transfer that comes short ends with STATUS_SHORT, and its data count all the same. */
export const FLAG_SHORT_NOT_OK = 1;

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
  return { version: bytes.readUInt16BE(Op.OP_VERSION), code: bytes.readUInt16BE(Op.OP_CODE) };
}

/** Text up to its first zero. */
export function readBusId(bytes: Buffer): string {
  const end = bytes.indexOf(0);
  return bytes.toString("utf8", 0, end < 0 ? bytes.length : end);
}

function opHead(code: number, status: number): Buffer {
  const head = Buffer.alloc(Op.OP_HEAD_BYTES);
  head.writeUInt16BE(Op.USBIP_VERSION, Op.OP_VERSION);
  head.writeUInt16BE(code, Op.OP_CODE);
  head.writeUInt32BE(status, Op.OP_STATUS);
  return head;
}

function deviceRecord(device: ExportedDevice): Buffer {
  const record = Buffer.alloc(Op.DEVICE_BYTES);
  record.write(`/sys/devices/cqd/${device.busId}`, 0, Op.DEVICE_PATH_BYTES - 1, "utf8");
  record.write(device.busId, Op.DEVICE_BUS_ID, Op.BUS_ID_BYTES - 1, "utf8");
  record.writeUInt32BE(device.busNumber, Op.DEVICE_BUS_NUMBER);
  record.writeUInt32BE(device.deviceNumber, Op.DEVICE_NUMBER);
  record.writeUInt32BE(device.speed, Op.DEVICE_SPEED);
  record.writeUInt16BE(device.vendorId, Op.DEVICE_VENDOR_ID);
  record.writeUInt16BE(device.productId, Op.DEVICE_PRODUCT_ID);
  record.writeUInt16BE(device.release, Op.DEVICE_RELEASE);
  // Class, subclass and protocol stand in the interfaces; configuration 1 of 1.
  record.set([1, 1, device.interfaces.length], Op.DEVICE_CONFIGURATION);
  return record;
}

export function deviceListReply(devices: readonly ExportedDevice[]): Buffer {
  const count = Buffer.alloc(Op.DEVLIST_COUNT_BYTES);
  count.writeUInt32BE(devices.length);
  const records = devices.flatMap((device) => [
    deviceRecord(device),
    ...device.interfaces.map((numbers) => Buffer.from([...numbers, 0])),
  ]);
  return Buffer.concat([opHead(Op.OP_REP_DEVLIST, 0), count, ...records]);
}

/** `device` undefined: there is none of that bus id, or somebody has it. */
export function importReply(device: ExportedDevice | undefined): Buffer {
  if (device === undefined) return opHead(Op.OP_REP_IMPORT, 1);
  return Buffer.concat([opHead(Op.OP_REP_IMPORT, 0), deviceRecord(device)]);
}

export interface Submit {
  readonly command: typeof CMD_SUBMIT;
  readonly sequence: number;
  readonly direction: number;
  readonly endpoint: number;
  readonly flags: number;
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
    flags: head.readUInt32BE(20),
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
  head.writeUInt32BE(status === STATUS_STALL ? 0 : moved, 24);
  return submit.direction === DIRECTION_IN ? Buffer.concat([head, data]) : head;
}

export function unlinkReply({ sequence }: Unlink, status: number): Buffer {
  return answerHead(RET_UNLINK, sequence, status);
}
