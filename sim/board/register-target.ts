import type { LidarProfile } from "../../hw-profiles/sensor-profile.ts";
import type { BoardSettings } from "./settings.ts";

/** What registers see of the board. */
export interface RegisterTarget {
  readonly profile: LidarProfile;
  readonly firmwareVersion: string;
  /** The settings that the next frame will have. */
  readonly settings: BoardSettings;
  /** ACQUISITION_* bits. */
  readonly acquisitionStatus: number;
  readonly droppedFrames: number;
  readonly reportsSent: number;
  change(settings: Partial<BoardSettings>): void;
  /** @returns STATUS_*. */
  startAcquisition(): number;
  stopAcquisition(): void;
}
