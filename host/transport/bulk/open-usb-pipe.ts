import * as Usb from "../../../hw-profiles/interface/usb.ts";
import { TransportError } from "../transport-error.ts";
import type { BulkPipe } from "./bulk-pipe.ts";
import { usbError } from "./usb-error.ts";
import { loadUsbModule, type UsbDeviceHandle, type UsbModule } from "./usb-module.ts";
import { UsbPipe } from "./usb-pipe.ts";

/**
 * Claim the vendor interface of the board with this serial number. Its HID interface stays what it is.
 * @param module the package `usb`, or what speaks like it.
 * @throws TransportError "absent", "permission", "busy"
 */
export async function openUsbPipe(serialNumber: string, module?: UsbModule): Promise<BulkPipe> {
  const usb = module ?? (await loadUsbModule());
  const what = `bulk interface of ${serialNumber}`;
  const device = await findDevice(usb, serialNumber, what);
  try {
    return new UsbPipe(device, what);
  } catch (error) {
    device.close();
    throw error instanceof Error ? usbError(what, error) : error;
  }
}

/** @returns it open; every other one is closed again. */
async function findDevice(usb: UsbModule, serialNumber: string, what: string): Promise<UsbDeviceHandle> {
  let refusal: Error | undefined;
  for (const device of usb.getDeviceList().filter(isBoard)) {
    try {
      device.open();
    } catch (error) {
      refusal = error instanceof Error ? error : new Error(String(error));
      continue;
    }
    if ((await serialOf(device)) === serialNumber) return device;
    device.close();
  }
  if (refusal !== undefined) throw usbError(what, refusal);
  throw new TransportError("absent", `${what}: found no USB device of this serial number; is it plugged in?`);
}

function isBoard({ deviceDescriptor }: UsbDeviceHandle): boolean {
  return deviceDescriptor.idVendor === Usb.USB_VENDOR_ID && deviceDescriptor.idProduct === Usb.USB_PRODUCT_ID;
}

/** Undefined where it cannot be read: then it is not the one that is looked for. */
function serialOf(device: UsbDeviceHandle): Promise<string | undefined> {
  const { iSerialNumber } = device.deviceDescriptor;
  return new Promise((resolve) => device.getStringDescriptor(iSerialNumber, (_error, text) => resolve(text)));
}
