import type { Transport } from "../../transport/transport.ts";

/** How a camera goes on after its device was unplugged. */
export interface ResumeOptions {
  /** How long the device may be away, ms. */
  readonly timeoutMs: number;
  /**
   * Opens the same device again, session and all. TransportErrors are asked about again, others end the wait. A camera that was
   * opened by name needs none.
   */
  readonly reopen?: () => Promise<Transport>;
  /** Resolves when it is worth looking for the device again; default: 250 ms later. A browser's event of a device that comes. */
  readonly nextLook?: () => Promise<void>;
  /** Called once, when the camera is closed. */
  readonly release?: () => Promise<void>;
}

/** What happens to the link of a camera that resumes. */
export type LinkEvent =
  /** The device is gone and is being waited for. */
  | { readonly state: "away"; readonly reason: Error }
  /** It is back, has its settings again, and its acquisition goes on. Frames of the gap are missing. */
  | { readonly state: "back"; readonly gapMs: number; readonly resumes: number };
