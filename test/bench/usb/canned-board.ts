import { STREAM_BULK, STREAM_HID } from "../../../hw-profiles/interface/registers.ts";
import { REGISTER_REPORT_BYTES, REPORT_BYTES } from "../../../hw-profiles/interface/reports.ts";
import type { UsbBoardPort } from "../../../sim/usb/usb-board.ts";
import { SPEED_HIGH } from "../../../sim/usb/usb-constants.ts";
import { UsbDevice } from "../../../sim/usb/usb-device.ts";

/** A board that has a report for every credit at once: what is left is the bus. */
export class CannedBoard implements UsbBoardPort {
  readonly device: UsbDevice;
  readonly streamInterface: number;
  lost = 0;

  constructor(isBulk: boolean) {
    this.streamInterface = isBulk ? STREAM_BULK : STREAM_HID;
    const strings = { manufacturer: "bench", product: "canned", serialNumber: "CANNED" };
    this.device = new UsbDevice(this, strings, SPEED_HIGH);
  }

  grantCredit(reports: number): void {
    for (let i = 0; i < reports; i++) this.device.offer(new Uint8Array(REPORT_BYTES));
  }

  reportLost(): void {
    this.lost++;
  }

  request(): void {
    // It has no registers.
  }

  reply(): Uint8Array {
    return new Uint8Array(REGISTER_REPORT_BYTES);
  }

  reset(): void {
    // It keeps nothing.
  }
}
