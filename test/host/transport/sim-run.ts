import { createHash } from "node:crypto";
import type { SimTransportOptions } from "../../../host/transport/sim/sim-options.ts";
import { openSimTransport, type SimTransport } from "../../../host/transport/sim/sim-transport.ts";
import * as Reg from "../../../hw-profiles/interface/registers.ts";
import * as Reports from "../../../hw-profiles/interface/reports.ts";
import { STATUS_OK } from "../../../hw-profiles/interface/status.ts";
import { sealed } from "../../reference/report-check.ts";

export const SMALL: SimTransportOptions = {
  profile: "inas-lidar-64x48",
  scene: "wall:range=3",
  raysPerSide: 2,
  seed: 7,
};

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export function creditCommand(reports: number): Uint8Array {
  const report = new Uint8Array(Reports.COMMAND_BYTES);
  report[Reports.COMMAND_REPORT_ID] = Reports.REPORT_ID_COMMAND;
  report[Reports.COMMAND_KIND] = Reports.COMMAND_CREDIT;
  viewOf(report).setUint32(Reports.COMMAND_VALUE, reports, true);
  return sealed(report);
}

export function writeRequest(address: number, value: number): Uint8Array {
  const report = new Uint8Array(Reports.REGISTER_REPORT_BYTES);
  report[Reports.REGISTER_REPORT_ID] = Reports.REPORT_ID_REGISTER;
  report[Reports.REGISTER_OPERATION] = Reports.OPERATION_WRITE;
  report[Reports.REGISTER_LENGTH] = 4;
  viewOf(report).setUint16(Reports.REGISTER_ADDRESS, address, true);
  viewOf(report).setUint32(Reports.REGISTER_DATA, value, true);
  return sealed(report);
}

export async function write(transport: SimTransport, address: number, value: number): Promise<void> {
  await transport.sendFeatureReport(writeRequest(address, value));
  const reply = await transport.getFeatureReport(Reports.REPORT_ID_REGISTER, Reports.REGISTER_REPORT_BYTES);
  const status = reply[Reports.REGISTER_STATUS];
  if (status !== STATUS_OK) throw new Error(`write of ${address.toString(16)}: status ${status}`);
}

/** Reports until so many frames have ended. */
export async function collectFrames(transport: SimTransport, frames: number): Promise<Uint8Array[]> {
  const reports: Uint8Array[] = [];
  const done = new Promise<void>((resolve, reject) => {
    let ended = 0;
    transport.onReport((report) => {
      reports.push(report);
      if (report[Reports.DATA_PAYLOAD_KIND] === Reports.KIND_TRAILER && ++ended === frames) resolve();
    });
    transport.onClosed((reason) => reject(reason ?? new Error("closed")));
  });
  await write(transport, Reg.REG_ACQUISITION_FRAME_COUNT, frames);
  await write(transport, Reg.REG_ACQUISITION_START, 1);
  await transport.sendReport(creditCommand(1_000_000));
  await done;
  return reports;
}

/** SHA-256 over all reports of a run. */
export async function hashOfRun(
  options: SimTransportOptions,
  frames: number,
  prepare?: (transport: SimTransport) => Promise<void>,
): Promise<string> {
  const transport = await openSimTransport(options);
  await prepare?.(transport);
  const reports = await collectFrames(transport, frames);
  await transport.close();
  const hash = createHash("sha256");
  for (const report of reports) hash.update(report);
  return hash.digest("hex");
}

/** Payloads of one kind of one frame, joined in order. */
export function payloadOf(reports: readonly Uint8Array[], frame: number, kind: number): Uint8Array {
  const parts = reports.filter(
    (report) =>
      report[Reports.DATA_PAYLOAD_KIND] === kind &&
      viewOf(report).getUint32(Reports.DATA_FRAME, true) === frame,
  );
  return Buffer.concat(
    parts.map((report) => {
      const length = viewOf(report).getUint16(Reports.DATA_PAYLOAD_LENGTH, true);
      return report.subarray(Reports.DATA_HEADER_BYTES, Reports.DATA_HEADER_BYTES + length);
    }),
  );
}
