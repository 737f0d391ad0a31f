import { USB_PRODUCT_ID, USB_VENDOR_ID } from "../../../hw-profiles/interface/usb.ts";

export const RULE_FILE = "70-cqd-readout.rules";
export const RULE_FOLDER = "/etc/udev/rules.d";

/** What a user types to install the rule. */
export const RULE_COMMANDS: readonly [string, string] = [
  `npx cqd doctor --rule | sudo tee ${RULE_FOLDER}/${RULE_FILE}`,
  "sudo udevadm control --reload && sudo udevadm trigger",
];

function hex(id: number): string {
  return id.toString(16).padStart(4, "0");
}

/**
 * The udev rule that lets users open boards: whoever sits at the machine, and the group plugdev where nobody does. One line
 * for hidraw, one for the whole device, which the vendor interface needs. It must be read before 73-seat-late.rules.
 */
export function udevRule(): string {
  const ids = (attribute: string) =>
    `${attribute}{idVendor}=="${hex(USB_VENDOR_ID)}", ${attribute}{idProduct}=="${hex(USB_PRODUCT_ID)}"`;
  const access = 'MODE="0660", GROUP="plugdev", TAG+="uaccess"';
  return [
    `# ${RULE_FILE}: boards of cqd-readout. Printed by: npx cqd doctor --rule`,
    `ACTION!="remove", KERNEL=="hidraw*", SUBSYSTEM=="hidraw", ${ids("ATTRS")}, ${access}`,
    `ACTION!="remove", SUBSYSTEM=="usb", ENV{DEVTYPE}=="usb_device", ${ids("ATTR")}, ${access}`,
    "",
  ].join("\n");
}
