import type { LidarProfile } from "../../hw-profiles/sensor-profile.ts";

/** Two slots: one is read out while the other one is exposed. */
export const FRAME_SLOTS = 2;

/** The board's SDRAM: gate planes of whole frames, u16 [gate][row][column]. Shared between threads. */
export interface FrameStore {
  readonly buffer: SharedArrayBuffer;
  readonly slots: readonly Uint16Array[];
}

export function createFrameStore(profile: LidarProfile): FrameStore {
  return frameStoreOn(
    new SharedArrayBuffer(FRAME_SLOTS * slotCodes(profile) * Uint16Array.BYTES_PER_ELEMENT),
    profile,
  );
}

/** Views on a buffer that another thread created. */
export function frameStoreOn(buffer: SharedArrayBuffer, profile: LidarProfile): FrameStore {
  const codes = slotCodes(profile);
  const slots = Array.from(
    { length: FRAME_SLOTS },
    (_, slot) => new Uint16Array(buffer, slot * codes * Uint16Array.BYTES_PER_ELEMENT, codes),
  );
  return { buffer, slots };
}

function slotCodes(profile: LidarProfile): number {
  return profile.gates.delaysNs.length * profile.array.heightPx * profile.array.widthPx;
}
