import { REGISTERS, type RegisterEntry } from "../../../hw-profiles/interface/register-table.ts";
import {
  OPERATION_WRITE,
  REGISTER_REPORT_BYTES,
  REPORT_ID_REGISTER,
} from "../../../hw-profiles/interface/reports.ts";
import { STATUS_OK } from "../../../hw-profiles/interface/status.ts";
import { parseRegisterReply, parseRegisterReport, type RegisterReply } from "../../packet/register-report.ts";
import type { Transport } from "../../transport/transport.ts";
import { CameraError } from "../camera-error.ts";
import { statusText } from "../status-text.ts";

interface Write {
  readonly name: string;
  readonly request: Uint8Array;
}

/** What a device was told: the last value of every setting, in the order in which they were written last. */
export class RegisterJournal {
  readonly #writes = new Map<number, Write>();

  get length(): number {
    return this.#writes.size;
  }

  /** A request that the device has answered. Commands, and what goes with them, are no settings. */
  note(request: Uint8Array, reply: Uint8Array): void {
    const { address, length, operation } = parseRegisterReport(request);
    if (operation !== OPERATION_WRITE || parseRegisterReport(reply).status !== STATUS_OK) return;
    const entries = registersIn(address, length);
    if (!entries.every(({ access }) => access === "rw")) return;
    this.#writes.delete(address);
    this.#writes.set(address, { name: entries.map(({ name }) => name).join(", "), request: request.slice() });
  }

  /**
   * Tell a device all of it again. What one setting allows may hang on another, and of both only the last values are known:
   * those that are refused are tried again after the others.
   * @throws CameraError when the device refuses what is left.
   */
  async replay(transport: Transport): Promise<void> {
    let left = [...this.#writes.values()];
    while (left.length > 0) {
      const refused: Write[] = [];
      let status = STATUS_OK;
      for (const write of left) {
        const reply = await exchange(transport, write.request);
        if (reply.status === STATUS_OK) continue;
        refused.push(write);
        status = reply.status;
      }
      if (refused.length === left.length) throw notRestored(transport, refused, status);
      left = refused;
    }
  }
}

function registersIn(address: number, length: number): RegisterEntry[] {
  return REGISTERS.filter((entry) => {
    const end = entry.address + entry.bytes * entry.count;
    return address < end && entry.address < address + length;
  });
}

async function exchange(transport: Transport, request: Uint8Array): Promise<RegisterReply> {
  await transport.sendFeatureReport(request);
  const report = await transport.getFeatureReport(REPORT_ID_REGISTER, REGISTER_REPORT_BYTES);
  return parseRegisterReply(report, parseRegisterReport(request));
}

function notRestored({ name }: Transport, refused: readonly Write[], status: number): CameraError {
  const names = [...new Set(refused.map((write) => write.name))].join(", ");
  return new CameraError(
    "status",
    `${name} is back and refuses ${names} as it was set before, with ${statusText(status)} Open it again and set it anew.`,
  );
}
