import { describe, expect, it } from "vitest";
import * as Reports from "../../../hw-profiles/interface/reports.ts";
import { configurationDescriptor, deviceDescriptor, stringDescriptor } from "../../../sim/usb/descriptors.ts";
import { BOS, MS_OS_DESCRIPTOR_SET } from "../../../sim/usb/ms-os-descriptors.ts";
import { reportDescriptor } from "../../../sim/usb/report-descriptor.ts";
import * as C from "../../../sim/usb/usb-constants.ts";
import { UsbDevice } from "../../../sim/usb/usb-device.ts";
import { CannedBoard } from "../../bench/usb/canned-board.ts";

/** Takes a chain of descriptors apart by their length bytes. */
function chain(bytes: Uint8Array): Uint8Array[] {
  const parts: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += bytes[at]!) {
    expect(bytes[at]).toBeGreaterThanOrEqual(2);
    parts.push(bytes.subarray(at, at + bytes[at]!));
  }
  return parts;
}

function word(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8);
}

interface ReportItem {
  readonly kind: "input" | "output" | "feature";
  readonly id: number;
  readonly bits: number;
}

/** Reads a report descriptor item by item, as HID 1.11 section 6.2.2 says, keeping the global items. */
function reports(bytes: Uint8Array): ReportItem[] {
  const found: ReportItem[] = [];
  const kinds = new Map([
    [0x80, "input"],
    [0x90, "output"],
    [0xb0, "feature"],
  ] as const);
  let [id, size, count, depth] = [0, 0, 0, 0];
  for (let at = 0; at < bytes.length; ) {
    const prefix = bytes[at]!;
    const length = [0, 1, 2, 4][prefix & 3]!;
    let value = 0;
    for (let i = 0; i < length; i++) value |= bytes[at + 1 + i]! << (8 * i);
    const tag = prefix & 0xfc;
    if (tag === 0x84) id = value;
    if (tag === 0x74) size = value;
    if (tag === 0x94) count = value;
    if (tag === 0xa0) depth++;
    if (tag === 0xc0) depth--;
    const kind = kinds.get(tag as 0x80);
    if (kind !== undefined) found.push({ kind, id, bits: size * count });
    at += 1 + length;
  }
  expect(depth).toBe(0);
  return found;
}

describe("descriptors", () => {
  it("the report descriptor has the reports of the contract, ids left out of their length", () => {
    expect(reports(reportDescriptor())).toEqual([
      { kind: "input", id: Reports.REPORT_ID_DATA, bits: 8 * (Reports.REPORT_BYTES - 1) },
      { kind: "output", id: Reports.REPORT_ID_COMMAND, bits: 8 * (Reports.COMMAND_BYTES - 1) },
      { kind: "feature", id: Reports.REPORT_ID_REGISTER, bits: 8 * (Reports.REGISTER_REPORT_BYTES - 1) },
    ]);
  });

  it.each([
    [C.SPEED_HIGH, 1024, 512],
    [C.SPEED_FULL, 64, 64],
  ] as const)("the configuration at speed %i holds together", (speed, hidPacket, bulkPacket) => {
    const bytes = configurationDescriptor(speed, C.DESCRIPTOR_CONFIGURATION);
    const parts = chain(bytes);
    expect(parts.map((part) => part[1])).toEqual([2, 4, 0x21, 5, 5, 4, 5]);
    expect(word(bytes, 2)).toBe(bytes.length);
    expect(bytes[4]).toBe(parts.filter((part) => part[1] === C.DESCRIPTOR_INTERFACE).length);
    const endpoints = parts.filter((part) => part[1] === C.DESCRIPTOR_ENDPOINT);
    expect(endpoints.map((part) => [part[2], part[3], word(part, 4)])).toEqual([
      [0x81, C.TRANSFER_INTERRUPT, hidPacket],
      [0x02, C.TRANSFER_INTERRUPT, 64],
      [0x83, C.TRANSFER_BULK, bulkPacket],
    ]);
    const hid = parts.find((part) => part[1] === C.DESCRIPTOR_HID)!;
    expect(word(hid, 7)).toBe(reportDescriptor().length);
  });

  it("device and strings are of the length they say", () => {
    expect(chain(deviceDescriptor())).toHaveLength(1);
    const strings = { manufacturer: "m", product: "p", serialNumber: "s-1" };
    for (let index = 0; index <= 4; index++) expect(chain(stringDescriptor(index, strings)!)).toHaveLength(1);
    expect(stringDescriptor(5, strings)).toBeUndefined();
  });

  it("the MS OS 2.0 set nests: every length covers what lies within", () => {
    expect(word(MS_OS_DESCRIPTOR_SET, 8)).toBe(MS_OS_DESCRIPTOR_SET.length);
    const configuration = MS_OS_DESCRIPTOR_SET.subarray(10);
    expect(word(configuration, 6)).toBe(configuration.length);
    const subset = configuration.subarray(8);
    expect(word(subset, 6)).toBe(subset.length);
    const lengths = [];
    for (let at = 8; at < subset.length; at += word(subset, at)) lengths.push(word(subset, at + 2));
    expect(lengths).toEqual([3, 4]);
    expect(word(BOS, 2)).toBe(BOS.length);
    expect(word(BOS, BOS.length - 4)).toBe(MS_OS_DESCRIPTOR_SET.length);
  });
});

