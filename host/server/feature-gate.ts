import {
  REG_ACQUISITION_FRAME_COUNT,
  REG_ACQUISITION_START,
  REG_ACQUISITION_STOP,
  REG_REPORTS_SENT,
} from "../../hw-profiles/interface/registers.ts";
import { OPERATION_WRITE, REGISTER_REPORT_BYTES } from "../../hw-profiles/interface/reports.ts";
import { STATUS_OK, STATUS_OUT_OF_RANGE } from "../../hw-profiles/interface/status.ts";
import { PacketError } from "../packet/packet-error.ts";
import { buildRegisterReply, parseRegisterReport, type RegisterReply } from "../packet/register-report.ts";
import type { DevicePort } from "./device-port.ts";
import type { PagePort } from "./page-port.ts";

/**
 * Answer a page's feature report. Every page believes that it owns the device: its AcquisitionStart and -Stop begin
 * and end its own share of the stream; all else goes to the device.
 */
export async function answerFeature(
  report: Uint8Array,
  page: PagePort,
  device: DevicePort,
): Promise<Uint8Array> {
  const request = readRegisterReport(report);
  const own = request && answerForPage(request, page);
  return own ?? device.exchange(report, REGISTER_REPORT_BYTES);
}

/** Registers that are a page's own: the device's would tell about all pages together. */
function answerForPage(request: RegisterReply, page: PagePort): Uint8Array | undefined {
  const isWrite = request.operation === OPERATION_WRITE;
  switch (request.address) {
    case REG_ACQUISITION_START:
      if (isWrite) page.subscribe();
      return isWrite ? buildRegisterReply({ ...request, status: STATUS_OK }) : undefined;
    case REG_ACQUISITION_STOP:
      if (isWrite) page.unsubscribe();
      return isWrite ? buildRegisterReply({ ...request, status: STATUS_OK }) : undefined;
    case REG_ACQUISITION_FRAME_COUNT: {
      // A page may only ask for frames without end: a count would end the stream of all others.
      const isEndless = request.data.every((byte) => byte === 0);
      const status = isEndless ? STATUS_OK : STATUS_OUT_OF_RANGE;
      return isWrite ? buildRegisterReply({ ...request, status }) : undefined;
    }
    case REG_REPORTS_SENT:
      return isWrite ? undefined : replyNumber(request, page.reportsSent);
    default:
      return undefined;
  }
}

function replyNumber(request: RegisterReply, value: number): Uint8Array {
  const data = new Uint8Array(4);
  new DataView(data.buffer).setUint32(0, value, true);
  return buildRegisterReply({ ...request, length: data.length, data, status: STATUS_OK });
}

function readRegisterReport(report: Uint8Array): RegisterReply | undefined {
  try {
    return parseRegisterReport(report);
  } catch (error) {
    if (error instanceof PacketError) return undefined;
    throw error;
  }
}
