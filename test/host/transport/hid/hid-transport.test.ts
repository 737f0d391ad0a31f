import { expect, it } from "vitest";
import { HidTransport } from "../../../../host/transport/hid/hid-transport.ts";
import { FakeHandle } from "./fake-hid.ts";

it("passes reports on with their ids, and tells of the end once", async () => {
  const handle = new FakeHandle();
  const transport = new HidTransport("hid:X", handle);
  const reports: Uint8Array[] = [];
  const ends: (Error | undefined)[] = [];
  transport.onReport((report) => reports.push(report));
  transport.onClosed((reason) => ends.push(reason));
  handle.emit("data", Buffer.of(1, 2, 3));
  expect(reports).toEqual([Uint8Array.of(1, 2, 3)]);
  await transport.sendReport(Uint8Array.of(2, 7));
  await transport.sendFeatureReport(Uint8Array.of(3, 8));
  expect(await transport.getFeatureReport(3, 2)).toEqual(Uint8Array.of(3, 0));
  await transport.close();
  await transport.close();
  expect(handle.calls).toEqual([["write", 2, 7], ["send", 3, 8], ["get", 3, 2], ["close"]]);
  expect(ends).toEqual([undefined]);
});

it("gives plain arrays, whose slices are copies, for node-hid's Buffers", async () => {
  const handle = new FakeHandle();
  handle.getFeatureReport = async () => Buffer.of(3, 9);
  const transport = new HidTransport("hid:X", handle);
  const reports: Uint8Array[] = [];
  transport.onReport((report) => reports.push(report));
  handle.emit("data", Buffer.of(1, 2, 3));
  for (const report of [...reports, await transport.getFeatureReport(3, 2)]) {
    expect(Buffer.isBuffer(report)).toBe(false);
    const copy = report.slice();
    report[0] = 77;
    expect(copy[0]).not.toBe(77);
  }
});

it("an unplug arrives as a plain string while reading, and ends the transport by name", async () => {
  const handle = new FakeHandle();
  const transport = new HidTransport("hid:X", handle);
  const ends: (Error | undefined)[] = [];
  transport.onClosed((reason) => ends.push(reason));
  const text =
    "could not read from HID device: hid_read_timeout: unexpected poll error (device disconnected)";
  handle.emit("error", text);
  handle.emit("error", text);
  expect(ends).toMatchObject([{ name: "TransportError", code: "unplugged" }]);
  expect(handle.calls).toEqual([["close"]]);
});

it("a transfer that finds no device ends the transport, too, before its caller learns it", async () => {
  const handle = new FakeHandle();
  handle.sendFeatureReport = async () => {
    throw new Error("could not send feature report to device: ioctl (SFEATURE): No such device");
  };
  const transport = new HidTransport("hid:X", handle);
  let end: Error | undefined;
  transport.onClosed((reason) => {
    end = reason;
  });
  const error: unknown = await transport
    .sendFeatureReport(Uint8Array.of(3))
    .catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: "unplugged" });
  expect(end).toBe(error);
});

it("a request that is refused is a stall, and the transport goes on", async () => {
  const handle = new FakeHandle();
  handle.getFeatureReport = async () => {
    throw new Error("could not get feature report from device: ioctl (GFEATURE): Broken pipe");
  };
  const transport = new HidTransport("hid:X", handle);
  await expect(transport.getFeatureReport(3, 64)).rejects.toMatchObject({
    code: "stalled",
    message: expect.stringContaining("Broken pipe"),
  });
  await transport.sendReport(Uint8Array.of(2));
  expect(handle.calls).toEqual([["write", 2]]);
});

it("a report that comes or goes short is truncated", async () => {
  const handle = new FakeHandle();
  handle.getFeatureReport = async () => new Uint8Array(63);
  handle.write = async () => 11;
  const transport = new HidTransport("hid:X", handle);
  await expect(transport.getFeatureReport(3, 64)).rejects.toMatchObject({
    code: "truncated",
    message: expect.stringMatching(
      /^hid:X: found 63 bytes received of a report of 64, expected a whole report;/,
    ),
  });
  await expect(transport.sendReport(new Uint8Array(12))).rejects.toMatchObject({ code: "truncated" });
});

it("an answer that comes too late is nobody's", async () => {
  const handle = new FakeHandle();
  const answers: ((report: Uint8Array) => void)[] = [];
  handle.getFeatureReport = () => new Promise((resolve) => answers.push(resolve));
  const transport = new HidTransport("hid:X", handle, 20);
  await expect(transport.getFeatureReport(3, 1)).rejects.toMatchObject({
    code: "timeout",
    message: expect.stringContaining("found no answer after 20 ms"),
  });
  const next = transport.getFeatureReport(3, 1);
  answers[0]?.(Uint8Array.of(7));
  answers[1]?.(Uint8Array.of(8));
  expect(await next).toEqual(Uint8Array.of(8));
});

it("closing does not hang on a transfer that does", async () => {
  const handle = new FakeHandle();
  handle.close = () => new Promise(() => undefined);
  await new HidTransport("hid:X", handle, 20).close();
});
