import * as Reg from "../../../hw-profiles/interface/registers.ts";
import * as Reports from "../../../hw-profiles/interface/reports.ts";
import { loadLidarProfile } from "../../../hw-profiles/load/load-profile.ts";
import type { LidarProfile } from "../../../hw-profiles/sensor-profile.ts";
import { Board, type BoardOptions } from "../../../sim/board/board.ts";
import { readArtefact } from "../../../sim/pool/artefacts.ts";
import { sealed } from "../../reference/report-check.ts";

export const testProfile: LidarProfile = loadLidarProfile("inas-lidar-64x48");

export interface BoardUnderTest {
  readonly board: Board;
  /** Every report that left the board. */
  readonly reports: Uint8Array[];
  write(address: number, value: number): number;
  read(address: number, length?: number): { status: number; value: number; data: Uint8Array };
}

export const ALL_CREDIT = 1_000_000;

/** A small board in front of a wall. */
export async function openBoard(options: Partial<BoardOptions> = {}): Promise<BoardUnderTest> {
  const reports: Uint8Array[] = [];
  const board = await Board.open({
    profile: testProfile,
    scene: "wall:range=3",
    seed: 7n,
    threads: 0,
    raysPerSide: 2,
    firmware: { bytes: readArtefact("readout.wasm"), name: "readout.wasm" },
    onReport: (report) => reports.push(report),
    ...options,
  });
  return {
    board,
    reports,
    write: (address, value) => status(exchange(board, request(Reports.OPERATION_WRITE, address, 4, value))),
    read: (address, length = 4) => {
      const reply = exchange(board, request(Reports.OPERATION_READ, address, length, 0));
      const data = reply.subarray(Reports.REGISTER_DATA, Reports.REGISTER_DATA + length);
      return { status: status(reply), value: viewOf(reply).getUint32(Reports.REGISTER_DATA, true), data };
    },
  };
}

/** Why the last write was refused, in the board's words. */
export function lastRefusal(device: BoardUnderTest): string {
  const bytes: number[] = [];
  for (let at = 0; at < Reg.STRING_BYTES_REFUSAL; at += Reports.REGISTER_DATA_MAX) {
    bytes.push(...device.read(Reg.REG_LAST_REFUSAL + at, Reports.REGISTER_DATA_MAX).data);
  }
  return Buffer.from(bytes).toString().replaceAll("\0", "");
}

export function request(operation: number, address: number, length: number, value: number): Uint8Array {
  const report = new Uint8Array(Reports.REGISTER_REPORT_BYTES);
  const view = viewOf(report);
  report[Reports.REGISTER_REPORT_ID] = Reports.REPORT_ID_REGISTER;
  report[Reports.REGISTER_OPERATION] = operation;
  report[Reports.REGISTER_LENGTH] = length;
  view.setUint16(Reports.REGISTER_ADDRESS, address, true);
  view.setUint32(Reports.REGISTER_DATA, value, true);
  return sealed(report);
}

function exchange(board: Board, report: Uint8Array): Uint8Array {
  board.registers.request(report);
  return board.registers.reply();
}

function status(reply: Uint8Array): number {
  return reply[Reports.REGISTER_STATUS]!;
}

export function viewOf(report: Uint8Array): DataView {
  return new DataView(report.buffer, report.byteOffset, report.byteLength);
}

export function sequenceOf(report: Uint8Array): number {
  return viewOf(report).getUint32(Reports.DATA_SEQUENCE, true);
}

export function kindOf(report: Uint8Array): number {
  return report[Reports.DATA_PAYLOAD_KIND]!;
}

export function frameOf(report: Uint8Array): number {
  return viewOf(report).getUint32(Reports.DATA_FRAME, true);
}

/** A u32 of a report's payload. */
export function payloadWord(report: Uint8Array, offset: number): number {
  return viewOf(report).getUint32(Reports.DATA_HEADER_BYTES + offset, true);
}
