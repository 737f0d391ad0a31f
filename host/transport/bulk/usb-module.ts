/**
 * The part of the npm package `usb` that the bulk stream uses: version 2, whose endpoints keep several transfers pending.
 * It is optional: without it, data come over HID.
 */
import { TransportError } from "../transport-error.ts";

export type UsbCallback = (error?: Error) => void;

export interface UsbEndpoint {
  on(event: "data", listener: (bytes: Uint8Array) => void): unknown;
  on(event: "error", listener: (error: Error) => void): unknown;
  on(event: "end", listener: () => void): unknown;
  startPoll(transfers: number, bytes: number): unknown;
  /** "end" comes when no transfer is pending any more. @throws Error when polling has ended or is about to. */
  stopPoll(): void;
  clearHalt(done: UsbCallback): void;
}

export interface UsbInterface {
  claim(): void;
  release(done: UsbCallback): void;
  endpoint(address: number): UsbEndpoint | undefined;
}

export interface UsbDeviceHandle {
  readonly deviceDescriptor: {
    readonly idVendor: number;
    readonly idProduct: number;
    readonly iSerialNumber: number;
  };
  open(): void;
  close(): void;
  interface(number: number): UsbInterface;
  getStringDescriptor(index: number, done: (error?: Error, text?: string) => void): void;
}

export interface UsbModule {
  getDeviceList(): UsbDeviceHandle[];
}

/** What `npm install` takes. */
const PACKAGE = "usb";
const PACKAGE_VERSION = "2.18.0";

/** @throws TransportError "absent" where the package is not installed. */
export async function loadUsbModule(): Promise<UsbModule> {
  const hint = `the package "${PACKAGE}" reads the bulk interface: npm install ${PACKAGE}@${PACKAGE_VERSION}`;
  let loaded: unknown;
  try {
    loaded = await import(PACKAGE);
  } catch (cause) {
    throw new TransportError("absent", `found no usable package "${PACKAGE}"; ${hint}`, { cause });
  }
  if (isUsbModule(loaded)) return loaded;
  throw new TransportError("absent", `found a package "${PACKAGE}" of another make; ${hint}`);
}

function isUsbModule(loaded: unknown): loaded is UsbModule {
  const isObject = typeof loaded === "object" && loaded !== null && "getDeviceList" in loaded;
  return isObject && typeof loaded.getDeviceList === "function";
}
