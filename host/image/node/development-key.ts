import { createHash } from "node:crypto";

/** Said aloud, so that nobody takes the key for a secret. */
const SENTENCE = "cqd-readout development key: public, not a secret";

/** Seed of the development key's private half. Everybody has it: boards that are locked for production refuse the key. */
export function developmentSeed(): Uint8Array {
  return createHash("sha256").update(SENTENCE).digest();
}
