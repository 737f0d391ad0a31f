import { REGISTER_REPORT_BYTES } from "../../hw-profiles/interface/reports.ts";
import { STATUS_OK } from "../../hw-profiles/interface/status.ts";
import { buildRegisterWrite, parseRegisterReply, parseRegisterReport } from "../packet/register-report.ts";
import type { DevicePort } from "./device-port.ts";

/** Write a u32 register. Throws when the device refuses. */
export async function writeRegister(port: DevicePort, address: number, value: number): Promise<void> {
  const data = new Uint8Array(4);
  new DataView(data.buffer).setUint32(0, value, true);
  const report = buildRegisterWrite(address, data);
  const reply = parseRegisterReply(
    await port.exchange(report, REGISTER_REPORT_BYTES),
    parseRegisterReport(report),
  );
  if (reply.status !== STATUS_OK) {
    throw new Error(
      `the device refused ${value} for register 0x${address.toString(16).padStart(4, "0")}: status ${reply.status}, expected ${STATUS_OK}`,
    );
  }
}
