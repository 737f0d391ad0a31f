// Data reports: header, payload, zero padding, CRC-32C. The two line streams fill a report of their own each, over line
// boundaries; a finished report moves to the next free place of the area that the board takes them from.
import {
  DATA_CRC,
  DATA_FRAME,
  DATA_HEADER_BYTES,
  DATA_OFFSET,
  DATA_PAYLOAD_KIND,
  DATA_PAYLOAD_LENGTH,
  DATA_PAYLOAD_MAX,
  DATA_REPORT_ID,
  DATA_SEQUENCE,
  RAW_HEAD_LINE,
  RAW_HEAD_START,
  REPORT_BYTES,
  REPORT_ID_DATA,
} from "../../hw-profiles/interface/reports.ts";
import { crcTables } from "../layout.ts";
import { setup } from "../setup.ts";
import { statusBlock } from "../views.ts";
import { crc32c } from "./crc32c.ts";

/** One stream of payload bytes: the report being filled, and how far. */
@unmanaged
export class Stream {
  kind: u32 = 0;
  report: usize = 0;
  /** Payload bytes in the open report. */
  filled: u32 = 0;
  /** Bytes of this kind sent before the open report. */
  sent: u32 = 0;
  /** Bytes that every report of this kind begins with: 0 or RAW_HEAD_BYTES. */
  head: u32 = 0;
}

export const linesStream = changetype<Stream>(memory.data(offsetof<Stream>()));
export const rawStream = changetype<Stream>(memory.data(offsetof<Stream>()));

let frameNumber: u32 = 0;
/** Reports of the present frame so far. */
let frameReports: u32 = 0;

export function startFrameReports(frame: u32): void {
  frameNumber = frame;
  frameReports = 0;
}

export function reportsOfFrame(): u32 {
  return frameReports;
}

export function startStream(stream: Stream, kind: u32, report: usize, head: u32): void {
  stream.kind = kind;
  stream.report = report;
  stream.sent = 0;
  stream.head = head;
  openReport(stream);
}

function openReport(stream: Stream): void {
  stream.filled = stream.head;
  store<u32>(stream.report + DATA_HEADER_BYTES, 0);
}

/** Whether the board must take reports before another one fits. */
export function reportsFull(): bool {
  return statusBlock.reportCount >= setup.reportCapacity;
}

/** Address of the next free report of the board's area. */
export function nextReport(): usize {
  return setup.reports + statusBlock.reportCount * REPORT_BYTES;
}

/** Completes the report whose payload stands at report + DATA_HEADER_BYTES and hands it to the board. */
export function sendReport(report: usize, kind: u32, length: u32, offset: u32): void {
  store<u8>(report, REPORT_ID_DATA, DATA_REPORT_ID);
  store<u8>(report, u8(kind), DATA_PAYLOAD_KIND);
  store<u16>(report, u16(length), DATA_PAYLOAD_LENGTH);
  store<u32>(report, statusBlock.sequence, DATA_SEQUENCE);
  store<u32>(report, frameNumber, DATA_FRAME);
  store<u32>(report, offset, DATA_OFFSET);
  const head = crc32c(crcTables(), 0, report, DATA_CRC);
  store<u32>(report, crc32c(crcTables(), head, report + DATA_HEADER_BYTES, length), DATA_CRC);
  memory.fill(report + DATA_HEADER_BYTES + length, 0, DATA_PAYLOAD_MAX - length);
  memory.copy(nextReport(), report, REPORT_BYTES);
  statusBlock.reportCount++;
  statusBlock.sequence++;
  frameReports++;
}

/** Sends what is left in the open report of a stream. */
export function flushStream(stream: Stream): void {
  if (stream.filled === stream.head) return;
  sendReport(stream.report, stream.kind, stream.filled, stream.sent);
  stream.sent += stream.filled;
  openReport(stream);
}

/** Whether the open report has room, or could be sent to make some. */
export function makeRoom(stream: Stream): bool {
  if (stream.filled !== DATA_PAYLOAD_MAX) return true;
  if (reportsFull()) return false;
  flushStream(stream);
  return true;
}

/** Notes in the head of the open report that this line starts here, if none did before. */
export function markLine(stream: Stream, line: u32): void {
  const head = stream.report + DATA_HEADER_BYTES;
  if (stream.head === 0 || load<u16>(head, RAW_HEAD_START) !== 0) return;
  store<u16>(head, u16(line), RAW_HEAD_LINE);
  store<u16>(head, u16(stream.filled), RAW_HEAD_START);
}

/**
 * Appends bytes to a stream. Returns how many it took: fewer than `length` when the open report is full and the board
 * must take reports first.
 */
export function appendBytes(stream: Stream, source: usize, length: u32): u32 {
  let taken: u32 = 0;
  while (taken < length) {
    if (!makeRoom(stream)) return taken;
    const part = min(length - taken, u32(DATA_PAYLOAD_MAX) - stream.filled);
    memory.copy(stream.report + DATA_HEADER_BYTES + stream.filled, source + taken, part);
    stream.filled += part;
    taken += part;
  }
  return taken;
}
