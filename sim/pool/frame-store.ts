/** Two slots: one is read out while the other one is exposed. */
export const FRAME_SLOTS = 2;

/** The board's SDRAM: planes of whole frames, u16 [plane][line][column] from each slot's start. Shared between threads. */
export interface FrameStore {
  readonly buffer: SharedArrayBuffer;
  readonly slots: readonly Uint16Array[];
}

/** @param frameCodes samples of the largest frame. */
export function createFrameStore(frameCodes: number): FrameStore {
  return frameStoreOn(new SharedArrayBuffer(FRAME_SLOTS * frameCodes * Uint16Array.BYTES_PER_ELEMENT));
}

/** Views on a buffer that another thread created. */
export function frameStoreOn(buffer: SharedArrayBuffer): FrameStore {
  const slotBytes = buffer.byteLength / FRAME_SLOTS;
  const slots = Array.from(
    { length: FRAME_SLOTS },
    (_, slot) => new Uint16Array(buffer, slot * slotBytes, slotBytes / Uint16Array.BYTES_PER_ELEMENT),
  );
  return { buffer, slots };
}
