import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import type { RegisterPort } from "../camera/register-port.ts";
import type { LinkEvent } from "../camera/resume/resume-options.ts";
import { serveControlSocket } from "./control-socket.ts";
import { DeviceSession } from "./device-session.ts";
import { serveDeviceSocket } from "./device-socket.ts";
import type { DeviceSource } from "./device-source.ts";
import { refusal, securityHeaders } from "./http-guard.ts";
import { LOOPBACK, listenOnLoopback } from "./listen.ts";
import { CLOSE_DEVICE_CHANGED, CLOSE_DEVICE_FAILED, CONTROL_PATH, DEVICE_PATH } from "./messages.ts";
import { loadStaticFiles, type StaticFile } from "./static-files.ts";
import { systemClock, type WallClock } from "./wall-clock.ts";

export interface ViewerServerOptions {
  readonly source: DeviceSource;
  readonly profileId: string;
  readonly sceneId: string;
  /** Folder of the built page. */
  readonly pageFolder: string;
  /** Undefined: the usual port, or any free one. */
  readonly port?: number | undefined;
  readonly clock?: WallClock;
  /** Hears that the device was unplugged, and that it is back. */
  readonly onLink?: (event: LinkEvent) => void;
}

/** Messages from pages are requests of a few bytes. */
const MAX_PAGE_MESSAGE_BYTES = 4096;

/** Serves the viewer's page and one device to any number of pages, on loopback only. */
export class ViewerServer {
  private readonly http: Server;
  private readonly sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_PAGE_MESSAGE_BYTES });
  private readonly files: ReadonlyMap<string, StaticFile>;
  private readonly session: DeviceSession;
  private readonly clock: WallClock;
  private readonly controlSockets = new Set<WebSocket>();
  private readonly deviceSockets = new Set<WebSocket>();
  private readonly wantedPort: number | undefined;
  private boundPort = 0;

  constructor(options: ViewerServerOptions) {
    this.files = loadStaticFiles(options.pageFolder);
    this.clock = options.clock ?? systemClock;
    this.wantedPort = options.port;
    this.session = new DeviceSession(options.source, options.profileId, options.sceneId, this.clock, {
      stateChanged: () => this.broadcastState(),
      deviceEnded: (reason) => this.endDeviceSockets(reason),
      linkChanged: (event) => options.onLink?.(event),
    });
    this.http = createServer((request, response) => this.answer(request, response));
    this.http.on("upgrade", (request: IncomingMessage, socket, head) => this.upgrade(request, socket, head));
  }

  get url(): string {
    return `http://${LOOPBACK}:${this.boundPort}/`;
  }

  /** The open device: its registers, and the number of the last frame that pages were offered. */
  get device(): { readonly registers: RegisterPort; readonly lastFrame: number | undefined } | undefined {
    const { relay } = this.session;
    return relay && { registers: relay.registers, lastFrame: relay.lastFrameNumber };
  }

  /** Take the port, then open the device. Rejects with PortTakenError or the device's error; nothing stays open. */
  async start(): Promise<void> {
    this.boundPort = await listenOnLoopback(this.http, this.wantedPort);
    try {
      await this.session.start();
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    for (const socket of this.sockets.clients) socket.terminate();
    await new Promise<void>((resolve) => {
      this.http.close(() => resolve());
      this.http.closeAllConnections();
    });
    await this.session.close();
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const refused = refusal(request, this.boundPort, false);
    const isRead = request.method === "GET" || request.method === "HEAD";
    const file = this.files.get((request.url ?? "").split("?", 1)[0] ?? "");
    if (refused !== undefined) this.plain(response, 403, refused);
    else if (!isRead)
      this.plain(response, 405, `method ${request.method} is not served, expected GET or HEAD`);
    else if (file === undefined) this.plain(response, 404, "there is no such file in the viewer");
    else this.file(response, file, request.method === "HEAD");
  }

  private plain(response: ServerResponse, status: number, text: string): void {
    const headers = { ...securityHeaders(this.boundPort), "content-type": "text/plain; charset=utf-8" };
    response.writeHead(status, headers).end(`${text}\n`);
  }

  private file(response: ServerResponse, file: StaticFile, headOnly: boolean): void {
    response.writeHead(200, {
      ...securityHeaders(this.boundPort),
      "content-type": file.contentType,
      "content-length": file.bytes.length,
      "cache-control": file.immutable ? "public, max-age=31536000, immutable" : "no-cache",
    });
    response.end(headOnly ? undefined : file.bytes);
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const path = request.url ?? "";
    const refused = refusal(request, this.boundPort, true);
    const serve = this.servePath(path);
    if (refused !== undefined) reject(socket, "403 Forbidden", refused);
    else if (serve === undefined) reject(socket, "404 Not Found", "no such socket");
    else this.sockets.handleUpgrade(request, socket, head, serve);
  }

  private servePath(path: string): ((socket: WebSocket) => void) | undefined {
    if (path === CONTROL_PATH) return (socket) => this.serveControl(socket);
    return path === DEVICE_PATH ? (socket) => this.serveDevice(socket) : undefined;
  }

  private serveControl(socket: WebSocket): void {
    this.controlSockets.add(socket);
    socket.on("close", () => {
      this.controlSockets.delete(socket);
      this.broadcastState();
    });
    serveControlSocket(socket, this.session, () => this.clock.nowMs());
    this.broadcastState();
  }

  private serveDevice(socket: WebSocket): void {
    const { relay } = this.session;
    if (relay === undefined || relay.isAway) {
      const reason = relay === undefined ? "there is no open device" : "the board is unplugged";
      socket.close(CLOSE_DEVICE_FAILED, reason);
      return;
    }
    this.deviceSockets.add(socket);
    socket.on("close", () => this.deviceSockets.delete(socket));
    serveDeviceSocket(socket, relay);
  }

  private broadcastState(): void {
    const state = JSON.stringify(this.session.state(this.controlSockets.size));
    for (const socket of this.controlSockets) socket.send(state);
  }

  private endDeviceSockets(reason: string): void {
    for (const socket of this.deviceSockets) socket.close(CLOSE_DEVICE_CHANGED, reason.slice(0, 100));
  }
}

function reject(socket: Duplex, status: string, reason: string): void {
  // Whoever asked may have gone without an answer.
  socket.on("error", () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: text/plain\r\n\r\n${reason}\n`);
}
