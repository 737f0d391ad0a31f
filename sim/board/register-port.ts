import { REG_SESSION_TAKEOVER, REG_SESSION_TOKEN } from "../../hw-profiles/interface/registers.ts";
import * as Reports from "../../hw-profiles/interface/reports.ts";
import {
  STATUS_BAD_CHECK,
  STATUS_BAD_LENGTH,
  STATUS_BAD_REPORT,
  STATUS_OK,
  STATUS_SESSION,
} from "../../hw-profiles/interface/status.ts";
import type { RegisterFile, RegisterRead } from "./register-file.ts";
import { isWholeRegisterReport, sealRegisterReport } from "./report-check.ts";
import type { Session } from "./session.ts";

/** Numbers of requests, 1 to 0xffff, come round. */
const TAGS = 0xffff;
const NO_DATA = new Uint8Array(0);

/** The last request of the session's holder that had a number, and its reply. */
interface Served {
  readonly session: number;
  readonly tag: number;
  readonly reply: Uint8Array;
}

/** The device's side of the register protocol: a feature report in, its reply kept until it is fetched. */
export class RegisterPort {
  private readonly registers: RegisterFile;
  private readonly session: Session;
  private served: Served | undefined;
  private last: Uint8Array = replyTo(
    new Uint8Array(Reports.REGISTER_REPORT_BYTES),
    STATUS_BAD_REPORT,
    NO_DATA,
  );

  constructor(registers: RegisterFile, session: Session) {
    this.registers = registers;
    this.session = session;
  }

  /**
   * Every request gets a reply; one that was damaged comes back as it came. A request of the holder that comes again,
   * because its reply was lost or somebody else fetched it, is answered without being served; one that comes after a later
   * one is passed over.
   */
  request(report: Uint8Array): void {
    if (!isRequest(report)) {
      this.last = sentBack(report);
      return;
    }
    const view = new DataView(report.buffer, report.byteOffset, report.byteLength);
    const session = view.getUint32(Reports.REGISTER_SESSION, true);
    const tag = view.getUint16(Reports.REGISTER_TAG, true);
    this.session.heard(session);
    if (this.served?.session === session && this.served.tag === tag) {
      this.last = this.served.reply;
      return;
    }
    if (this.isLate(session, tag) && !isClaim(view)) return;
    const { status, data } = this.serve(report, view, session);
    this.last = replyTo(report, status, data);
    if (session !== 0 && tag !== 0 && session === this.session.holder) {
      this.served = { session, tag, reply: this.last };
    }
  }

  reply(): Uint8Array {
    return this.last.slice();
  }

  /** Numbered before what was served last: served then, or lost and not waited for. Served now it could undo what followed. */
  private isLate(session: number, tag: number): boolean {
    if (tag === 0 || this.served?.session !== session || session !== this.session.holder) return false;
    return (this.served.tag - tag + TAGS) % TAGS < TAGS / 2;
  }

  private serve(report: Uint8Array, view: DataView, session: number): RegisterRead {
    const length = view.getUint8(Reports.REGISTER_LENGTH);
    const address = view.getUint16(Reports.REGISTER_ADDRESS, true);
    const operation = view.getUint8(Reports.REGISTER_OPERATION);
    if (operation === Reports.OPERATION_READ) return this.registers.read(address, length);
    if (operation !== Reports.OPERATION_WRITE) return { status: STATUS_BAD_REPORT, data: NO_DATA };
    const data = report.subarray(Reports.REGISTER_DATA, Reports.REGISTER_DATA + length);
    if (data.length !== length) return { status: STATUS_BAD_LENGTH, data: NO_DATA };
    if (!this.session.admitsWrite(session, address)) return { status: STATUS_SESSION, data };
    return { status: this.registers.write(address, data), data };
  }
}

/** A session begins: with it its numbers begin anew. */
function isClaim(view: DataView): boolean {
  const address = view.getUint16(Reports.REGISTER_ADDRESS, true);
  return address === REG_SESSION_TOKEN || address === REG_SESSION_TAKEOVER;
}

function isRequest(report: Uint8Array): boolean {
  return report[Reports.REGISTER_REPORT_ID] === Reports.REPORT_ID_REGISTER && isWholeRegisterReport(report);
}

/** Echoes the request's head. A failed read carries zeros. */
function replyTo(request: Uint8Array, status: number, data: Uint8Array): Uint8Array {
  const reply = new Uint8Array(Reports.REGISTER_REPORT_BYTES);
  reply.set(request.subarray(0, Reports.REGISTER_DATA));
  reply[Reports.REGISTER_REPORT_ID] = Reports.REPORT_ID_REGISTER;
  reply[Reports.REGISTER_STATUS] = status;
  if (status === STATUS_OK) reply.set(data, Reports.REGISTER_DATA);
  sealRegisterReport(reply);
  return reply;
}

/** What a damaged request gets: itself, whose check is wrong, and the status for hosts that know of none. */
function sentBack(request: Uint8Array): Uint8Array {
  const reply = new Uint8Array(Reports.REGISTER_REPORT_BYTES);
  reply.set(request.subarray(0, Reports.REGISTER_REPORT_BYTES));
  reply[Reports.REGISTER_REPORT_ID] = Reports.REPORT_ID_REGISTER;
  reply[Reports.REGISTER_STATUS] = STATUS_BAD_CHECK;
  return reply;
}
