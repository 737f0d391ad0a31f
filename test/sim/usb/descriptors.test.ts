import { describe, expect, it } from "vitest";
import * as Reports from "../../../hw-profiles/interface/reports.ts";
import { configurationDescriptor, deviceDescriptor, stringDescriptor } from "../../../sim/usb/descriptors.ts";
import { BOS, MS_OS_DESCRIPTOR_SET } from "../../../sim/usb/ms-os-descriptors.ts";
import { reportDescriptor } from "../../../sim/usb/report-descriptor.ts";
import * as C from "../../../sim/usb/usb-constants.ts";

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
