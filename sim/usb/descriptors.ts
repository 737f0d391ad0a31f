/** What the board tells a USB host about itself: USB 2.0 chapter 9, HID 1.11 section 6.2, BOS of USB 3.2 section 9.6.2. */
import * as Usb from "../../hw-profiles/interface/usb.ts";
import { descriptor, u16, utf16 } from "./bytes.ts";
import { reportDescriptor } from "./report-descriptor.ts";
import * as C from "./usb-constants.ts";

/** Strings by index; 0 is the list of languages. */
export interface UsbStrings {
  readonly manufacturer: string;
  readonly product: string;
  /** One per board. */
  readonly serialNumber: string;
}

const [STRING_MANUFACTURER, STRING_PRODUCT, STRING_SERIAL, STRING_BULK] = [1, 2, 3, 4];
const BULK_NAME = "data stream";
const ENGLISH_US = 0x0409;
/** USB 2.1, BCD and little endian: there is a BOS. */
const USB_RELEASE = [0x10, 0x02];
const CONTROL_PACKET = 64;
const HID_RELEASE = 0x0111;
const CLASS_HID = 3;
const CLASS_VENDOR = 0xff;
const CONFIGURATIONS = 1;
const CONFIGURATION_VALUE = 1;
/** Bus powered, 500 mA in units of 2 mA; the bit that must be set. */
const [ATTRIBUTES, CURRENT] = [0x80, 250];
/** Service interval: every microframe (2^(1-1) x 125 us), at full speed every frame of 1 ms. */
const INTERVAL = 1;

export function deviceDescriptor(): Uint8Array {
  const fields = [
    ...USB_RELEASE,
    ...[0, 0, 0, CONTROL_PACKET],
    ...u16(Usb.USB_VENDOR_ID),
    ...u16(Usb.USB_PRODUCT_ID),
    ...u16(Usb.USB_DEVICE_RELEASE),
    ...[STRING_MANUFACTURER, STRING_PRODUCT, STRING_SERIAL, CONFIGURATIONS],
  ];
  return Uint8Array.from(descriptor(C.DESCRIPTOR_DEVICE, fields));
}

/** What the device would be at the other speed. */
export function qualifierDescriptor(): Uint8Array {
  const fields = [...USB_RELEASE, 0, 0, 0, CONTROL_PACKET, CONFIGURATIONS, 0];
  return Uint8Array.from(descriptor(C.DESCRIPTOR_QUALIFIER, fields));
}

function endpoint(address: number, transfer: number, packetBytes: number, interval: number): number[] {
  return descriptor(C.DESCRIPTOR_ENDPOINT, [address, transfer, ...u16(packetBytes), interval]);
}

function hidInterface(speed: C.UsbSpeed): number[] {
  const packet = speed === C.SPEED_HIGH ? Usb.HID_PACKET_HIGH_SPEED : Usb.HID_PACKET_FULL_SPEED;
  const report = reportDescriptor();
  const hid = [...u16(HID_RELEASE), 0, 1, C.DESCRIPTOR_REPORT, ...u16(report.length)];
  return [
    ...descriptor(C.DESCRIPTOR_INTERFACE, [Usb.USB_INTERFACE_HID, 0, 2, CLASS_HID, 0, 0, 0]),
    ...descriptor(C.DESCRIPTOR_HID, hid),
    ...endpoint(Usb.USB_ENDPOINT_HID_IN, C.TRANSFER_INTERRUPT, packet, INTERVAL),
    ...endpoint(Usb.USB_ENDPOINT_HID_OUT, C.TRANSFER_INTERRUPT, Usb.HID_OUT_PACKET, INTERVAL),
  ];
}

function bulkInterface(speed: C.UsbSpeed): number[] {
  const packet = speed === C.SPEED_HIGH ? Usb.BULK_PACKET_HIGH_SPEED : Usb.BULK_PACKET_FULL_SPEED;
  const fields = [Usb.USB_INTERFACE_BULK, 0, 1, CLASS_VENDOR, 0, 0, STRING_BULK];
  return [
    ...descriptor(C.DESCRIPTOR_INTERFACE, fields),
    ...endpoint(Usb.USB_ENDPOINT_BULK_IN, C.TRANSFER_BULK, packet, 0),
  ];
}

/** The configuration with all of its interfaces and endpoints. `type`: configuration, or other speed. */
export function configurationDescriptor(speed: C.UsbSpeed, type: number): Uint8Array {
  const inner = [...hidInterface(speed), ...bulkInterface(speed)];
  const interfaces = 2;
  const headBytes = 9;
  const fields = [...u16(headBytes + inner.length), interfaces, CONFIGURATION_VALUE, 0, ATTRIBUTES, CURRENT];
  return Uint8Array.from([...descriptor(type, fields), ...inner]);
}

/** The HID descriptor alone, as GET_DESCRIPTOR of the interface gives it. */
export function hidDescriptor(): Uint8Array {
  const report = reportDescriptor();
  const fields = [...u16(HID_RELEASE), 0, 1, C.DESCRIPTOR_REPORT, ...u16(report.length)];
  return Uint8Array.from(descriptor(C.DESCRIPTOR_HID, fields));
}

/** String `index`; undefined where there is none. */
export function stringDescriptor(index: number, strings: UsbStrings): Uint8Array | undefined {
  if (index === 0) return Uint8Array.from(descriptor(C.DESCRIPTOR_STRING, u16(ENGLISH_US)));
  const text = new Map([
    [STRING_MANUFACTURER, strings.manufacturer],
    [STRING_PRODUCT, strings.product],
    [STRING_SERIAL, strings.serialNumber],
    [STRING_BULK, BULK_NAME],
  ]).get(index);
  return text === undefined ? undefined : Uint8Array.from(descriptor(C.DESCRIPTOR_STRING, utf16(text)));
}
