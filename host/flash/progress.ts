import { FlashError } from "./flash-error.ts";

/** What the updater does just now. */
export type FlashPhase = "check" | "send" | "finish" | "verify";

/** How far a flashing has come. */
export interface FlashProgress {
  readonly phase: FlashPhase;
  /** Of the image: acknowledged by the board, or while it is verified: read back and found right. */
  readonly bytes: number;
  readonly totalBytes: number;
  /** Sectors finished, and sectors of the image; 0 before the board has told. */
  readonly sectors: number;
  readonly totalSectors: number;
  /** Sectors that the slot held already. */
  readonly skippedSectors: number;
}

export interface FlashOptions {
  /** Hears of every piece that the board has taken. */
  readonly onProgress?: ((progress: FlashProgress) => void) | undefined;
  /** Stops between two pieces, sent or read back; the same image goes on there later. */
  readonly signal?: AbortSignal | undefined;
}

/** What went over the link for one image. */
export interface SentImage {
  readonly slot: number;
  readonly totalBytes: number;
  /** Bytes of the image that were sent, those counted again that were sent again. */
  readonly sentBytes: number;
  readonly totalSectors: number;
  readonly skippedSectors: number;
  /** Where an earlier installation of this image had stopped; 0 = there was none. */
  readonly resumedAtByte: number;
}

/** @param left what the board does now, and what to do. @throws FlashError "interrupted" when the caller wants to stop. */
export function requireGoing(signal: AbortSignal | undefined, left: string): void {
  if (signal?.aborted === true) throw new FlashError("interrupted", `stopped: ${left}`);
}
