import { TransportError, type TransportErrorCode } from "../transport-error.ts";

/** Error numbers of libusb, of calls and of transfers. */
const ERROR_ACCESS = -3;
const ERROR_NO_DEVICE = -4;
const ERROR_BUSY = -6;
/** What a cable that is pulled looks like at first. */
const TRANSFER_ERROR = 1;
const TRANSFER_STALL = 4;
const TRANSFER_NO_DEVICE = 5;

const CAUSES: ReadonlyMap<number, readonly [TransportErrorCode, string]> = new Map([
  [
    ERROR_ACCESS,
    ["permission", "the system does not let this user open it; install the udev rule (cqd doctor tells how)"],
  ],
  [ERROR_BUSY, ["busy", "another program has it; close that one"]],
  [ERROR_NO_DEVICE, ["unplugged", "the device went away; plug it in again"]],
  [TRANSFER_ERROR, ["unplugged", "the connection broke off; plug the device in again"]],
  [TRANSFER_NO_DEVICE, ["unplugged", "the device went away; plug it in again"]],
  [TRANSFER_STALL, ["stalled", "the device refuses transfers; unplug it and plug it in again"]],
]);

/** An error of libusb by its number, as this program names them. */
export function usbError(what: string, cause: Error): TransportError {
  const [code, why] = CAUSES.get(errorNumber(cause)) ?? [
    "stalled",
    `${cause.message}; plug the device in again`,
  ];
  return new TransportError(code, `${what}: ${why}`, { cause });
}

export function isStall(error: Error): boolean {
  return errorNumber(error) === TRANSFER_STALL;
}

function errorNumber(error: Error): number {
  return "errno" in error && typeof error.errno === "number" ? error.errno : 0;
}
