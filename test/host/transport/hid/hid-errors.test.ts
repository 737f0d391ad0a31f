import { expect, it } from "vitest";
import { hidError, hidErrorCode } from "../../../../host/transport/hid/hid-errors.ts";

const PATH = "cannot open device with path /dev/hidraw0: Failed to open a device with path '/dev/hidraw0'";

/** As node-hid 3.4.0 says it on Linux. */
it.each([
  ["absent", "open", `${PATH}: No such file or directory`],
  ["absent", "open", `${PATH}: No such device`],
  [
    "absent",
    "open",
    "cannot open device with vendor id 0x1209 and product id 0x1: No HID devices with requested VID/PID found in the system.",
  ],
  [
    "absent",
    "open",
    "cannot open device with vendor id 0x1209 and product id 0x1: No HID devices found in the system.",
  ],
  [
    "absent",
    "open",
    "cannot open device with vendor id 0x1209 and product id 0x1: Device with requested VID/PID/(SerialNumber) not found",
  ],
  ["permission", "open", `${PATH}: Permission denied`],
  ["permission", "open", `${PATH}: Operation not permitted`],
  ["busy", "open", `${PATH}: Device or resource busy`],
  [
    "busy",
    "open",
    "cannot open device with path X: hid_open_path: failed to open device: The process cannot access the file because it is being used by another process.",
  ],
  ["busy", "open", "cannot open device with path Y: something nobody has seen"],
  [
    "unplugged",
    "read",
    "could not read from HID device: hid_read_timeout: unexpected poll error (device disconnected)",
  ],
  ["unplugged", "read", "could not read from HID device: No such device"],
  ["unplugged", "read", "could not read from HID device: Input/output error"],
  ["unplugged", "read", "could not read from HID device"],
  ["unplugged", "transfer", "Cannot write to hid device: No such device"],
  ["unplugged", "transfer", "could not send feature report to device: ioctl (SFEATURE): No such device"],
  ["unplugged", "transfer", "could not get feature report from device: ioctl (GFEATURE): No such device"],
  [
    "unplugged",
    "transfer",
    "could not send feature report to device: ioctl (SFEATURE): Cannot send after transport endpoint shutdown",
  ],
  ["unplugged", "transfer", "device has been closed"],
  ["stalled", "transfer", "could not send feature report to device: ioctl (SFEATURE): Broken pipe"],
  ["stalled", "transfer", "could not get feature report from device: ioctl (GFEATURE): Broken pipe"],
  ["stalled", "transfer", "Cannot write to hid device: Broken pipe"],
  ["stalled", "transfer", "could not get feature report from device: ioctl (GFEATURE): Protocol error"],
  ["timeout", "transfer", "could not get feature report from device: ioctl (GFEATURE): Connection timed out"],
] as const)("%s, %s: %s", (code, act, text) => {
  expect(hidErrorCode(new Error(text), act)).toBe(code);
  expect(hidErrorCode(text, act)).toBe(code);
});

it("says what was found, what was expected and what to do", () => {
  const error = hidError("hid:CQD-1", new Error(`${PATH}: Permission denied`), "open");
  expect(error.message).toBe(
    `hid:CQD-1: found "${PATH}: Permission denied", expected leave to read and write; install the rule ` +
      "70-cqd-readout.rules (npx cqd doctor --rule | sudo tee /etc/udev/rules.d/70-cqd-readout.rules; sudo udevadm control " +
      "--reload && sudo udevadm trigger), then plug the board in anew",
  );
  expect(error).toMatchObject({ name: "TransportError", code: "permission" });
});
