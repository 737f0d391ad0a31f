import type {
  UsbCallback,
  UsbDeviceHandle,
  UsbEndpoint,
  UsbInterface,
  UsbModule,
} from "../../../../host/transport/bulk/usb-module.ts";
import { USB_PRODUCT_ID, USB_VENDOR_ID } from "../../../../hw-profiles/interface/usb.ts";
import type { UsbHost } from "../../../sim/usb/usb-host.ts";

const NOTHING = Buffer.alloc(0);
const BULK_ENDPOINT = 3;
const STATUS_UNLINKED = -104;
const STATUS_STALL = -32;

/** An error as libusb's binding throws it. */
export function libusbError(errno: number): Error {
  return Object.assign(new Error(`LIBUSB ${errno}`), { errno });
}

type Listeners = { data: (bytes: Uint8Array) => void; error: (error: Error) => void; end: () => void };

/** An IN endpoint as package `usb` has it, over USB/IP. */
class Endpoint implements UsbEndpoint {
  readonly #host: UsbHost;
  readonly #listeners: { [E in keyof Listeners]: Listeners[E][] } = { data: [], error: [], end: [] };
  readonly #pending = new Set<number>();
  #isPolling = false;

  constructor(host: UsbHost) {
    this.#host = host;
  }

  on<E extends keyof Listeners>(event: E, listener: Listeners[E]): void {
    this.#listeners[event].push(listener);
  }

  startPoll(transfers: number, bytes: number): void {
    this.#isPolling = true;
    for (let i = 0; i < transfers; i++) void this.#transfer(bytes);
  }

  stopPoll(): void {
    if (!this.#isPolling) throw new Error("Polling is not active.");
    this.#stop();
  }

  clearHalt(done: UsbCallback): void {
    void this.#host
      .write(0x02, 1, 0, 0x80 | BULK_ENDPOINT)
      .then((isDone) => done(isDone ? undefined : libusbError(-4)));
  }

  #stop(): void {
    this.#isPolling = false;
    for (const sequence of this.#pending) void this.#host.cancel(sequence);
    if (this.#pending.size === 0) this.#ended();
  }

  async #transfer(bytes: number): Promise<void> {
    const answered = this.#host.submit(BULK_ENDPOINT, true, bytes, NOTHING);
    const sequence = this.#host.lastSequence;
    this.#pending.add(sequence);
    const answer = await answered;
    this.#pending.delete(sequence);
    if (answer?.status === 0)
      for (const listener of this.#listeners.data) listener(new Uint8Array(answer.data));
    else if (answer?.status !== STATUS_UNLINKED) this.#failed(answer?.status === STATUS_STALL ? 4 : 5);
    if (this.#isPolling) await this.#transfer(bytes);
    else if (this.#pending.size === 0) this.#ended();
  }

  #failed(errno: number): void {
    if (!this.#isPolling) return;
    for (const listener of this.#listeners.error) listener(libusbError(errno));
    this.#stop();
  }

  #ended(): void {
    for (const listener of this.#listeners.end) listener();
  }
}

class Interface implements UsbInterface {
  readonly #device: Device;
  readonly #endpoint: Endpoint;

  constructor(device: Device, host: UsbHost) {
    this.#device = device;
    this.#endpoint = new Endpoint(host);
  }

  claim(): void {
    if (this.#device.isClaimed) throw libusbError(-6);
    this.#device.isClaimed = true;
  }

  release(done: UsbCallback): void {
    this.#device.isClaimed = false;
    done();
  }

  endpoint(address: number): UsbEndpoint | undefined {
    return address === (0x80 | BULK_ENDPOINT) ? this.#endpoint : undefined;
  }
}

class Device implements UsbDeviceHandle {
  readonly deviceDescriptor = { idVendor: USB_VENDOR_ID, idProduct: USB_PRODUCT_ID, iSerialNumber: 3 };
  isClaimed = false;
  opened = 0;
  /** Error number of open(), 0: none. */
  refusal = 0;
  readonly #host: UsbHost;

  constructor(host: UsbHost) {
    this.#host = host;
  }

  open(): void {
    if (this.refusal !== 0) throw libusbError(this.refusal);
    this.opened++;
  }

  close(): void {
    this.opened--;
  }

  interface(): UsbInterface {
    return new Interface(this, this.#host);
  }

  getStringDescriptor(index: number, done: (error?: Error, text?: string) => void): void {
    void this.#host
      .read(0x80, 6, 0x0300 | index, 0x0409, 255)
      .then((bytes) => done(undefined, bytes?.subarray(2).toString("utf16le")));
  }
}

/** Package `usb` on a machine that has these boards attached. */
export class UsbIpModule implements UsbModule {
  readonly devices: readonly Device[];

  constructor(...hosts: readonly UsbHost[]) {
    this.devices = hosts.map((host) => new Device(host));
  }

  getDeviceList(): UsbDeviceHandle[] {
    return [...this.devices];
  }
}
