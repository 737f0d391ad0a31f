import { BOOT_DATA_BYTES } from "../../hw-profiles/interface/flash.ts";
import { sameBytes } from "../image/manifest.ts";
import type { FlashPort } from "./flash-port.ts";
import { isPassing } from "./passing.ts";
import { sha256 } from "./sha256.ts";

/** Times that a digest is asked for: one that was damaged on the way is none of the flash. */
const MAX_TRIES = 3;

/**
 * Ask the board for the SHA-256 of every 4 KiB of an image in a slot, no sector left out, and compare them with the image.
 * @param onRight hears how many bytes were found right.
 * @returns the first byte of a part that the slot does not hold; undefined: it holds the image.
 */
export async function findDifference(
  port: FlashPort,
  slot: number,
  image: Uint8Array,
  onRight: (bytes: number) => void = () => undefined,
): Promise<number | undefined> {
  for (let at = 0; at < image.length; at += BOOT_DATA_BYTES) {
    const part = image.subarray(at, at + BOOT_DATA_BYTES);
    if (!(await holds(port, slot, at, part))) return at;
    onRight(at + part.length);
  }
  return undefined;
}

async function holds(port: FlashPort, slot: number, at: number, part: Uint8Array): Promise<boolean> {
  const expected = await sha256(part);
  let failure: unknown;
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    try {
      failure = undefined;
      const found = await port.readBack(slot, at, part.length);
      if (found !== undefined && sameBytes(found, expected)) return true;
    } catch (error) {
      if (!isPassing(error)) throw error;
      failure = error;
    }
  }
  if (failure !== undefined) throw failure;
  return false;
}
