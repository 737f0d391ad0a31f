import type { BoardPolicy } from "../../../host/image/board-policy.ts";
import { judgeImage } from "../../../host/image/judge-image.ts";
import { payloadOf } from "../../../host/image/manifest.ts";
import { sha256 } from "../../../host/image/node/keys.ts";
import { hasValidSignature, verifyImage } from "../../../host/image/node/verify-image.ts";
import { IMAGE_MANIFEST_BYTES } from "../../../hw-profiles/interface/image.ts";
import { attempt, newTally, type Tally } from "./tally.ts";

const BITS = 8;

/** Every bit of header, TLVs, key id and signature, one at a time. */
export function flipManifestBits(image: Uint8Array, policy: BoardPolicy): Tally {
  const tally = newTally();
  for (let bit = 0; bit < IMAGE_MANIFEST_BYTES * BITS; bit++) {
    flip(image, bit);
    attempt(
      tally,
      () => `manifest with bit ${bit} changed`,
      () => verifyImage(image, policy),
    );
    flip(image, bit);
  }
  return tally;
}

/**
 * Bits of the payload, one at a time. The manifest stays, so its signature is verified once.
 * @param bits which of them, counted from the start of the payload.
 */
export function flipPayloadBits(image: Uint8Array, policy: BoardPolicy, bits: Iterable<number>): Tally {
  const tally = newTally();
  const isSignatureValid = hasValidSignature(image, policy);
  const payload = payloadOf(image);
  for (const bit of bits) {
    flip(payload, bit);
    attempt(
      tally,
      () => `payload with bit ${bit} changed`,
      () => judgeImage(image, { isSignatureValid, payloadSha256: sha256(payload) }, policy),
    );
    flip(payload, bit);
  }
  return tally;
}

function flip(bytes: Uint8Array, bit: number): void {
  bytes[Math.floor(bit / BITS)]! ^= 1 << (bit % BITS);
}

/** All bits of `byteCount` bytes. */
export function* allBits(byteCount: number): Generator<number> {
  for (let bit = 0; bit < byteCount * BITS; bit++) yield bit;
}

/** One bit of each byte. */
export function* oneBitEach(byteCount: number, below: (limit: number) => number): Generator<number> {
  for (let byte = 0; byte < byteCount; byte++) yield byte * BITS + below(BITS);
}
