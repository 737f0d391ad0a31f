import { REPORT_BYTES } from "../../../hw-profiles/interface/reports.ts";
import { USB_ENDPOINT_BULK_IN, USB_INTERFACE_BULK } from "../../../hw-profiles/interface/usb.ts";
import { TransportError } from "../transport-error.ts";
import type { BulkPipe } from "./bulk-pipe.ts";
import { isStall, usbError } from "./usb-error.ts";
import type { UsbDeviceHandle, UsbEndpoint, UsbInterface } from "./usb-module.ts";

/** 16 KiB: libusb hands longer transfers to Linux in pieces, and a short packet inside of one is an error there. */
const TRANSFER_BYTES = 16 * REPORT_BYTES;
/** Pending at once: while one is handed out, the others go on. */
const TRANSFERS = 4;

/** The vendor interface through libusb. A stall is cleared once; what waited in the device then is lost, and known to be. */
export class UsbPipe implements BulkPipe {
  readonly #device: UsbDeviceHandle;
  readonly #interface: UsbInterface;
  readonly #endpoint: UsbEndpoint;
  readonly #what: string;
  #onFailed: (reason: Error) => void = () => undefined;
  /** Why the polling ends that is about to end. */
  #error: Error | undefined;
  #hasStalled = false;
  #isPolling = false;
  #isClosed = false;
  /** Called when no transfer is pending any more. */
  #onIdle: (() => void) | undefined;

  /** @param device open. @throws Error of libusb when the interface cannot be claimed. */
  constructor(device: UsbDeviceHandle, what: string) {
    this.#device = device;
    this.#what = what;
    this.#interface = device.interface(USB_INTERFACE_BULK);
    this.#interface.claim();
    const endpoint = this.#interface.endpoint(USB_ENDPOINT_BULK_IN);
    if (endpoint === undefined) {
      const address = `0x${USB_ENDPOINT_BULK_IN.toString(16)}`;
      throw new Error(`found no endpoint ${address}, expected it on interface ${USB_INTERFACE_BULK}`);
    }
    this.#endpoint = endpoint;
  }

  start(onTransfer: (bytes: Uint8Array) => void, onFailed: (reason: Error) => void): void {
    this.#onFailed = onFailed;
    this.#endpoint.on("data", (bytes) => {
      this.#hasStalled = false;
      if (!this.#isClosed) onTransfer(bytes);
    });
    this.#endpoint.on("error", (error) => {
      this.#error ??= error;
    });
    this.#endpoint.on("end", () => this.#ended());
    this.#poll();
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    if (this.#isPolling) await this.#stopPolling();
    // A device that is gone has nothing to release.
    await new Promise<void>((resolve) => this.#interface.release(() => resolve()));
    this.#device.close();
  }

  /** After an error the transfers are being given up already. */
  #stopPolling(): Promise<void> {
    return new Promise((resolve) => {
      this.#onIdle = resolve;
      if (this.#error === undefined) this.#endpoint.stopPoll();
    });
  }

  #poll(): void {
    this.#isPolling = true;
    this.#endpoint.startPoll(TRANSFERS, TRANSFER_BYTES);
  }

  #ended(): void {
    this.#isPolling = false;
    const error = this.#error;
    this.#error = undefined;
    this.#onIdle?.();
    if (this.#isClosed) return;
    if (error !== undefined && isStall(error) && !this.#hasStalled) this.#clearHalt();
    else this.#fail(error);
  }

  #clearHalt(): void {
    this.#hasStalled = true;
    this.#endpoint.clearHalt((error) => {
      if (error !== undefined) this.#fail(error);
      else if (!this.#isClosed) this.#poll();
    });
  }

  #fail(error: Error | undefined): void {
    const ended = new TransportError(
      "unplugged",
      `${this.#what}: its transfers ended; plug the device in again`,
    );
    this.#onFailed(error === undefined ? ended : usbError(this.#what, error));
  }
}
