import type { FlashUnit } from "./flash/flash-unit.ts";

/** What registers see of the board beside its settings. */
export interface RegisterTarget {
  readonly firmwareVersion: string;
  /** ACQUISITION_* bits. */
  readonly acquisitionStatus: number;
  /** Frames are acquired. */
  readonly isActive: boolean;
  readonly droppedFrames: number;
  readonly reportsSent: number;
  /** Number of the next frame to start. */
  readonly nextFrame: number;
  /** Token of the program that holds the board, 0 = none. */
  readonly sessionToken: number;
  readonly sessionActivity: number;
  /** Data reports that found the queue to the bus full. */
  readonly lostReports: number;
  /** STREAM_*: the USB interface that carries data reports. */
  streamInterface: number;
  /** The flash and its boot loader. */
  flash(): FlashUnit;
  /** Restart the readout logic: the boot loader decides what runs. After the frame that is under way. */
  restartReadout(): void;
  /** The image on trial was confirmed. */
  readoutConfirmed(): void;
  /** The board gets another holder, 0 = none: what the last one left under way ends. */
  beginSession(token: number): void;
  /** @returns STATUS_*. */
  startAcquisition(): number;
  stopAcquisition(): void;
}
