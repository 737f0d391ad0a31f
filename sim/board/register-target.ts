/** What registers see of the board beside its settings. */
export interface RegisterTarget {
  readonly firmwareVersion: string;
  /** ACQUISITION_* bits. */
  readonly acquisitionStatus: number;
  /** Frames are acquired. */
  readonly isActive: boolean;
  readonly droppedFrames: number;
  readonly reportsSent: number;
  /** @returns STATUS_*. */
  startAcquisition(): number;
  stopAcquisition(): void;
}
