import { expect, it } from "vitest";
import { isStall, usbError } from "../../../../host/transport/bulk/usb-error.ts";
import { libusbError } from "./usbip-module.ts";

it.each([
  [-3, "permission"],
  [-4, "unplugged"],
  [-6, "busy"],
  [1, "unplugged"],
  [4, "stalled"],
  [5, "unplugged"],
  [-99, "stalled"],
])("libusb's %i is %s, with what to do and the cause", (errno, code) => {
  const cause = libusbError(errno);
  const error = usbError("bulk interface of CQD-1", cause);
  expect(error).toMatchObject({ code, cause });
  expect(error.message).toMatch(/^bulk interface of CQD-1: .*(plug|rule|close)/);
  expect(isStall(cause)).toBe(errno === 4);
});

it("an error without a number keeps its text", () => {
  const { code, message } = usbError("pipe", new Error("no endpoint"));
  expect([code, message]).toEqual(["stalled", "pipe: no endpoint; plug the device in again"]);
});
