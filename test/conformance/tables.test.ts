// The tables are complete, do not overlap and agree with the constants beside them.

import { describe, expect, it } from "vitest";
import { PIXEL_FLAG_TABLE, pixelFlagsOf } from "../../hw-profiles/interface/flag-table.ts";
import * as Flags from "../../hw-profiles/interface/pixel-flags.ts";
import { REGISTERS } from "../../hw-profiles/interface/register-table.ts";
import * as Reg from "../../hw-profiles/interface/registers.ts";
import { type FieldEntry, REPORT_LAYOUTS } from "../../hw-profiles/interface/report-table.ts";
import * as Rep from "../../hw-profiles/interface/reports.ts";
import * as Status from "../../hw-profiles/interface/status.ts";
import { STATUS_TABLE } from "../../hw-profiles/interface/status-table.ts";

const FIELD_BYTES: Record<FieldEntry["type"], number> = {
  u8: 1,
  u16: 2,
  i16: 2,
  u32: 4,
  f32: 4,
  u64: 8,
  bytes: 0,
};

/** Values of the exported constants whose names begin with `prefix`. */
function constants(module: object, prefix: string): number[] {
  return Object.entries(module)
    .filter(([name]) => name.startsWith(prefix))
    .map(([, value]) => value as number)
    .sort((a, b) => a - b);
}

describe("registers", () => {
  it("are all in the table, once", () => {
    expect(REGISTERS.map((entry) => entry.address)).toEqual(constants(Reg, "REG_"));
    expect(new Set(REGISTERS.map((entry) => entry.name)).size).toBe(REGISTERS.length);
  });

  it("are aligned and do not overlap", () => {
    let end = 0;
    for (const { name, address, bytes, count } of REGISTERS) {
      expect(address % 4, name).toBe(0);
      expect(address, name).toBeGreaterThanOrEqual(end);
      end = address + bytes * count;
    }
  });

  it("have limits when they can be written, and only then", () => {
    for (const { name, access, min, max } of REGISTERS) {
      expect(min !== undefined && max !== undefined, name).toBe(access !== "ro");
      if (min !== undefined && max !== undefined) expect(min, name).toBeLessThanOrEqual(max);
    }
  });
});

describe("reports", () => {
  it.each(REPORT_LAYOUTS)("$title has fields that do not overlap and fit", ({ bytes, fields }) => {
    let end = 0;
    for (const field of fields) {
      expect(field.offset, field.name).toBeGreaterThanOrEqual(end);
      end = field.offset + FIELD_BYTES[field.type];
      expect(end, field.name).toBeLessThanOrEqual(bytes);
    }
  });

  it("fill a report exactly with header and largest payload", () => {
    expect(Rep.DATA_HEADER_BYTES + Rep.DATA_PAYLOAD_MAX).toBe(Rep.REPORT_BYTES);
    expect(Rep.REGISTER_DATA + Rep.REGISTER_DATA_MAX).toBe(Rep.REGISTER_REPORT_BYTES);
  });
});

it("status codes are all in the table, once", () => {
  expect(STATUS_TABLE.map((entry) => entry.code)).toEqual(constants(Status, "STATUS_"));
});

it("pixel flags are all in the table; the invalid ones make up PIXEL_INVALID", () => {
  const masks = constants(Flags, "PIXEL_").filter((mask) => mask !== Flags.PIXEL_INVALID);
  expect(PIXEL_FLAG_TABLE.map((entry) => entry.mask).sort((a, b) => a - b)).toEqual(
    masks.sort((a, b) => a - b),
  );
  for (const kind of ["depth", "image"] as const) {
    const ofKind = pixelFlagsOf(kind).map((entry) => entry.mask);
    expect(new Set(ofKind).size).toBe(ofKind.length);
  }
  const invalid = PIXEL_FLAG_TABLE.filter((entry) => entry.invalid).reduce(
    (sum, entry) => sum + entry.mask,
    0,
  );
  expect(invalid).toBe(Flags.PIXEL_INVALID);
});
