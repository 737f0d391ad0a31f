import type { SensorProfile } from "../../hw-profiles/sensor-profile.ts";
import type { TimelineAnswer, TimelineRequest } from "./timeline-messages.ts";

// What viewer server and page say to each other. Runs in both; no Node, no DOM.
//
// Two sockets of one origin:
// - CONTROL_PATH carries JSON text: the server's state to the page, the page's wishes to the server.
// - DEVICE_PATH carries the reports of the wire, binary; it lives as long as the opened device does.

export const CONTROL_PATH = "/control";
export const DEVICE_PATH = "/device";

/** Close codes of DEVICE_PATH (private range of RFC 6455). */
export const CLOSE_DEVICE_CHANGED = 4001;
export const CLOSE_BAD_MESSAGE = 4002;
export const CLOSE_DEVICE_FAILED = 4003;

/** A scene or profile that may be chosen: the page knows the id only, never a path. */
export interface Choice {
  readonly id: string;
  readonly title: string;
}

/** The only scene of a board that is not simulated. */
export const BOARD_SCENE: Choice = { id: "", title: "What the board sees" };

/** "stopping": play was taken back, the last frames are still on their way. */
export type RunMode = "playing" | "stopping" | "paused";

export interface DeviceState {
  readonly type: "state";
  /** Rises with every opened device; a page reconnects DEVICE_PATH when it changes. */
  readonly epoch: number;
  readonly mode: RunMode;
  /** Number of the last frame that was offered to the pages; a page is paused when it shows this one. */
  readonly lastFrame: number | undefined;
  readonly deviceName: string;
  /** False: a board on USB; sensor and scene are what they are. */
  readonly isSimulated: boolean;
  /** Its cable is out: it is being waited for. */
  readonly isAway: boolean;
  readonly profile: SensorProfile | undefined;
  readonly profileId: string;
  readonly sceneId: string;
  readonly profiles: readonly Choice[];
  readonly scenes: readonly Choice[];
  readonly pages: number;
  /** Why there is no device, or why the last wish was refused. */
  readonly problem: string | undefined;
}

/** Answer to a ping; the page estimates the offset of the server's clock from it. */
export interface Pong {
  readonly type: "pong";
  readonly id: number;
  readonly serverTimeMs: number;
}

export interface Refusal {
  readonly type: "refused";
  readonly message: string;
}

export type ServerMessage = DeviceState | Pong | Refusal | TimelineAnswer;

export type PageMessage =
  | { readonly type: "play" }
  | { readonly type: "pause" }
  | { readonly type: "step" }
  | { readonly type: "open"; readonly profileId: string; readonly sceneId: string }
  /** Register values by name; the device is opened anew with them. */
  | { readonly type: "configure"; readonly registers: Readonly<Record<string, number>> }
  | TimelineRequest
  | { readonly type: "ping"; readonly id: number };

/** A page's JSON as a message, or undefined when it is none. */
export function parsePageMessage(text: string): PageMessage | undefined {
  const value = parseObject(text);
  switch (value?.["type"]) {
    case "play":
    case "pause":
    case "step":
      return { type: value["type"] };
    case "ping":
      return typeof value["id"] === "number" ? { type: "ping", id: value["id"] } : undefined;
    case "open": {
      const { profileId, sceneId } = value;
      if (typeof profileId !== "string" || typeof sceneId !== "string") return undefined;
      return { type: "open", profileId, sceneId };
    }
    case "configure": {
      const registers = numbersOf(value["registers"]);
      return registers && { type: "configure", registers };
    }
    case "timeline":
      return timelineRequest(value);
    default:
      return undefined;
  }
}

function timelineRequest({ id, row, from, to }: Record<string, unknown>): TimelineRequest | undefined {
  if (typeof id !== "number" || typeof row !== "number" || !Number.isInteger(row)) return undefined;
  return { type: "timeline", id, row, from: finite(from), to: finite(to) };
}

function finite(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

function numbersOf(value: unknown): Record<string, number> | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const entries = Object.entries(value);
  const isNumbers = entries.every(([, number]) => typeof number === "number" && Number.isFinite(number));
  return isNumbers ? Object.fromEntries(entries) : undefined;
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
