import type { WebSocket } from "ws";
import type { DeviceSession } from "./device-session.ts";
import { type PageMessage, parsePageMessage, type ServerMessage } from "./messages.ts";
import { answerTimeline } from "./timeline.ts";

/** Serve one page's CONTROL_PATH socket: its wishes go to the session, refusals come back. */
export function serveControlSocket(socket: WebSocket, session: DeviceSession, nowMs: () => number): void {
  const send = (message: ServerMessage): void => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
  };
  socket.on("message", (data, isBinary) => {
    const message = isBinary ? undefined : parsePageMessage(String(data));
    if (message === undefined) {
      send({ type: "refused", message: "not a message of this viewer; reload the page" });
    } else if (message.type === "ping") {
      send({ type: "pong", id: message.id, serverTimeMs: nowMs() });
    } else if (message.type === "timeline") {
      void answerTimeline(message, session.traces).then(send);
    } else {
      const problem = obey(session, message);
      if (problem !== undefined) send({ type: "refused", message: problem });
    }
  });
  socket.on("error", () => socket.terminate());
}

function obey(
  session: DeviceSession,
  message: Exclude<PageMessage, { type: "ping" | "timeline" }>,
): string | undefined {
  if (message.type === "open") return session.change(message.profileId, message.sceneId);
  if (message.type === "configure") return session.configure(message.registers);
  const { relay } = session;
  if (relay !== undefined) relay[message.type]();
  else if (message.type === "play") session.reopen();
  else return "there is no open device; Play opens it again";
  return undefined;
}
