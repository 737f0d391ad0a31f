import type { Page } from "playwright-core";
import { parseRegisterReport } from "../../../host/packet/register-report.ts";
import { decodeRequest, MESSAGE_SEND_FEATURE } from "../../../host/server/device-messages.ts";
import { DEVICE_PATH } from "../../../host/server/messages.ts";

/** What came of a register that a page reads and never hears of. */
export interface Unanswered {
  isAsked: boolean;
  /** Sockets to the server's device that the page has opened. */
  sockets: number;
}

/** The server never hears of the first read of the register at `address`. To be called before the page is loaded. */
export async function leaveUnanswered(page: Page, address: number): Promise<Unanswered> {
  const found: Unanswered = { isAsked: false, sockets: 0 };
  const isIt = (message: string | Buffer): boolean => {
    const request = typeof message === "string" ? undefined : decodeRequest(Uint8Array.from(message));
    const isRequest = request?.kind === MESSAGE_SEND_FEATURE;
    return isRequest && parseRegisterReport(request.body).address === address;
  };
  await page.routeWebSocket(`**${DEVICE_PATH}`, (socket) => {
    found.sockets++;
    const server = socket.connectToServer();
    socket.onMessage((message) => {
      if (found.isAsked || !isIt(message)) server.send(message);
      else found.isAsked = true;
    });
  });
  return found;
}
