/** Endpoint 0: standard requests of USB 2.0 chapter 9, HID's class requests, and the vendor request of Windows. */
import * as Usb from "../../hw-profiles/interface/usb.ts";
import * as D from "./descriptors.ts";
import { HidRequests } from "./hid-requests.ts";
import { BOS, MS_OS_DESCRIPTOR_SET } from "./ms-os-descriptors.ts";
import { reportDescriptor } from "./report-descriptor.ts";
import { parseSetup, type SetupPacket } from "./setup-packet.ts";
import type { UsbBoardPort } from "./usb-board.ts";
import * as C from "./usb-constants.ts";

const NOTHING = new Uint8Array(0);
const CONFIGURATION = 1;
const ADDRESS_MAX = 127;
const MS_OS_SET_INDEX = 7;
const ENDPOINTS: readonly number[] = [
  Usb.USB_ENDPOINT_HID_IN,
  Usb.USB_ENDPOINT_HID_OUT,
  Usb.USB_ENDPOINT_BULK_IN,
];

export interface ControlState {
  readonly address: number;
  /** 0: not configured; endpoints but 0 are dead. */
  readonly configuration: number;
}

/** What the rest of the device learns from control requests. */
export interface ControlListener {
  /** Configured, configured anew, or not any more. */
  configured(isConfigured: boolean): void;
  /** The host cleared a halt: the endpoint's queue starts anew. */
  haltCleared(endpoint: number): void;
}

export class ControlEndpoint {
  readonly hid: HidRequests;
  readonly #strings: D.UsbStrings;
  readonly #speed: C.UsbSpeed;
  readonly #listener: ControlListener;
  readonly #halted = new Set<number>();
  #address = 0;
  #configuration = 0;

  constructor(board: UsbBoardPort, strings: D.UsbStrings, speed: C.UsbSpeed, listener: ControlListener) {
    this.hid = new HidRequests(board);
    this.#strings = strings;
    this.#speed = speed;
    this.#listener = listener;
  }

  get state(): ControlState {
    return { address: this.#address, configuration: this.#configuration };
  }

  isHalted(endpoint: number): boolean {
    return this.#halted.has(endpoint);
  }

  /** Back to the state after a bus reset. */
  reset(): void {
    this.#address = 0;
    this.#configuration = 0;
    this.#halted.clear();
    this.#listener.configured(false);
  }

  /**
   * One control transfer. @param data of the host's data stage. @returns what goes to the host, at most as long as it
   * asked for; undefined: stall.
   */
  transfer(setupBytes: Uint8Array, data: Uint8Array): Uint8Array | undefined {
    const setup = parseSetup(setupBytes);
    if (setup === undefined) return undefined;
    if (!setup.toHost && data.length !== setup.length) return undefined;
    return this.#serve(setup, data)?.subarray(0, setup.length);
  }

  #serve(setup: SetupPacket, data: Uint8Array): Uint8Array | undefined {
    if (setup.type === C.TYPE_CLASS) return this.#class(setup, data);
    if (setup.type === C.TYPE_VENDOR) return vendor(setup);
    if (setup.type !== C.TYPE_STANDARD) return undefined;
    return setup.toHost ? this.#standardRead(setup) : this.#standardWrite(setup);
  }

