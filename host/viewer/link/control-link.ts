import {
  CONTROL_PATH,
  type DeviceState,
  type PageMessage,
  type ServerMessage,
} from "../../server/messages.ts";
import type { TimelineAnswer } from "../../server/timeline-messages.ts";
import { ClockOffset } from "./clock-offset.ts";
import { socketUrl } from "./socket-url.ts";

export interface ControlEvents {
  connected(): void;
  /** The server is gone; the link keeps trying. */
  disconnected(): void;
  state(state: DeviceState): void;
  refused(message: string): void;
  timeline(answer: TimelineAnswer): void;
}

const RETRY_MS = 1000;
const PING_MS = 2000;
/**
 * A server that leaves so many pings unanswered is gone, whatever the socket says. Counted, not timed: a page that slept finds the
 * clock far ahead and the answers still unread.
 */
const MAX_UNANSWERED = 4;

/** The control socket: reconnects by itself, measures the offset of the server's clock. */
export class ControlLink {
  readonly clock = new ClockOffset();
  private readonly events: ControlEvents;
  private socket: WebSocket | undefined;
  /** Pings since the server was last heard. */
  private unanswered = 0;

  constructor(events: ControlEvents) {
    this.events = events;
    setInterval(() => this.ping(), PING_MS);
    this.connect();
  }

  send(message: PageMessage): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }

  private connect(): void {
    const socket = new WebSocket(socketUrl(CONTROL_PATH));
    this.socket = socket;
    socket.addEventListener("open", () => {
      this.unanswered = 0;
      this.events.connected();
      this.ping();
    });
    socket.addEventListener("message", (event) =>
      this.receive(JSON.parse(String(event.data)) as ServerMessage),
    );
    socket.addEventListener("close", () => {
      this.events.disconnected();
      setTimeout(() => this.connect(), RETRY_MS);
    });
  }

  private receive(message: ServerMessage): void {
    this.unanswered = 0;
    if (message.type === "state") this.events.state(message);
    else if (message.type === "refused") this.events.refused(message.message);
    else if (message.type === "timeline") this.events.timeline(message);
    else this.clock.pong(message, Date.now());
  }

  private ping(): void {
    if (this.socket?.readyState !== WebSocket.OPEN) return;
    if (this.unanswered === MAX_UNANSWERED) {
      this.socket.close();
      return;
    }
    this.unanswered++;
    this.send({ type: "ping", id: this.clock.ping(Date.now()) });
  }
}
