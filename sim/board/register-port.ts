import * as Reports from "../../hw-profiles/interface/reports.ts";
import { STATUS_BAD_LENGTH, STATUS_BAD_REPORT, STATUS_OK } from "../../hw-profiles/interface/status.ts";
import type { RegisterFile, RegisterRead } from "./register-file.ts";

const NO_DATA = new Uint8Array(0);

/** The device's side of the register protocol: a feature report in, its reply kept until it is fetched. */
export class RegisterPort {
  private readonly registers: RegisterFile;
  private last: Uint8Array = replyTo(
    new Uint8Array(Reports.REGISTER_REPORT_BYTES),
    STATUS_BAD_REPORT,
    NO_DATA,
  );

  constructor(registers: RegisterFile) {
    this.registers = registers;
  }

  /** Every request gets a reply; one that cannot be read gets STATUS_BAD_REPORT or STATUS_BAD_LENGTH. */
  request(report: Uint8Array): void {
    const { status, data } = this.serve(report);
    this.last = replyTo(report, status, data);
  }

  reply(): Uint8Array {
    return this.last.slice();
  }

  private serve(report: Uint8Array): RegisterRead {
    const isRequest =
      report.length >= Reports.REGISTER_DATA &&
      report[Reports.REGISTER_REPORT_ID] === Reports.REPORT_ID_REGISTER;
    if (!isRequest) return { status: STATUS_BAD_REPORT, data: NO_DATA };
    const view = new DataView(report.buffer, report.byteOffset, report.byteLength);
    const length = view.getUint16(Reports.REGISTER_LENGTH, true);
    const address = view.getUint32(Reports.REGISTER_ADDRESS, true);
    const operation = view.getUint8(Reports.REGISTER_OPERATION);
    if (operation === Reports.OPERATION_READ) return this.registers.read(address, length);
    if (operation !== Reports.OPERATION_WRITE) return { status: STATUS_BAD_REPORT, data: NO_DATA };
    const data = report.subarray(Reports.REGISTER_DATA, Reports.REGISTER_DATA + length);
    if (data.length !== length) return { status: STATUS_BAD_LENGTH, data: NO_DATA };
    return { status: this.registers.write(address, data), data };
  }
}

/** Echoes the request's head. A failed read carries zeros. */
function replyTo(request: Uint8Array, status: number, data: Uint8Array): Uint8Array {
  const reply = new Uint8Array(Reports.REGISTER_REPORT_BYTES);
  reply.set(request.subarray(0, Reports.REGISTER_DATA));
  reply[Reports.REGISTER_REPORT_ID] = Reports.REPORT_ID_REGISTER;
  const view = new DataView(reply.buffer);
  view.setUint32(Reports.REGISTER_STATUS, status, true);
  if (status === STATUS_OK) reply.set(data, Reports.REGISTER_DATA);
  return reply;
}
