import { execFileSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import * as Rep from "../../../hw-profiles/interface/reports.ts";
import * as Usb from "../../../hw-profiles/interface/usb.ts";
import { type Check, must, same } from "../../device/check.ts";

const HID_DRIVER = "/sys/bus/usb/drivers/usbhid";
/** How lsusb speaks of what it cannot make sense of. */
const COMPLAINT = /warning|unrecognized|junk|invalid|error|too short|\?\?\?|unavailable/i;

/** Interfaces that the kernel's HID driver has: "1-1:1.0". */
function drivenInterfaces(): string[] {
  return readdirSync(HID_DRIVER).filter((name) => /^\d+-[\d.]+:\d+\.\d+$/.test(name));
}

/** What lsusb reads from the boards. It gets the report descriptors only while no driver has the interface. */
function readByLsusb(): string {
  const interfaces = drivenInterfaces();
  for (const name of interfaces) writeFileSync(`${HID_DRIVER}/unbind`, name);
  const id = [Usb.USB_VENDOR_ID, Usb.USB_PRODUCT_ID].map((value) => value.toString(16).padStart(4, "0"));
  const text = execFileSync("lsusb", ["-v", "-d", id.join(":")], { encoding: "utf8" });
  for (const name of interfaces) writeFileSync(`${HID_DRIVER}/bind`, name);
  return text;
}

/** All numbers of items like "Item(Global): Report Count, data= [ 0xff 0x03 ] 1023". */
function items(text: string, name: string): number[] {
  const pattern = new RegExp(`\\): ${name}, data= \\[.*?\\] (\\d+)`, "g");
  return [...text.matchAll(pattern)].map((item) => Number(item[1]));
}

export const DESCRIPTOR_CHECKS: readonly Check[] = [
  {
    name: "lsusb reads every descriptor, that of the reports included, and complains of none",
    run: async ({ boards }) => {
      const text = readByLsusb();
      const complaints = text.split("\n").filter((line) => COMPLAINT.test(line));
      same("complaints of lsusb", complaints.join("\n"), "");
      const counts = [Rep.REPORT_BYTES, Rep.COMMAND_BYTES, Rep.REGISTER_REPORT_BYTES].map(
        (bytes) => bytes - 1,
      );
      const ids = [Rep.REPORT_ID_DATA, Rep.REPORT_ID_COMMAND, Rep.REPORT_ID_REGISTER];
      same("report counts", String(items(text, "Report Count")), String(boards.flatMap(() => counts)));
      same("report ids", String(items(text, "Report ID")), String(boards.flatMap(() => ids)));
      for (const { serialNumber } of boards)
        must(text.includes(serialNumber), `found no ${serialNumber} in what lsusb reads, expected it`);
    },
  },
];
