import { RECIPIENT_DEVICE, TYPE_STANDARD } from "./usb-constants.ts";

/** The eight bytes that start a control transfer (USB 2.0, 9.3). */
export interface SetupPacket {
  readonly toHost: boolean;
  /** TYPE_*. */
  readonly type: number;
  /** RECIPIENT_*. */
  readonly recipient: number;
  readonly request: number;
  readonly value: number;
  readonly index: number;
  /** Bytes of the data stage. */
  readonly length: number;
}

export const SETUP_BYTES = 8;

/** @param bytes the setup stage; undefined if it is not eight bytes long. */
export function parseSetup(bytes: Uint8Array): SetupPacket | undefined {
  if (bytes.length !== SETUP_BYTES) return undefined;
  const [
    requestType = 0,
    request = 0,
    valueLow = 0,
    valueHigh = 0,
    indexLow = 0,
    indexHigh = 0,
    low = 0,
    high = 0,
  ] = bytes;
  return {
    toHost: (requestType & 0x80) !== 0,
    type: (requestType >> 5) & 3,
    recipient: requestType & 0x1f,
    request,
    value: valueLow | (valueHigh << 8),
    index: indexLow | (indexHigh << 8),
    length: low | (high << 8),
  };
}

export function isStandardDevice({ recipient, type }: SetupPacket): boolean {
  return type === TYPE_STANDARD && recipient === RECIPIENT_DEVICE;
}
