import type { Transport } from "../transport.ts";
import { HidTransport } from "./hid-transport.ts";

export interface HidDeviceEntry {
  readonly serialNumber: string;
  readonly product: string;
  readonly path: string;
}

/** HID devices of a vendor-defined usage page that have a serial number; none where node-hid cannot look. */
export async function listHidDevices(): Promise<HidDeviceEntry[]> {
  const hid = await import("node-hid").catch(() => undefined);
  if (hid === undefined) return [];
  const devices = await hid.devicesAsync().catch(() => []);
  return devices.flatMap(({ serialNumber, product, path, usagePage }) =>
    serialNumber && path && isVendorPage(usagePage) ? [{ serialNumber, product: product ?? "", path }] : [],
  );
}

/** @throws Error that names the devices found when none has this serial number. */
export async function openHidTransport(serialNumber: string): Promise<Transport> {
  const devices = await listHidDevices();
  const device = devices.find((entry) => entry.serialNumber === serialNumber);
  if (device === undefined) {
    const found = devices.map((entry) => entry.serialNumber).join(", ") || "none";
    throw new Error(
      `device hid:${serialNumber}: found ${found} among the HID devices, expected this serial number; ` +
        "boards arrive with hardware support, until then use sim:PROFILE",
    );
  }
  const { HIDAsync } = await import("node-hid");
  return new HidTransport(`hid:${serialNumber}`, await HIDAsync.open(device.path));
}

/** Vendor-defined usage pages; some systems do not tell the page. */
function isVendorPage(usagePage: number | undefined): boolean {
  return usagePage === undefined || usagePage >= 0xff00;
}
