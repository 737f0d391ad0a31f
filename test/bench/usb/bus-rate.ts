import { buildCreditCommand } from "../../../host/packet/command-report.ts";
import { REPORT_BYTES } from "../../../hw-profiles/interface/reports.ts";
import { Bus } from "../../../sim/usb/usbip/bus.ts";
import { UsbIpServer } from "../../../sim/usb/usbip/server.ts";
import { UsbHost } from "../../sim/usb/usb-host.ts";
import { CannedBoard } from "./canned-board.ts";

const NOTHING = Buffer.alloc(0);
const [OUT, HID_IN, BULK_IN] = [2, 1, 3];
/** As the transports have it. */
const HID = { endpoint: HID_IN, bytes: REPORT_BYTES, transfers: 8, credit: 48 };
const BULK = { endpoint: BULK_IN, bytes: 16 * REPORT_BYTES, transfers: 4, credit: 256 };

/** Reports a second that the bus carries when the board has them ready: server and host in this process, over TCP. */
export async function busRate(isBulk: boolean, durationMs: number): Promise<number> {
  const board = new CannedBoard(isBulk);
  const server = await UsbIpServer.listen(new Bus([board.device]), 0, "127.0.0.1");
  const host = await UsbHost.attach(server.port, "1-1");
  if (host === undefined) throw new Error("the server refused the import");
  await host.write(0x00, 9, 1, 0);
  const { bytes, credit, endpoint, transfers } = isBulk ? BULK : HID;
  let [reports, outstanding] = [0, 0];
  const grant = () => {
    if (outstanding > credit / 2) return;
    const more = credit - outstanding;
    outstanding = credit;
    void host.submit(OUT, false, 0, Buffer.from(buildCreditCommand(more)));
  };
  const startMs = performance.now();
  const poll = async () => {
    while (performance.now() - startMs < durationMs) {
      const answer = await host.submit(endpoint, true, bytes, NOTHING);
      const come = (answer?.data.length ?? 0) / REPORT_BYTES;
      reports += come;
      outstanding -= come;
      grant();
    }
  };
  grant();
  await Promise.race(Array.from({ length: transfers }, poll));
  const seconds = (performance.now() - startMs) / 1000;
  host.detach();
  await server.close();
  if (board.lost > 0) throw new Error(`found ${board.lost} reports lost in the device, expected none`);
  return reports / seconds;
}
