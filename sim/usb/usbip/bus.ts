import * as Usb from "../../../hw-profiles/interface/usb.ts";
import type { UsbDevice } from "../usb-device.ts";
import type { ExportedDevice } from "./protocol.ts";

const BUS_NUMBER = 1;
const CLASS_HID: readonly [number, number, number] = [3, 0, 0];
const CLASS_VENDOR: readonly [number, number, number] = [0xff, 0, 0];

interface Port {
  readonly exported: ExportedDevice;
  readonly device: UsbDevice;
  /** Ends the connection of the host that has it. */
  unplug: (() => void) | undefined;
}

/** A device as a connection gets it. */
export interface TakenDevice {
  readonly exported: ExportedDevice;
  readonly device: UsbDevice;
  readonly release: () => void;
}

/** The simulated bus: boards on ports, each taken by one host at a time. */
export class Bus {
  readonly #ports = new Map<string, Port>();

  constructor(devices: readonly UsbDevice[]) {
    devices.forEach((device, i) => {
      const busId = `${BUS_NUMBER}-${i + 1}`;
      const exported = {
        busId,
        busNumber: BUS_NUMBER,
        deviceNumber: i + 2,
        speed: device.speed,
        vendorId: Usb.USB_VENDOR_ID,
        productId: Usb.USB_PRODUCT_ID,
        release: Usb.USB_DEVICE_RELEASE,
        interfaces: [CLASS_HID, CLASS_VENDOR],
      };
      this.#ports.set(busId, { exported, device, unplug: undefined });
    });
  }

  devices(): ExportedDevice[] {
    return [...this.#ports.values()].map(({ exported }) => exported);
  }

  /** @param unplug called when the cable is pulled. @returns undefined: no such device, or another host has it. */
  take(busId: string, unplug: () => void): TakenDevice | undefined {
    const port = this.#ports.get(busId);
    if (port === undefined || port.unplug !== undefined) return undefined;
    port.unplug = unplug;
    const { device, exported } = port;
    const release = () => {
      port.unplug = undefined;
    };
    return { exported, device, release };
  }

  /** Pull the cable of a device. @returns whether a host had it. */
  unplug(busId: string): boolean {
    const unplug = this.#ports.get(busId)?.unplug;
    unplug?.();
    return unplug !== undefined;
  }
}
