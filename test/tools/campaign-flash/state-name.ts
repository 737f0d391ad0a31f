import { contentHash, type FlashContent } from "../../../sim/flash/nor-flash.ts";

/** Contents that agree in every cell, those in doubt included, have the same name. */
export function exactName(content: FlashContent): string {
  return contentHash(content).toString(36);
}