  #class(setup: SetupPacket, data: Uint8Array): Uint8Array | undefined {
    const isHid = setup.recipient === C.RECIPIENT_INTERFACE && setup.index === Usb.USB_INTERFACE_HID;
    return isHid && this.#configuration !== 0 ? this.hid.serve(setup, data) : undefined;
  }

  #standardRead(setup: SetupPacket): Uint8Array | undefined {
    const { index, recipient, request, value } = setup;
    if (request === C.REQUEST_GET_DESCRIPTOR) {
      if (recipient === C.RECIPIENT_DEVICE) return this.#deviceDescriptor(value >> 8, value & 0xff);
      return recipient === C.RECIPIENT_INTERFACE ? interfaceDescriptor(index, value >> 8) : undefined;
    }
    if (request === C.REQUEST_GET_STATUS) return this.#status(recipient, index);
    if (request === C.REQUEST_GET_CONFIGURATION) return Uint8Array.of(this.#configuration);
    const isInterface = request === C.REQUEST_GET_INTERFACE && this.#hasInterface(recipient, index);
    return isInterface ? Uint8Array.of(0) : undefined;
  }

  #deviceDescriptor(type: number, index: number): Uint8Array | undefined {
    const other = this.#speed === C.SPEED_HIGH ? C.SPEED_FULL : C.SPEED_HIGH;
    if (type === C.DESCRIPTOR_STRING) return D.stringDescriptor(index, this.#strings);
    if (index !== 0) return undefined;
    switch (type) {
      case C.DESCRIPTOR_DEVICE:
        return D.deviceDescriptor();
      case C.DESCRIPTOR_CONFIGURATION:
        return D.configurationDescriptor(this.#speed, type);
      case C.DESCRIPTOR_OTHER_SPEED:
        return D.configurationDescriptor(other, type);
      case C.DESCRIPTOR_QUALIFIER:
        return D.qualifierDescriptor();
      case C.DESCRIPTOR_BOS:
        return BOS;
      default:
        return undefined;
    }
  }

  /** Bus powered, no remote wake-up; interfaces have no status; an endpoint may be halted. */
  #status(recipient: number, index: number): Uint8Array | undefined {
    if (recipient === C.RECIPIENT_DEVICE) return Uint8Array.of(0, 0);
    if (recipient === C.RECIPIENT_INTERFACE)
      return this.#hasInterface(recipient, index) ? Uint8Array.of(0, 0) : undefined;
    const isKnown = recipient === C.RECIPIENT_ENDPOINT && ((index & 0x7f) === 0 || this.#hasEndpoint(index));
    return isKnown ? Uint8Array.of(this.#halted.has(index) ? 1 : 0, 0) : undefined;
  }

  #hasInterface(recipient: number, index: number): boolean {
    if (recipient !== C.RECIPIENT_INTERFACE || this.#configuration === 0) return false;
    return index === Usb.USB_INTERFACE_HID || index === Usb.USB_INTERFACE_BULK;
  }

  #hasEndpoint(index: number): boolean {
    return this.#configuration !== 0 && ENDPOINTS.includes(index);
  }

  #standardWrite({ index, length, recipient, request, value }: SetupPacket): Uint8Array | undefined {
    if (length !== 0) return undefined;
    if (recipient === C.RECIPIENT_DEVICE) {
      if (request === C.REQUEST_SET_ADDRESS) return this.#setAddress(value);
      return request === C.REQUEST_SET_CONFIGURATION ? this.#setConfiguration(value) : undefined;
    }
    if (recipient === C.RECIPIENT_INTERFACE) {
      const isOnly =
        request === C.REQUEST_SET_INTERFACE && value === 0 && this.#hasInterface(recipient, index);
      return isOnly ? NOTHING : undefined;
    }
    const isHalt =
      recipient === C.RECIPIENT_ENDPOINT && value === C.FEATURE_ENDPOINT_HALT && this.#hasEndpoint(index);
    return isHalt ? this.#setHalt(request, index) : undefined;
  }

  #setAddress(address: number): Uint8Array | undefined {
    if (address > ADDRESS_MAX) return undefined;
    this.#address = address;
    return NOTHING;
  }

  #setConfiguration(value: number): Uint8Array | undefined {
    if (value !== 0 && value !== CONFIGURATION) return undefined;
    this.#configuration = value;
    this.#halted.clear();
    this.#listener.configured(value !== 0);
    return NOTHING;
  }

  #setHalt(request: number, endpoint: number): Uint8Array | undefined {
    if (request === C.REQUEST_SET_FEATURE) {
      this.#halted.add(endpoint);
      return NOTHING;
    }
    if (request !== C.REQUEST_CLEAR_FEATURE) return undefined;
    this.#halted.delete(endpoint);
    this.#listener.haltCleared(endpoint);
    return NOTHING;
  }
}

function interfaceDescriptor(index: number, type: number): Uint8Array | undefined {
  if (index !== Usb.USB_INTERFACE_HID) return undefined;
  if (type === C.DESCRIPTOR_HID) return D.hidDescriptor();
  return type === C.DESCRIPTOR_REPORT ? reportDescriptor() : undefined;
}

function vendor({ index, recipient, request, toHost }: SetupPacket): Uint8Array | undefined {
  const isMsOs =
    toHost &&
    recipient === C.RECIPIENT_DEVICE &&
    request === Usb.USB_MS_OS_REQUEST &&
    index === MS_OS_SET_INDEX;
  return isMsOs ? MS_OS_DESCRIPTOR_SET : undefined;
}
