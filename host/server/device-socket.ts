import type { RawData, WebSocket } from "ws";
import { COMMAND_CREDIT } from "../../hw-profiles/interface/reports.ts";
import { parseCommand } from "../packet/command-report.ts";
import { PacketError } from "../packet/packet-error.ts";
import {
  decodeRequest,
  encodeReply,
  MESSAGE_GET_FEATURE,
  MESSAGE_OUTPUT,
  MESSAGE_SEND_FEATURE,
  type Request,
} from "./device-messages.ts";
import { CLOSE_BAD_MESSAGE } from "./messages.ts";
import type { PagePort } from "./page-port.ts";
import type { Relay } from "./relay.ts";

/** Serve one page's DEVICE_PATH socket from the relay until either end closes it. */
export function serveDeviceSocket(socket: WebSocket, relay: Relay): void {
  const page = relay.attach((message) => socket.send(message));
  const requests = new PageRequests(socket, relay, page);
  socket.on("message", (data, isBinary) => {
    const request = isBinary ? decodeRequest(bytesOf(data)) : undefined;
    if (request === undefined)
      socket.close(CLOSE_BAD_MESSAGE, "expected a binary message of 8 bytes or more");
    else requests.take(request);
  });
  socket.on("close", () => relay.detach(page));
  socket.on("error", () => socket.terminate());
}

class PageRequests {
  private readonly socket: WebSocket;
  private readonly relay: Relay;
  private readonly page: PagePort;
  /** Reply to this page's last feature report, until the page fetches it. */
  private reply: Promise<Uint8Array> | undefined;

  constructor(socket: WebSocket, relay: Relay, page: PagePort) {
    this.socket = socket;
    this.relay = relay;
    this.page = page;
  }

  take(request: Request): void {
    switch (request.kind) {
      case MESSAGE_OUTPUT:
        this.output(request);
        break;
      case MESSAGE_SEND_FEATURE:
        this.reply = this.relay.feature(this.page, request.body.slice());
        this.answer(
          request.id,
          this.reply.then(() => new Uint8Array(0)),
        );
        break;
      case MESSAGE_GET_FEATURE:
        this.answer(request.id, this.reply ?? Promise.reject(new Error("no feature report was sent before")));
        break;
      default:
        this.socket.close(CLOSE_BAD_MESSAGE, `message kind ${request.kind} is unknown`);
    }
  }

  private output(request: Request): void {
    try {
      const command = parseCommand(request.body);
      if (command.kind === COMMAND_CREDIT) this.page.grant(command.value);
    } catch (error) {
      if (!(error instanceof PacketError)) throw error;
      this.socket.close(CLOSE_BAD_MESSAGE, error.message.slice(0, 100));
    }
  }

  private answer(id: number, reply: Promise<Uint8Array>): void {
    reply.then(
      (bytes) => this.send(encodeReply(id, bytes, false)),
      (error: unknown) => {
        const message = error instanceof Error ? error.message : String(error);
        this.send(encodeReply(id, new TextEncoder().encode(message), true));
      },
    );
  }

  private send(message: Uint8Array): void {
    if (this.socket.readyState === this.socket.OPEN) this.socket.send(message);
  }
}

/** Not as a Buffer, whose slice() is no copy. */
function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return new Uint8Array(Buffer.concat(data));
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
