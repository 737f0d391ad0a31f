import { IMAGE_MANIFEST_BYTES } from "../../hw-profiles/interface/image.ts";
import type { BoardPolicy } from "../image/board-policy.ts";
import { type ImageFacts, judgeImage } from "../image/judge-image.ts";
import { keyOf } from "../image/judge-manifest.ts";
import type { Refusal } from "../image/refusal.ts";

/** What node:crypto or the page's Web Cryptography says of an image: imageFacts() or webImageFacts(). */
export type FactsOf = (image: Uint8Array, policy: BoardPolicy) => ImageFacts | Promise<ImageFacts>;

/**
 * Everything that stands against an image on a board, before anything is sent. The signature by a key whose public half is not
 * known here is left to the board, which checks it before the first erase too.
 */
export async function judgeForBoard(
  image: Uint8Array,
  policy: BoardPolicy,
  factsOf: FactsOf,
): Promise<readonly Refusal[]> {
  const keys = policy.keys.filter(({ publicKey }) => publicKey.length > 0);
  const facts = await factsOf(image, { ...policy, keys });
  const key = image.length < IMAGE_MANIFEST_BYTES ? undefined : keyOf(image, policy);
  const isLeftToBoard = key !== undefined && key.publicKey.length === 0;
  return judgeImage(image, isLeftToBoard ? { ...facts, isSignatureValid: true } : facts, policy);
}
