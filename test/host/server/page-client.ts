import { WebSocket } from "ws";
import { buildCreditCommand } from "../../../host/packet/command-report.ts";
import * as M from "../../../host/server/device-messages.ts";
import {
  CONTROL_PATH,
  DEVICE_PATH,
  type DeviceState,
  type ServerMessage,
} from "../../../host/server/messages.ts";
import type { Transport } from "../../../host/transport/transport.ts";

const CLOSED = "the server closed the socket";

/** Wait until `condition` holds; the test's own time limit ends a wait in vain. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2));
}

function connect(url: string, path: string): WebSocket {
  const { origin, host } = new URL(url);
  return new WebSocket(`ws://${host}${path}`, { origin });
}

function opened(socket: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("error", reject);
  });
}

/** A page's control socket. */
export class ControlClient {
  readonly messages: ServerMessage[] = [];
  readonly socket: WebSocket;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on("message", (data) => this.messages.push(JSON.parse(String(data)) as ServerMessage));
  }

  static async open(url: string): Promise<ControlClient> {
    // Listens before it is open: the first state comes with the opening.
    const client = new ControlClient(connect(url, CONTROL_PATH));
    await opened(client.socket);
    await until(() => client.messages.length > 0);
    return client;
  }

  get state(): DeviceState {
    return this.messages.filter((message) => message.type === "state").at(-1)!;
  }

  send(message: unknown): void {
    this.socket.send(typeof message === "string" ? message : JSON.stringify(message));
  }
}

/** A page's device socket as a transport, so that the camera runs over it as in the page. */
export class PageTransport implements Transport {
  readonly name = "page";
  readonly batches: M.ReportBatch[] = [];
  readonly socket: WebSocket;
  closeCode: number | undefined;
  #lastId = 0;
  readonly #waiting = new Map<number, (bytes: Uint8Array | undefined) => void>();
  readonly #listeners: ((report: Uint8Array) => void)[] = [];

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on("message", (data) => this.#receive(new Uint8Array(data as Buffer)));
    socket.on("close", (code) => {
      this.closeCode = code;
      for (const settle of this.#waiting.values()) settle(undefined);
    });
  }

  static async open(url: string): Promise<PageTransport> {
    const transport = new PageTransport(connect(url, DEVICE_PATH));
    await opened(transport.socket);
    return transport;
  }

  get reports(): number {
    return this.batches.reduce((sum, { reports }) => sum + reports.length, 0);
  }

  onReport(listener: (report: Uint8Array) => void): void {
    this.#listeners.push(listener);
  }

  onClosed(listener: (reason: Error | undefined) => void): void {
    this.socket.on("close", () => listener(undefined));
  }

  async sendReport(report: Uint8Array): Promise<void> {
    this.socket.send(M.encodeRequest(M.MESSAGE_OUTPUT, 0, report));
  }

  grant(reports: number): Promise<void> {
    return this.sendReport(buildCreditCommand(reports));
  }

  async sendFeatureReport(report: Uint8Array): Promise<void> {
    await this.#request(M.MESSAGE_SEND_FEATURE, report);
  }

  getFeatureReport(): Promise<Uint8Array> {
    return this.#request(M.MESSAGE_GET_FEATURE, new Uint8Array(4));
  }

  async close(): Promise<void> {
    this.socket.close();
  }

  #request(kind: number, body: Uint8Array): Promise<Uint8Array> {
    const id = ++this.#lastId;
    if (this.closeCode !== undefined) return Promise.reject(new Error(CLOSED));
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, (bytes) => {
        if (bytes === undefined) reject(new Error(CLOSED));
        else if (M.replyFailed(bytes)) reject(new Error(new TextDecoder().decode(bytes.subarray(8))));
        else resolve(bytes.slice(8));
      });
      this.socket.send(M.encodeRequest(kind, id, body));
    });
  }

  #receive(bytes: Uint8Array): void {
    if (bytes[0] === M.MESSAGE_REPORTS) {
      const batch = M.decodeBatch(bytes);
      this.batches.push(batch);
      for (const report of batch.reports) for (const listener of this.#listeners) listener(report);
      return;
    }
    const { id } = M.decodeRequest(bytes)!;
    this.#waiting.get(id)?.(bytes);
  }
}
