import { verify } from "node:crypto";
import { IMAGE_MANIFEST_BYTES } from "../../../hw-profiles/interface/image.ts";
import type { BoardPolicy } from "../board-policy.ts";
import { decodeManifest } from "../decode-manifest.ts";
import { type ImageFacts, judgeImage } from "../judge-image.ts";
import { keyOf } from "../judge-manifest.ts";
import { payloadOf, signatureOf, signedBytes } from "../manifest.ts";
import type { Refusal } from "../refusal.ts";
import { publicKeyObject, sha256 } from "./keys.ts";

/** What node:crypto says of an image. Throws for no bytes whatever. */
export function imageFacts(image: Uint8Array, policy: BoardPolicy): ImageFacts {
  return { isSignatureValid: hasValidSignature(image, policy), payloadSha256: sha256(payloadOf(image)) };
}

/** Everything that stands against an image on a board; empty: it would be installed. */
export function verifyImage(image: Uint8Array, policy: BoardPolicy): readonly Refusal[] {
  const { refusal } = decodeManifest(image);
  // Nothing is verified or hashed for what has not even the form of an image.
  if (refusal !== undefined) return [refusal];
  return judgeImage(image, imageFacts(image, policy), policy);
}

export function hasValidSignature(image: Uint8Array, policy: BoardPolicy): boolean {
  if (image.length < IMAGE_MANIFEST_BYTES) return false;
  const key = keyOf(image, policy);
  if (key === undefined) return false;
  return verify(null, signedBytes(image), publicKeyObject(key), signatureOf(image).signature);
}
