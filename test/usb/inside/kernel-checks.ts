import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import * as Rep from "../../../hw-profiles/interface/reports.ts";
import { HID_USAGE, HID_USAGE_PAGE } from "../../../hw-profiles/interface/usb.ts";
import { type Check, must, same } from "../../device/check.ts";

const HID_DEBUG = "/sys/kernel/debug/hid";
/** What the kernel says of a device or a descriptor that it does not like. */
const COMPLAINT =
  /(usb|hid|vhci).*(error|fail|invalid|unknown|unexpected|exceed|too (short|long|big|large)|not (supported|responding)|bogus|warn)/i;
/** Not about us: the root hubs of a virtual controller, and cables that a test pulled. */
const HARMLESS =
  /algorithms for LPM|vhci_hcd: (connection|release|stop|disconnect|unlink|sendmsg failed)|can't find hid|reset/i;

function kernelLines(): string[] {
  return execFileSync("dmesg", { encoding: "utf8" }).split("\n");
}

/** How the kernel's own parser reads the report descriptor: its dump of fields. */
function parsedDescriptors(): string[] {
  return readdirSync(HID_DEBUG).map((device) => readFileSync(`${HID_DEBUG}/${device}/rdesc`, "utf8"));
}

/** "Report Count(1023)" and such of the report that follows `heading`. */
function fieldOf(dump: string, heading: string, name: string): number {
  const from = dump.indexOf(heading);
  must(from >= 0, `found no ${heading} in the kernel's dump, expected it:\n${dump}`);
  return Number(new RegExp(`${name}\\((\\d+)\\)`).exec(dump.slice(from))?.[1]);
}

const REPORTS: readonly (readonly [heading: string, bytes: number])[] = [
  [`INPUT(${Rep.REPORT_ID_DATA})[INPUT]`, Rep.REPORT_BYTES],
  [`OUTPUT(${Rep.REPORT_ID_COMMAND})[OUTPUT]`, Rep.COMMAND_BYTES],
  [`FEATURE(${Rep.REPORT_ID_REGISTER})[FEATURE]`, Rep.REGISTER_REPORT_BYTES],
];

export const KERNEL_CHECKS: readonly Check[] = [
  {
    name: "the kernel's HID parser reads three reports of the contract's lengths",
    run: async ({ boards }) => {
      const dumps = parsedDescriptors();
      same("HID devices of the kernel", dumps.length, boards.length);
      for (const dump of dumps) {
        for (const [heading, bytes] of REPORTS) {
          same(`${heading} Report Count`, fieldOf(dump, heading, "Report Count"), bytes - 1);
          same(`${heading} Report Size`, fieldOf(dump, heading, "Report Size"), 8);
        }
        const usage = `${HID_USAGE_PAGE.toString(16)}.${HID_USAGE.toString(16).padStart(4, "0")}`;
        must(dump.includes(`Application(${usage}`), `found no Application(${usage}) in:\n${dump}`);
      }
    },
  },
  {
    name: "hid-generic drives every board, and the kernel complains of none",
    run: async ({ boards }) => {
      const lines = kernelLines();
      const driven = lines.filter((line) => /hid-generic .*hidraw\d+: USB HID/.test(line));
      must(
        driven.length >= boards.length,
        `found ${driven.length} lines of hid-generic, expected ${boards.length}`,
      );
      const complaints = lines.filter((line) => COMPLAINT.test(line) && !HARMLESS.test(line));
      same("complaints of the kernel", complaints.join("\n"), "");
    },
  },
];
