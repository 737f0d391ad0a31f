import type { Transport } from "../../transport/transport.ts";

/** What is known of the frame that came last. */
export interface Delivery {
  /** Milliseconds since it had left the device. */
  readonly ageMs: () => number;
  /** What the way here left out on purpose so far, because this page was slow. */
  readonly skippedFrames: number;
  readonly skippedReports: number;
}

export interface OpenDevice {
  readonly transport: Transport;
  /** Reports in flight; undefined: what the transport takes. */
  readonly creditReports?: number;
  readonly delivery: () => Delivery;
  /** Of a device that the page paces itself: resolves when it may show its next frame. */
  readonly pass?: () => Promise<void>;
}

/** Where a page gets its device from. */
export interface DeviceSource {
  /** Two of the same id are the same device, as far as opening it anew goes. */
  readonly id: string;
  /** Rejects while there is none; it is tried again. */
  open(): Promise<OpenDevice>;
}
