import { ABI_VERSION } from "../../hw-profiles/interface/abi.ts";
import { IMAGE_KEY_ID_BYTES } from "../../hw-profiles/interface/image.ts";
import type { RegisterPort } from "../camera/register-port.ts";
import type { BoardPolicy } from "../image/board-policy.ts";
import { DEVELOPMENT_KEY, type ImageKey } from "../image/image-key.ts";
import { sameBytes } from "../image/manifest.ts";
import { bytesOf, FlashPort } from "./flash-port.ts";

const NO_BYTES = new Uint8Array(0);

/**
 * What a board accepts, read from its registers. A board tells the ids of its keys: of one that is not among `known` the public
 * key is empty, and only the board can check a signature by it.
 * @param known public keys besides the development key.
 */
export async function readBoardPolicy(
  registers: RegisterPort,
  known: readonly ImageKey[] = [],
): Promise<BoardPolicy> {
  const words = await registers.read("FlashKeyId");
  const { floor, slotBytes } = await new FlashPort(registers).steadyBootWords();
  return {
    keys: keysOf(bytesOf(typeof words === "object" ? words.map(Number) : []), [DEVELOPMENT_KEY, ...known]),
    isLocked: (await registers.readNumber("FlashLocked")) !== 0,
    hardwareClass: await registers.readNumber("FlashHardwareClass"),
    features: await registers.readNumber("FlashFeatures"),
    // Cameras of another version are not opened.
    abiVersion: ABI_VERSION,
    memoryPages: await registers.readNumber("FlashMemoryPages"),
    slotBytes,
    securityFloor: floor,
  };
}

function keysOf(bytes: Uint8Array, known: readonly ImageKey[]): ImageKey[] {
  const ids = Array.from({ length: bytes.length / IMAGE_KEY_ID_BYTES }, (_, slot) =>
    bytes.slice(slot * IMAGE_KEY_ID_BYTES, (slot + 1) * IMAGE_KEY_ID_BYTES),
  );
  return ids
    .filter((id) => id.some((byte) => byte !== 0))
    .map((id) => known.find((key) => sameBytes(key.id, id)) ?? { id, publicKey: NO_BYTES });
}
