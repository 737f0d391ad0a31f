import { sign } from "node:crypto";
import * as Image from "../../../hw-profiles/interface/image.ts";
import { encodeManifest } from "../encode-manifest.ts";
import { type Manifest, signedBytes } from "../manifest.ts";
import type { SigningKey } from "./keys.ts";

/** A whole image; Ed25519 is deterministic, so the same manifest, payload and key give the same bytes. */
export function makeImage(manifest: Manifest, payload: Uint8Array, key: SigningKey): Uint8Array<ArrayBuffer> {
  const image = new Uint8Array(Image.IMAGE_MANIFEST_BYTES + payload.length);
  image.set(encodeManifest(manifest));
  image.set(payload, Image.IMAGE_MANIFEST_BYTES);
  signInPlace(image, key);
  return image;
}

/** Put key id and signature into an image. */
export function signInPlace(image: Uint8Array, { id, privateKey }: SigningKey): void {
  image.set(id, Image.IMAGE_KEY_ID_AT);
  image.set(sign(null, signedBytes(image), privateKey), Image.IMAGE_SIGNATURE_AT);
}
