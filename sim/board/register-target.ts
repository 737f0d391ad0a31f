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
  /** @returns STATUS_*. */
  startAcquisition(): number;
  stopAcquisition(): void;
}
