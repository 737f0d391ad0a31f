import { REPORT_ID_REGISTER } from "../../../hw-profiles/interface/reports.ts";
import {
  decodeBatch,
  decodeRequest,
  encodeRequest,
  MESSAGE_GET_FEATURE,
  MESSAGE_OUTPUT,
  MESSAGE_REPLY,
  MESSAGE_REPORTS,
  MESSAGE_SEND_FEATURE,
  type ReportBatch,
  replyFailed,
} from "../../server/device-messages.ts";
import type { Transport } from "../../transport/transport.ts";

interface Waiting {
  resolve(bytes: Uint8Array): void;
  reject(error: Error): void;
}

/** The seam over the viewer server's device socket. */
export class WebSocketTransport implements Transport {
  readonly name: string;
  /** Told of every batch before its reports are. */
  onBatch: ((batch: ReportBatch) => void) | undefined;
  private readonly socket: WebSocket;
  private readonly reportListeners: ((report: Uint8Array) => void)[] = [];
  private readonly closedListeners: ((reason: Error | undefined) => void)[] = [];
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;
  private isClosed = false;

  private constructor(name: string, socket: WebSocket) {
    this.name = name;
    this.socket = socket;
    socket.addEventListener("message", (event) => this.receive(new Uint8Array(event.data as ArrayBuffer)));
    socket.addEventListener("close", (event) => this.closed(event.reason));
  }

  /** Connect to `url`. Rejects when the server does not take the socket. */
  static open(url: string, name: string): Promise<WebSocketTransport> {
    const socket = new WebSocket(url);
    socket.binaryType = "arraybuffer";
    return new Promise((resolve, reject) => {
      socket.addEventListener("open", () => resolve(new WebSocketTransport(name, socket)), { once: true });
      socket.addEventListener("close", () => reject(new Error(`cannot connect to ${url}`)), { once: true });
    });
  }

  onReport(listener: (report: Uint8Array) => void): void {
    this.reportListeners.push(listener);
  }

  onClosed(listener: (reason: Error | undefined) => void): void {
    this.closedListeners.push(listener);
  }

  sendReport(report: Uint8Array): Promise<void> {
    this.transmit(encodeRequest(MESSAGE_OUTPUT, 0, report));
    return Promise.resolve();
  }

  async sendFeatureReport(report: Uint8Array): Promise<void> {
    await this.request(MESSAGE_SEND_FEATURE, report);
  }

  getFeatureReport(reportId: number, length: number): Promise<Uint8Array> {
    const body = new Uint8Array(4);
    body[0] = reportId || REPORT_ID_REGISTER;
    new DataView(body.buffer).setUint16(2, length, true);
    return this.request(MESSAGE_GET_FEATURE, body);
  }

  close(): Promise<void> {
    this.socket.close();
    return Promise.resolve();
  }

  private request(kind: number, body: Uint8Array): Promise<Uint8Array> {
    if (this.isClosed) return Promise.reject(new Error("the connection to the viewer's server is closed"));
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.transmit(encodeRequest(kind, id, body));
    });
  }

  /** A socket that is closing takes nothing more; what is asked then fails with all else as soon as it is closed. */
  private transmit(message: Uint8Array<ArrayBuffer>): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(message);
  }

  private receive(bytes: Uint8Array): void {
    if (bytes[0] === MESSAGE_REPORTS) {
      const batch = decodeBatch(bytes);
      this.onBatch?.(batch);
      for (const report of batch.reports) for (const listener of this.reportListeners) listener(report);
    } else if (bytes[0] === MESSAGE_REPLY) {
      this.settle(bytes);
    }
  }

  private settle(bytes: Uint8Array): void {
    const reply = decodeRequest(bytes);
    const waiting = reply && this.waiting.get(reply.id);
    if (!reply || !waiting) return;
    this.waiting.delete(reply.id);
    if (replyFailed(bytes)) waiting.reject(new Error(new TextDecoder().decode(reply.body)));
    else waiting.resolve(reply.body);
  }

  private closed(reason: string): void {
    this.isClosed = true;
    const error = new Error(reason || "the connection to the viewer's server was closed");
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
    for (const listener of this.closedListeners) listener(error);
  }
}
