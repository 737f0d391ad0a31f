import type { FactsOf } from "../../flash/judge-for-board.ts";
import { sha256 } from "../../flash/sha256.ts";
import { payloadOf } from "../../image/manifest.ts";
import { webImageFacts } from "../../image/web-facts.ts";

/** As webImageFacts(); in a browser without Ed25519 the signature is left to the board, which checks it before the first erase. */
export const pageFacts: FactsOf = async (image, policy) => {
  try {
    return await webImageFacts(image, policy);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    return { isSignatureValid: true, payloadSha256: await sha256(payloadOf(image)) };
  }
};
