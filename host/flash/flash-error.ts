import type { Refusal } from "../image/refusal.ts";

export type FlashErrorCode =
  /** The board would not take this image, or did not: nothing that runs was touched. */
  | "refused"
  /** Stopped by the caller: the board boots what it booted before. */
  | "interrupted"
  /** The link lost too much, or the board answers otherwise than its contract says. */
  | "link"
  /** The flash does not hold what was sent. */
  | "verify"
  /** A sector does not erase or program, or the journal takes no record. */
  | "worn"
  /** The new image failed its trial: the board went back. */
  | "reverted"
  /** Not now: something else must be done first. */
  | "state";

/** Why flashing ended: what was found, what was expected, what to do. */
export class FlashError extends Error {
  override readonly name = "FlashError";
  readonly code: FlashErrorCode;
  /** Everything that stands against the image. */
  readonly refusals: readonly Refusal[];

  constructor(
    code: FlashErrorCode,
    message: string,
    options: ErrorOptions & { readonly refusals?: readonly Refusal[] } = {},
  ) {
    super(message, options);
    this.code = code;
    this.refusals = options.refusals ?? [];
  }
}
