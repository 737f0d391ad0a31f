import { TransportError } from "../../../host/transport/transport-error.ts";
import {
  COMMAND_BYTES,
  REGISTER_REPORT_BYTES,
  REPORT_ID_COMMAND,
  REPORT_ID_REGISTER,
} from "../../../hw-profiles/interface/reports.ts";
import { sealed } from "../../reference/report-check.ts";
import type { StallableTransport } from "../bench.ts";
import { streamWhole, withCamera } from "../camera-run.ts";
import { type Check, must } from "../check.ts";
import { seededBetween } from "../random.ts";

const BAD_REPORTS = 60;
const BYTE_VALUES = 256;
/** The kernel itself refuses what is shorter. */
const MIN_BYTES = 2;

/** Bytes that begin as a report of ours and go on as anything; every third one is of another length, every other has its check. */
function badReport(seed: number, reportId: number, bytes: number): Uint8Array {
  const length = seed % 3 === 0 ? seededBetween(seed, MIN_BYTES, bytes) : bytes;
  const report = Uint8Array.from({ length }, (_, i) => seededBetween(seed * bytes + i, 0, BYTE_VALUES));
  report[0] = reportId;
  return length === bytes && seed % 2 === 0 ? sealed(report) : report;
}

/** Sends what no host would. That it is refused is as good as that it is passed over. */
async function sendNonsense(transport: StallableTransport, seed: number): Promise<void> {
  for (let i = 0; i < BAD_REPORTS; i++) {
    const command = badReport(seed + i, REPORT_ID_COMMAND, COMMAND_BYTES);
    await transport.sendReport(command).catch(() => undefined);
    const request = badReport(seed + i, REPORT_ID_REGISTER, REGISTER_REPORT_BYTES);
    await transport.sendFeatureReport(request).catch(() => undefined);
    await transport.getFeatureReport(REPORT_ID_REGISTER, REGISTER_REPORT_BYTES).catch(() => undefined);
  }
}

export const session: readonly Check[] = [
  {
    name: "a second program is refused while the first one lives, and served when it has gone",
    run: async (bench) => {
      const board = bench.boards[0]!;
      await withCamera(board, {}, async (camera) => {
        const refusal = await board.open().then(
          async (second) => second.close(),
          (error: unknown) => error,
        );
        const isBusy = refusal instanceof TransportError && refusal.code === "busy";
        must(isBusy, `found ${String(refusal)}, expected a TransportError "busy"`);
        await streamWhole(bench, camera, 2);
      });
      await withCamera(board, {}, (camera) => streamWhole(bench, camera, 2));
    },
  },
  {
    name: "reports that no host would send change nothing",
    run: async (bench) => {
      await withCamera(bench.boards[0]!, {}, async (camera, transport) => {
        await sendNonsense(transport, bench.seed);
        await streamWhole(bench, camera, 2);
      });
    },
  },
];
