/**
 * Microsoft OS 2.0 descriptors: Windows gives the vendor interface its own driver (WinUSB) without an .inf file. The HID
 * interface needs none.
 */
import { USB_INTERFACE_BULK, USB_MS_OS_REQUEST } from "../../hw-profiles/interface/usb.ts";
import { descriptor, u16, u32, utf16 } from "./bytes.ts";
import { DESCRIPTOR_BOS, DESCRIPTOR_CAPABILITY } from "./usb-constants.ts";

/** Windows 8.1, the first that reads them. */
const WINDOWS_VERSION = 0x06030000;
/** {D8DD60DF-4589-4CC7-9CD2-659D9E648A9F}, as it lies in memory. */
const MS_OS_PLATFORM = [
  0xdf, 0x60, 0xdd, 0xd8, 0x89, 0x45, 0xc7, 0x4c, 0x9c, 0xd2, 0x65, 0x9d, 0x9e, 0x64, 0x8a, 0x9f,
];
const CAPABILITY_PLATFORM = 5;
const [SET_HEADER, CONFIGURATION_SUBSET, FUNCTION_SUBSET, COMPATIBLE_ID, REGISTRY_PROPERTY] = [0, 1, 2, 3, 4];
const REGISTRY_MULTI_STRING = 7;
const PROPERTY_NAME = "DeviceInterfaceGUIDs";
/** Of this product: programs find the interface by it. */
const INTERFACE_GUID = "{6E7B2C1A-5C2F-4B83-9D0E-6F1C7A3F52D1}";

/** Two bytes of length, two of type, then the fields. */
function item(type: number, fields: readonly number[]): number[] {
  return [...u16(fields.length + 4), ...u16(type), ...fields];
}

function functionSubset(): number[] {
  const compatible = item(COMPATIBLE_ID, [...text8("WINUSB"), ...text8("")]);
  const name = utf16(`${PROPERTY_NAME}\0`);
  const data = utf16(`${INTERFACE_GUID}\0\0`);
  const property = item(REGISTRY_PROPERTY, [
    ...u16(REGISTRY_MULTI_STRING),
    ...u16(name.length),
    ...name,
    ...u16(data.length),
    ...data,
  ]);
  const inner = [...compatible, ...property];
  const headBytes = 8;
  return [...item(FUNCTION_SUBSET, [USB_INTERFACE_BULK, 0, ...u16(headBytes + inner.length)]), ...inner];
}

function text8(text: string): number[] {
  return Array.from({ length: 8 }, (_, i) => text.charCodeAt(i) || 0);
}

function descriptorSet(): number[] {
  const inner = functionSubset();
  const headBytes = 8;
  const configuration = [...item(CONFIGURATION_SUBSET, [0, 0, ...u16(headBytes + inner.length)]), ...inner];
  const setHeadBytes = 10;
  const head = item(SET_HEADER, [...u32(WINDOWS_VERSION), ...u16(setHeadBytes + configuration.length)]);
  return [...head, ...configuration];
}

/** The whole set, in answer to the vendor request. */
export const MS_OS_DESCRIPTOR_SET: Uint8Array = Uint8Array.from(descriptorSet());

function platformCapability(): number[] {
  const fields = [CAPABILITY_PLATFORM, 0, ...MS_OS_PLATFORM, ...u32(WINDOWS_VERSION)];
  const set = [...u16(MS_OS_DESCRIPTOR_SET.length), USB_MS_OS_REQUEST, 0];
  return descriptor(DESCRIPTOR_CAPABILITY, [...fields, ...set]);
}

function bos(): number[] {
  const capability = platformCapability();
  const headBytes = 5;
  return [...descriptor(DESCRIPTOR_BOS, [...u16(headBytes + capability.length), 1]), ...capability];
}

/** Binary object store: where Windows finds out that there is a set. */
export const BOS: Uint8Array = Uint8Array.from(bos());
