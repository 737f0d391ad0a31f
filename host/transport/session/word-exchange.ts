import { REGISTER_REPORT_BYTES, REPORT_ID_REGISTER } from "../../../hw-profiles/interface/reports.ts";
import {
  buildRegisterRead,
  buildRegisterWrite,
  parseRegisterReply,
  parseRegisterReport,
  type RegisterReply,
} from "../../packet/register-report.ts";
import type { Transport } from "../transport.ts";

const WORD_BYTES = 4;

/** Write a u32 register. @returns STATUS_*. */
export async function writeWord(transport: Transport, address: number, value: number): Promise<number> {
  const data = new Uint8Array(WORD_BYTES);
  new DataView(data.buffer).setUint32(0, value, true);
  return (await exchange(transport, buildRegisterWrite(address, data))).status;
}

/** A u32 register; undefined when the device refuses. */
export async function readWord(transport: Transport, address: number): Promise<number | undefined> {
  const { data } = await exchange(transport, buildRegisterRead(address, WORD_BYTES));
  return data.length < WORD_BYTES ? undefined : new DataView(data.buffer, data.byteOffset).getUint32(0, true);
}

async function exchange(transport: Transport, request: Uint8Array): Promise<RegisterReply> {
  await transport.sendFeatureReport(request);
  const report = await transport.getFeatureReport(REPORT_ID_REGISTER, REGISTER_REPORT_BYTES);
  return parseRegisterReply(report, parseRegisterReport(request));
}
