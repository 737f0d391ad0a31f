import { buildCreditCommand } from "../packet/command-report.ts";
import { inTime } from "../transport/in-time.ts";
import type { Transport } from "../transport/transport.ts";

/** Times that a grant is tried. One that arrived all the same is granted twice: the device sends that much more, once. */
const MAX_TRIES = 3;

/** Let the device send `reports` more data reports. @throws what the last try did. */
export async function sendCredit(transport: Transport, reports: number): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await inTime(transport.sendReport(buildCreditCommand(reports)), transport.name);
    } catch (error) {
      if (tries === MAX_TRIES) throw error;
    }
  }
}
