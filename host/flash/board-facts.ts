import { ABI_VERSION } from "../../hw-profiles/interface/abi.ts";
import { IMAGE_KEY_ID_BYTES } from "../../hw-profiles/interface/image.ts";
import type { RegisterPort } from "../camera/register-port.ts";
import type { BoardPolicy } from "../image/board-policy.ts";
import { DEVELOPMENT_KEY, type ImageKey } from "../image/image-key.ts";
import { sameBytes } from "../image/manifest.ts";
import { bytesOf, FlashPort, steady } from "./flash-port.ts";

const FACTS = ["FlashLocked", "FlashHardwareClass", "FlashFeatures", "FlashMemoryPages"] as const;
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
  const port = new FlashPort(registers);
  const { floor, slotBytes } = await port.steadyBootWords();
  const facts = await steady(() => readFacts(port));
  const view = new DataView(facts.buffer);
  const [isLocked, hardwareClass, features, memoryPages] = FACTS.map((_, i) => view.getUint32(4 * i, true));
  return {
    keys: keysOf(facts.subarray(4 * FACTS.length), [DEVELOPMENT_KEY, ...known]),
    isLocked: isLocked !== 0,
    hardwareClass: hardwareClass ?? 0,
    features: features ?? 0,
    // Cameras of another version are not opened.
    abiVersion: ABI_VERSION,
    memoryPages: memoryPages ?? 0,
    slotBytes,
    securityFloor: floor,
  };
}

/** The words of FACTS, then the ids of the keys. */
async function readFacts(port: FlashPort): Promise<Uint8Array> {
  const words: number[] = [];
  for (const name of FACTS) words.push(await port.number(name));
  return bytesOf([...words, ...(await port.numbers("FlashKeyId"))]);
}

function keysOf(bytes: Uint8Array, known: readonly ImageKey[]): ImageKey[] {
  const ids = Array.from({ length: bytes.length / IMAGE_KEY_ID_BYTES }, (_, slot) =>
    bytes.slice(slot * IMAGE_KEY_ID_BYTES, (slot + 1) * IMAGE_KEY_ID_BYTES),
  );
  return ids
    .filter((id) => id.some((byte) => byte !== 0))
    .map((id) => known.find((key) => sameBytes(key.id, id)) ?? { id, publicKey: NO_BYTES });
}
