import * as R from "../../hw-profiles/interface/reports.ts";
import { requireLength, viewOf } from "./packet-error.ts";

/** Last report of a frame: counters of the readout logic. */
export interface Trailer {
  readonly frameNumber: number;
  /** STATUS_* of the interface's status.ts. */
  readonly status: number;
  readonly endCycle: bigint;
  readonly validPixels: number;
  readonly noReturn: number;
  readonly lowSignal: number;
  readonly saturated: number;
  readonly misfit: number;
  readonly bad: number;
  readonly window: number;
  /** Reports of this frame, trailer included. */
  readonly reports: number;
  /** Length of the KIND_RAW stream. */
  readonly rawBytes: number;
}

/** @throws PacketError when the payload is short. */
export function parseTrailer(payload: Uint8Array): Trailer {
  requireLength("trailer", payload, R.TRAILER_BYTES);
  const view = viewOf(payload);
  return {
    frameNumber: view.getUint32(R.TRAILER_FRAME, true),
    status: view.getUint32(R.TRAILER_STATUS, true),
    endCycle: view.getBigUint64(R.TRAILER_END_CYCLE, true),
    validPixels: view.getUint32(R.TRAILER_VALID_PIXELS, true),
    noReturn: view.getUint32(R.TRAILER_NO_RETURN, true),
    lowSignal: view.getUint32(R.TRAILER_LOW_SIGNAL, true),
    saturated: view.getUint32(R.TRAILER_SATURATED, true),
    misfit: view.getUint32(R.TRAILER_MISFIT, true),
    bad: view.getUint32(R.TRAILER_BAD, true),
    window: view.getUint32(R.TRAILER_WINDOW, true),
    reports: view.getUint32(R.TRAILER_REPORTS, true),
    rawBytes: view.getUint32(R.TRAILER_RAW_BYTES, true),
  };
}

export function buildTrailer(trailer: Trailer): Uint8Array {
  const payload = new Uint8Array(R.TRAILER_BYTES);
  const view = viewOf(payload);
  view.setUint32(R.TRAILER_FRAME, trailer.frameNumber, true);
  view.setUint32(R.TRAILER_STATUS, trailer.status, true);
  view.setBigUint64(R.TRAILER_END_CYCLE, trailer.endCycle, true);
  view.setUint32(R.TRAILER_VALID_PIXELS, trailer.validPixels, true);
  view.setUint32(R.TRAILER_NO_RETURN, trailer.noReturn, true);
  view.setUint32(R.TRAILER_LOW_SIGNAL, trailer.lowSignal, true);
  view.setUint32(R.TRAILER_SATURATED, trailer.saturated, true);
  view.setUint32(R.TRAILER_MISFIT, trailer.misfit, true);
  view.setUint32(R.TRAILER_BAD, trailer.bad, true);
  view.setUint32(R.TRAILER_WINDOW, trailer.window, true);
  view.setUint32(R.TRAILER_REPORTS, trailer.reports, true);
  view.setUint32(R.TRAILER_RAW_BYTES, trailer.rawBytes, true);
  return payload;
}
