import { EventEmitter } from "node:events";
import type { HidEntry, HidModule } from "../../../../host/transport/hid/hid-module.ts";
import {
  HID_USAGE,
  HID_USAGE_PAGE,
  USB_PRODUCT_ID,
  USB_VENDOR_ID,
} from "../../../../hw-profiles/interface/usb.ts";

/** A handle of node-hid whose device the test plays. */
export class FakeHandle extends EventEmitter {
  readonly calls: [string, ...unknown[]][] = [];
  async write(report: Buffer): Promise<number> {
    this.calls.push(["write", ...report]);
    return report.length;
  }
  async sendFeatureReport(report: Buffer): Promise<number> {
    this.calls.push(["send", ...report]);
    return report.length;
  }
  async getFeatureReport(reportId: number, length: number): Promise<Uint8Array> {
    this.calls.push(["get", reportId, length]);
    const report = new Uint8Array(length);
    report[0] = reportId;
    return report;
  }
  async close(): Promise<void> {
    this.calls.push(["close"]);
  }
}

/** How node-hid lists a board. */
export function boardEntry(serialNumber: string, change: Partial<HidEntry> = {}): HidEntry {
  return {
    vendorId: USB_VENDOR_ID,
    productId: USB_PRODUCT_ID,
    path: `/dev/hidraw-${serialNumber}`,
    serialNumber,
    product: "inas-lidar-64x48",
    usagePage: HID_USAGE_PAGE,
    usage: HID_USAGE,
    ...change,
  };
}

/** node-hid with these devices; `open` gets the path. */
export function fakeHid(
  entries: readonly HidEntry[],
  open: HidModule["HIDAsync"]["open"] = async () => new FakeHandle(),
): HidModule {
  return { devicesAsync: async () => entries, HIDAsync: { open } };
}
