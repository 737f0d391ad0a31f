// Register and command reports by offsets that were typed from docs/reports.md, and a check that is computed bit by bit.

import { crc32c } from "./firmware/crc32c.ts";

export interface RegisterFields {
  /** 1 read, 2 write. */
  readonly operation: number;
  readonly address: number;
  readonly status: number;
  readonly length: number;
  readonly tag: number;
  readonly session: number;
  readonly data: readonly number[];
}

/** Byte of the check in a register report. */
const CHECK_AT = 4;

/** 64 bytes. */
export function registerReport(fields: RegisterFields): Uint8Array {
  const { address, data, length, operation, session, status, tag } = fields;
  const report = new Uint8Array(64);
  report.set([3, operation, address & 0xff, address >> 8]);
  report.set([status, length, tag & 0xff, tag >> 8, ...u32(session), ...data], 8);
  const covered = [...report.subarray(0, CHECK_AT), ...report.subarray(CHECK_AT + 4)];
  report.set(u32(crc32c(Uint8Array.from(covered))), CHECK_AT);
  return report;
}

/** A grant of credit, 16 bytes. */
export function creditReport(credit: number, session: number): Uint8Array {
  const covered = [2, 1, 0, 0, ...u32(credit), ...u32(session)];
  return Uint8Array.from([...covered, ...u32(crc32c(Uint8Array.from(covered)))]);
}

function u32(value: number): number[] {
  return [0, 8, 16, 24].map((shift) => (value >>> shift) & 0xff);
}
