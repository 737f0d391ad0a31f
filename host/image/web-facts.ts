import { IMAGE_MANIFEST_BYTES } from "../../hw-profiles/interface/image.ts";
import type { BoardPolicy } from "./board-policy.ts";
import type { ImageFacts } from "./judge-image.ts";
import { keyOf } from "./judge-manifest.ts";
import { payloadOf, signatureOf, signedBytes } from "./manifest.ts";

/** What the page's Web Cryptography says of an image, for judgeImage(). Rejects in a browser without Ed25519. */
export async function webImageFacts(image: Uint8Array, policy: BoardPolicy): Promise<ImageFacts> {
  const [isSignatureValid, digest] = await Promise.all([
    hasValidSignature(image, policy),
    crypto.subtle.digest("SHA-256", copyOf(payloadOf(image))),
  ]);
  return { isSignatureValid, payloadSha256: new Uint8Array(digest) };
}

async function hasValidSignature(image: Uint8Array, policy: BoardPolicy): Promise<boolean> {
  const key = image.length < IMAGE_MANIFEST_BYTES ? undefined : keyOf(image, policy);
  if (key === undefined) return false;
  const imported = await crypto.subtle.importKey("raw", copyOf(key.publicKey), "Ed25519", false, ["verify"]);
  const { signature } = signatureOf(image);
  return await crypto.subtle.verify("Ed25519", imported, copyOf(signature), copyOf(signedBytes(image)));
}

/** The interface takes no views of shared memory, which a Uint8Array may be. */
function copyOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
