// Register and command reports in bytes that neither host nor board made: both must read and write them so.

import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { buildCommand, parseCommand } from "../../host/packet/command-report.ts";
import { buildRegisterReply, parseRegisterReport } from "../../host/packet/register-report.ts";
import { COMMAND_CREDIT } from "../../hw-profiles/interface/reports.ts";
import { parseCreditCommand } from "../../sim/board/credit-command.ts";
import type { RegisterFields } from "../reference/wire-report.ts";
import { type BoardUnderTest, openBoard } from "../sim/board/board-fixture.ts";

interface Exchange {
  readonly about: string;
  readonly fields: RegisterFields;
  readonly request: string;
  readonly answer: RegisterFields;
  readonly reply: string;
}

interface WireVectors {
  readonly exchanges: readonly Exchange[];
  readonly damaged: { readonly request: string; readonly reply: string };
  readonly credit: { readonly value: number; readonly session: number; readonly report: string };
}

const file = new URL("../vectors/wire.json", import.meta.url);
const { credit, damaged, exchanges } = JSON.parse(readFileSync(file, "utf8")) as WireVectors;

const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, "hex"));
const hexOf = (report: Uint8Array) => Buffer.from(report).toString("hex");
const withData = (fields: RegisterFields) => ({ ...fields, data: Uint8Array.from(fields.data) });

describe("exchanges", () => {
  let device: BoardUnderTest;

  beforeAll(async () => {
    device = await openBoard();
  });

  it.each(exchanges)("$about", ({ answer, fields, reply, request }) => {
    expect(hexOf(buildRegisterReply(withData(fields)))).toBe(request);
    device.board.registers.request(bytes(request));
    expect(hexOf(device.board.registers.reply())).toBe(reply);
    const found = parseRegisterReport(bytes(reply));
    expect({ ...found, data: hexOf(found.data) }).toEqual({
      ...answer,
      data: hexOf(Uint8Array.from(answer.data)).padEnd(2 * answer.length, "0"),
    });
  });

  it("a damaged request comes back as it came, and the host does not take it for a reply", () => {
    device.board.registers.request(bytes(damaged.request));
    expect(hexOf(device.board.registers.reply())).toBe(damaged.reply);
    expect(() => parseRegisterReport(bytes(damaged.reply))).toThrow(/CRC-32C of a register report/);
  });
});

it("credit", () => {
  const { report, session, value } = credit;
  expect(hexOf(buildCommand({ kind: COMMAND_CREDIT, value, session }))).toBe(report);
  expect(parseCommand(bytes(report))).toMatchObject({ value, session });
  expect(parseCreditCommand(bytes(report))).toEqual({ credit: value, session });
});
