import { DEVELOPMENT_KEY_ID, DEVELOPMENT_PUBLIC_KEY } from "../../hw-profiles/admission/development-key.ts";
import { sameBytes } from "./manifest.ts";

/** A key that a board, or whoever verifies as a board does, knows. */
export interface ImageKey {
  /** First bytes of the SHA-256 of the public key. */
  readonly id: Uint8Array;
  /** Raw Ed25519 public key. */
  readonly publicKey: Uint8Array;
}

export const DEVELOPMENT_KEY: ImageKey = { id: DEVELOPMENT_KEY_ID, publicKey: DEVELOPMENT_PUBLIC_KEY };

export function isDevelopmentKey(id: Uint8Array): boolean {
  return sameBytes(id, DEVELOPMENT_KEY_ID);
}
