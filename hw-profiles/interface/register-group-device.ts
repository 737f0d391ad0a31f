import { ABI_VERSION, DEVICE_MAGIC } from "./abi.ts";
import { entry, type RegisterEntry, SFNC } from "./register-entry.ts";
import * as Reg from "./registers.ts";
import { WIRE_VERSION } from "./reports.ts";

const LONG = { ...SFNC, bytes: Reg.STRING_BYTES_LONG } as const;
const SHORT = { ...SFNC, bytes: Reg.STRING_BYTES_SHORT } as const;

export const device: readonly RegisterEntry[] = [
  entry("DeviceMagic", Reg.REG_DEVICE_MAGIC, "ro", "u32", `"CQDR", 0x${DEVICE_MAGIC.toString(16)}.`),
  entry(
    "AbiVersion",
    Reg.REG_ABI_VERSION,
    "ro",
    "u32",
    `Version of this contract; this document: ${ABI_VERSION}.`,
  ),
  entry(
    "WireVersion",
    Reg.REG_WIRE_VERSION,
    "ro",
    "u32",
    `Version of the reports' layouts; this document: ${WIRE_VERSION}.`,
  ),
  entry("DeviceVendorName", Reg.REG_DEVICE_VENDOR_NAME, "ro", "string", "Maker of the board.", LONG),
  entry("DeviceModelName", Reg.REG_DEVICE_MODEL_NAME, "ro", "string", "Name of the sensor profile.", LONG),
  entry("DeviceSerialNumber", Reg.REG_DEVICE_SERIAL_NUMBER, "ro", "string", "One per device.", SHORT),
  entry(
    "DeviceFirmwareVersion",
    Reg.REG_DEVICE_FIRMWARE_VERSION,
    "ro",
    "string",
    "Build of the module.",
    SHORT,
  ),
];