describe.each([
  [C.SPEED_HIGH, C.SPEED_FULL],
  [C.SPEED_FULL, C.SPEED_HIGH],
] as const)("a device at speed %i", (speed, other) => {
  const strings = { manufacturer: "m", product: "p", serialNumber: "s-1" };
  const device = new UsbDevice(new CannedBoard(false), strings, speed);

  /** GET_DESCRIPTOR of the device. */
  function get(type: number, length: number): Uint8Array {
    const setup = Uint8Array.of(0x80, 6, 0, type, 0, 0, length & 255, length >> 8);
    const result = device.control(setup, new Uint8Array(0));
    if (result.kind !== "done") throw new Error(`found ${result.kind}, expected a descriptor`);
    return result.data;
  }

  it("tells what it would be at the other speed", () => {
    const there = get(C.DESCRIPTOR_OTHER_SPEED, 4096);
    const expected = configurationDescriptor(other, C.DESCRIPTOR_CONFIGURATION);
    expect(there[1]).toBe(C.DESCRIPTOR_OTHER_SPEED);
    expect(there.subarray(2)).toEqual(expected.subarray(2));
    expect(get(C.DESCRIPTOR_CONFIGURATION, 4096)).toEqual(
      configurationDescriptor(speed, C.DESCRIPTOR_CONFIGURATION),
    );
  });

  it("has a qualifier that agrees with the device descriptor where both speak", () => {
    const [own, qualifier] = [get(C.DESCRIPTOR_DEVICE, 64), get(C.DESCRIPTOR_QUALIFIER, 64)];
    expect(qualifier).toHaveLength(10);
    // Release, class, subclass, protocol and packet of endpoint 0; then the configurations, and a byte that must be 0.
    expect(qualifier.subarray(2, 8)).toEqual(own.subarray(2, 8));
    expect([...qualifier.subarray(8)]).toEqual([own[17], 0]);
  });

  it("leads Windows from the BOS to its descriptor set", () => {
    const bos = get(C.DESCRIPTOR_BOS, 4096);
    expect(word(bos, 2)).toBe(bos.length);
    const [, capability] = chain(bos);
    expect([capability![1], capability![2]]).toEqual([0x10, 5]);
    // {D8DD60DF-4589-4CC7-9CD2-659D9E648A9F} of Microsoft's specification.
    const uuid = Buffer.from(capability!.subarray(4, 20)).toString("hex");
    expect(uuid).toBe("df60ddd88945c74c9cd2659d9e648a9f");
    const [length, request] = [word(capability!, 24), capability![26]!];
    const setup = Uint8Array.of(0xc0, request, 0, 0, 7, 0, length & 255, length >> 8);
    const set = device.control(setup, new Uint8Array(0));
    expect(set).toEqual({ kind: "done", data: MS_OS_DESCRIPTOR_SET });
    expect(Buffer.from(MS_OS_DESCRIPTOR_SET).toString("latin1")).toContain("WINUSB\0\0");
  });

  it("gives a descriptor's beginning to a host that asks for less", () => {
    expect(get(C.DESCRIPTOR_CONFIGURATION, 9)).toEqual(get(C.DESCRIPTOR_CONFIGURATION, 4096).subarray(0, 9));
  });
});
