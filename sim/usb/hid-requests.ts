/** Class requests of the HID interface (HID 1.11, 7.2). Anything that is not exactly right is refused: a stall. */
import * as Reports from "../../hw-profiles/interface/reports.ts";
import { parseCreditCommand } from "../board/credit-command.ts";
import type { SetupPacket } from "./setup-packet.ts";
import type { UsbBoardPort } from "./usb-board.ts";
import * as C from "./usb-constants.ts";

const NOTHING = new Uint8Array(0);

export class HidRequests {
  readonly #board: UsbBoardPort;
  #idleRate = 0;

  constructor(board: UsbBoardPort) {
    this.#board = board;
  }

  /** @returns data for the host, empty if there is none; undefined: stall. */
  serve(setup: SetupPacket, data: Uint8Array): Uint8Array | undefined {
    if (setup.toHost) return this.#read(setup);
    if (setup.request === C.HID_SET_REPORT) return this.#setReport(setup, data);
    if (setup.request !== C.HID_SET_IDLE || setup.length !== 0) return undefined;
    this.#idleRate = setup.value >> 8;
    return NOTHING;
  }

  #read({ length, request, value }: SetupPacket): Uint8Array | undefined {
    if (request === C.HID_GET_IDLE) return length === 1 ? Uint8Array.of(this.#idleRate) : undefined;
    if (request !== C.HID_GET_REPORT) return undefined;
    const [type, id] = [value >> 8, value & 0xff];
    if (type === C.REPORT_TYPE_FEATURE && id === Reports.REPORT_ID_REGISTER) return this.#board.reply();
    if (type === C.REPORT_TYPE_INPUT && id === Reports.REPORT_ID_DATA) return emptyDataReport();
    return undefined;
  }

  #setReport({ value }: SetupPacket, data: Uint8Array): Uint8Array | undefined {
    const [type, id] = [value >> 8, value & 0xff];
    if (data[0] !== id) return undefined;
    if (type === C.REPORT_TYPE_OUTPUT && id === Reports.REPORT_ID_COMMAND) return this.command(data);
    if (type !== C.REPORT_TYPE_FEATURE || id !== Reports.REPORT_ID_REGISTER) return undefined;
    if (data.length !== Reports.REGISTER_REPORT_BYTES) return undefined;
    this.#board.request(data);
    return NOTHING;
  }

  /** An output report, by SET_REPORT or by the interrupt endpoint. @returns undefined: stall. */
  command(report: Uint8Array): Uint8Array | undefined {
    const command = parseCreditCommand(report);
    if (command === undefined) return undefined;
    this.#board.grantCredit(command.credit, command.session);
    return NOTHING;
  }
}

/** Data reports come by the interrupt endpoint; polled for one, the device has nothing to say. */
function emptyDataReport(): Uint8Array {
  const report = new Uint8Array(Reports.REPORT_BYTES);
  report[Reports.DATA_REPORT_ID] = Reports.REPORT_ID_DATA;
  return report;
}
