import { EVENT_BYTES, EVENT_DETAIL, EVENT_FRAME, EVENT_STATUS } from "../../hw-profiles/interface/reports.ts";
import { requireLength, viewOf } from "./packet-error.ts";

/** Why the device ended the acquisition by itself. */
export interface DeviceEvent {
  readonly frameNumber: number;
  /** STATUS_* of the interface's status.ts. */
  readonly status: number;
  /** What the status says more about itself: the offset of the parameter that was refused, else 0. */
  readonly detail: number;
}

/** @throws PacketError when the payload is short. */
export function parseEvent(payload: Uint8Array): DeviceEvent {
  requireLength("event", payload, EVENT_BYTES);
  const view = viewOf(payload);
  return {
    frameNumber: view.getUint32(EVENT_FRAME, true),
    status: view.getUint32(EVENT_STATUS, true),
    detail: view.getUint32(EVENT_DETAIL, true),
  };
}

export function buildEvent(event: DeviceEvent): Uint8Array {
  const payload = new Uint8Array(EVENT_BYTES);
  const view = viewOf(payload);
  view.setUint32(EVENT_FRAME, event.frameNumber, true);
  view.setUint32(EVENT_STATUS, event.status, true);
  view.setUint32(EVENT_DETAIL, event.detail, true);
  return payload;
}
