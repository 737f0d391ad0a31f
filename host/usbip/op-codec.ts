import * as Op from "../../hw-profiles/interface/usbip.ts";

/** A device that a USB/IP server offers. */
export interface RemoteDevice {
  /** "1-1": what an import names it by. */
  readonly busId: string;
  /** As the kernel wants it: bus number, then device number. */
  readonly deviceId: number;
  /** 1 low, 2 full, 3 high. */
  readonly speed: number;
  readonly vendorId: number;
  readonly productId: number;
}

function request(code: number, bytes: number): Buffer {
  const head = Buffer.alloc(bytes);
  head.writeUInt16BE(Op.USBIP_VERSION, Op.OP_VERSION);
  head.writeUInt16BE(code, Op.OP_CODE);
  return head;
}

export function deviceListRequest(): Buffer {
  return request(Op.OP_REQ_DEVLIST, Op.OP_HEAD_BYTES);
}

export function importRequest(busId: string): Buffer {
  const bytes = request(Op.OP_REQ_IMPORT, Op.OP_HEAD_BYTES + Op.BUS_ID_BYTES);
  bytes.write(busId, Op.OP_HEAD_BYTES, Op.BUS_ID_BYTES - 1, "utf8");
  return bytes;
}

/** Whether the server did what was asked; undefined until the reply's head has come, or if it is none. */
function succeeded(reply: Buffer, code: number): boolean | undefined {
  if (reply.length < Op.OP_HEAD_BYTES || reply.readUInt16BE(Op.OP_CODE) !== code) return undefined;
  return reply.readUInt32BE(Op.OP_STATUS) === 0;
}

function readDevice(bytes: Buffer): RemoteDevice {
  const name = bytes.subarray(Op.DEVICE_BUS_ID, Op.DEVICE_BUS_ID + Op.BUS_ID_BYTES);
  const busNumber = bytes.readUInt32BE(Op.DEVICE_BUS_NUMBER);
  return {
    busId: name.toString("utf8").replace(/\0.*$/s, ""),
    deviceId: ((busNumber << Op.DEVICE_ID_BUS_SHIFT) | bytes.readUInt32BE(Op.DEVICE_NUMBER)) >>> 0,
    speed: bytes.readUInt32BE(Op.DEVICE_SPEED),
    vendorId: bytes.readUInt16BE(Op.DEVICE_VENDOR_ID),
    productId: bytes.readUInt16BE(Op.DEVICE_PRODUCT_ID),
  };
}

/** The devices of a list; undefined as long as it is not whole. */
export function readDeviceList(reply: Buffer): RemoteDevice[] | undefined {
  let at = Op.OP_HEAD_BYTES + Op.DEVLIST_COUNT_BYTES;
  if (succeeded(reply, Op.OP_REP_DEVLIST) !== true || reply.length < at) return undefined;
  const count = reply.readUInt32BE(Op.OP_HEAD_BYTES);
  const devices: RemoteDevice[] = [];
  while (devices.length < count) {
    if (reply.length < at + Op.DEVICE_BYTES) return undefined;
    const record = reply.subarray(at, at + Op.DEVICE_BYTES);
    at += Op.DEVICE_BYTES + Op.INTERFACE_BYTES * record.readUInt8(Op.DEVICE_INTERFACES);
    if (reply.length < at) return undefined;
    devices.push(readDevice(record));
  }
  return devices;
}

/** The device that was imported, "refused", or undefined as long as the reply is not whole. */
export function readImport(reply: Buffer): RemoteDevice | "refused" | undefined {
  const isDone = succeeded(reply, Op.OP_REP_IMPORT);
  if (isDone === false) return "refused";
  if (isDone === undefined || reply.length < Op.OP_HEAD_BYTES + Op.DEVICE_BYTES) return undefined;
  return readDevice(reply.subarray(Op.OP_HEAD_BYTES));
}
