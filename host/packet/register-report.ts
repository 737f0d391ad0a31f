import * as R from "../../hw-profiles/interface/reports.ts";
import { STATUS_OK } from "../../hw-profiles/interface/status.ts";
import { hex, PacketError, requireLength, requireReportId, viewOf } from "./packet-error.ts";
import { requireRegisterCheck, sealRegisterReport } from "./report-check.ts";

const MAX_ADDRESS = 0xffff;

export interface RegisterRequest {
  /** OPERATION_READ or OPERATION_WRITE. */
  readonly operation: number;
  readonly address: number;
  /** Bytes to read, or of `data`; at most REGISTER_DATA_MAX. */
  readonly length: number;
  /** Empty for a read. */
  readonly data: Uint8Array;
  /** Token of the sender, 0 or none: without a session. */
  readonly session?: number;
  /** Number of the request in its session, 0 or none: not numbered. */
  readonly tag?: number;
}

export interface RegisterReply extends RegisterRequest {
  /** STATUS_* of the interface's status.ts. */
  readonly status: number;
}

function encode(fields: RegisterReply): Uint8Array {
  const { operation, address, length, data, status, session = 0, tag = 0 } = fields;
  if (length < 1 || length > R.REGISTER_DATA_MAX || data.length > R.REGISTER_DATA_MAX)
    throw new PacketError("length", "register report", `${length} bytes`, `1..${R.REGISTER_DATA_MAX}`);
  if (address > MAX_ADDRESS)
    throw new PacketError("address", "register report", hex(address), `at most ${hex(MAX_ADDRESS, 4)}`);
  const report = new Uint8Array(R.REGISTER_REPORT_BYTES);
  const view = viewOf(report);
  report[R.REGISTER_REPORT_ID] = R.REPORT_ID_REGISTER;
  report[R.REGISTER_OPERATION] = operation;
  report[R.REGISTER_STATUS] = status;
  report[R.REGISTER_LENGTH] = length;
  view.setUint16(R.REGISTER_ADDRESS, address, true);
  view.setUint16(R.REGISTER_TAG, tag, true);
  view.setUint32(R.REGISTER_SESSION, session, true);
  report.set(data, R.REGISTER_DATA);
  sealRegisterReport(report);
  return report;
}

export function buildRegisterRead(address: number, length: number): Uint8Array {
  return encode({ operation: R.OPERATION_READ, address, length, data: new Uint8Array(0), status: 0 });
}

/** @throws PacketError when `data` is empty or longer than REGISTER_DATA_MAX. */
export function buildRegisterWrite(address: number, data: Uint8Array): Uint8Array {
  return encode({ operation: R.OPERATION_WRITE, address, length: data.length, data, status: 0 });
}

export function buildRegisterReply(reply: RegisterReply): Uint8Array {
  return encode(reply);
}

/** A request or a reply: both have the same layout. @throws PacketError on a wrong id, length, check or operation. */
export function parseRegisterReport(report: Uint8Array): RegisterReply {
  requireLength("register report", report, R.REGISTER_REPORT_BYTES);
  requireReportId("register report", report, R.REPORT_ID_REGISTER);
  requireRegisterCheck(report);
  const view = viewOf(report);
  const length = report[R.REGISTER_LENGTH]!;
  if (length > R.REGISTER_DATA_MAX)
    throw new PacketError("length", "register report", `${length} bytes`, `at most ${R.REGISTER_DATA_MAX}`);
  const operation = report[R.REGISTER_OPERATION]!;
  if (operation !== R.OPERATION_READ && operation !== R.OPERATION_WRITE)
    throw new PacketError("operation", "operation of a register report", operation, "read or write");
  return {
    operation,
    address: view.getUint16(R.REGISTER_ADDRESS, true),
    length,
    status: report[R.REGISTER_STATUS]!,
    tag: view.getUint16(R.REGISTER_TAG, true),
    session: view.getUint32(R.REGISTER_SESSION, true),
    data: report.slice(R.REGISTER_DATA, R.REGISTER_DATA + length),
  };
}

/**
 * A reply that must answer `request`. @throws PacketError when it answers another one, or tells of a write that another value was
 * written: a device repeats what it wrote.
 */
export function parseRegisterReply(report: Uint8Array, request: RegisterReply): RegisterReply {
  const reply = parseRegisterReport(report);
  if (reply.address !== request.address)
    throw new PacketError("address", "register reply", hex(reply.address, 4), hex(request.address, 4));
  if (reply.operation !== request.operation)
    throw new PacketError("operation", "register reply", reply.operation, request.operation);
  const isWritten = reply.operation === R.OPERATION_WRITE && reply.status === STATUS_OK;
  const isSame = reply.length === request.length && reply.data.every((byte, i) => byte === request.data[i]);
  if (isWritten && !isSame)
    throw new PacketError("inconsistent", "bytes that were written", reply.data.join(), request.data.join());
  return reply;
}
