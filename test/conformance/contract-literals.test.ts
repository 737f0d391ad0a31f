import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { sourceFiles } from "../tools/source-files.ts";
import { findContractLiterals } from "./contract-literals.ts";

/** Rooms that take reports, registers or blocks of the memory map apart. */
const REPORT_ROOMS = /^(?:host\/(?:packet|camera|image|transport)|sim\/board)\//;

it("finds a restated number", () => {
  expect(findContractLiterals("read(0x0304);", false)).toEqual(["0x0304"]);
  expect(findContractLiterals("const magic = 0x5244_5143;", false)).toEqual(["0x5244_5143"]);
  expect(findContractLiterals("const KIND_LINES = 2;", false)).toEqual(["const KIND_LINES = 2"]);
  expect(findContractLiterals("view.getUint32(12, true)", true)).toEqual(
    ["view.getUint32(12,"].map((s) => s.slice(4)),
  );
});

it("finds nothing in comments, bit masks and offsets by name", () => {
  expect(findContractLiterals("// at 0x0304\n/* 0x0300 */ x & 0xff", true)).toEqual([]);
  expect(findContractLiterals("view.getUint32(LEADER_FRAME, true)", true)).toEqual([]);
});

it("no source outside of hw-profiles/interface restates a number of the contract", () => {
  const files = sourceFiles(["firmware", "sim", "host", "hw-profiles"]).filter(
    (file) => !file.startsWith("hw-profiles/interface/"),
  );
  expect(files.length).toBeGreaterThan(20);
  const root = new URL("../../", import.meta.url);
  const found = files.flatMap((file) =>
    findContractLiterals(readFileSync(new URL(file, root), "utf8"), REPORT_ROOMS.test(file)).map(
      (literal) => `${file}: ${literal}`,
    ),
  );
  expect(found).toEqual([]);
});
