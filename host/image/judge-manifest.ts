import * as Image from "../../hw-profiles/interface/image.ts";
import type { BoardPolicy } from "./board-policy.ts";
import { featuresText, hardwareName } from "./code-text.ts";
import { type ImageKey, isDevelopmentKey } from "./image-key.ts";
import { hexText, type Manifest, sameBytes, signatureOf } from "./manifest.ts";
import { type Refusal, refusal } from "./refusal.ts";

/** The key slot whose key the image names. */
export function keyOf(image: Uint8Array, { keys }: BoardPolicy): ImageKey | undefined {
  const { keyId } = signatureOf(image);
  return keys.slice(0, Image.IMAGE_KEY_SLOTS).find(({ id }) => sameBytes(id, keyId));
}

/**
 * What stands against an image by its manifest alone, so that it can be said before the first erase.
 * @param isSignatureValid whether the key of keyOf() made the signature.
 */
export function judgeManifest(
  image: Uint8Array,
  manifest: Manifest,
  isSignatureValid: boolean,
  policy: BoardPolicy,
): Refusal[] {
  const checks = [
    checkSize(manifest, policy),
    checkSignature(image, isSignatureValid, policy),
    checkHardware(manifest, policy),
    checkAbi(manifest, policy),
    checkMemory(manifest, policy),
    checkFeatures(manifest, policy),
    checkDowngrade(manifest, policy),
  ];
  return checks.filter((found) => found !== undefined);
}

function checkSize({ payloadLength }: Manifest, { slotBytes }: BoardPolicy): Refusal | undefined {
  const room = Math.min(slotBytes - Image.IMAGE_MANIFEST_BYTES, Image.IMAGE_PAYLOAD_MAX);
  if (payloadLength > 0 && payloadLength <= room) return undefined;
  return refusal(Image.REFUSED_SIZE, `a module of ${payloadLength} bytes`, `1 to ${room} bytes`);
}

function checkSignature(image: Uint8Array, isValid: boolean, policy: BoardPolicy): Refusal | undefined {
  const id = signatureOf(image).keyId;
  if (keyOf(image, policy) === undefined) {
    const known = policy.keys.map((key) => hexText(key.id)).join(" or ") || "no key: the board has none";
    return refusal(Image.REFUSED_KEY, `key ${hexText(id)}`, known);
  }
  if (policy.isLocked && isDevelopmentKey(id)) {
    const found = "the development key, whose private half is public";
    return refusal(Image.REFUSED_DEVELOPMENT_KEY, found, "another: the board is locked for production");
  }
  if (isValid) return undefined;
  return refusal(Image.REFUSED_SIGNATURE, "a signature that does not match", `one by key ${hexText(id)}`);
}

function checkHardware({ hardwareClass }: Manifest, policy: BoardPolicy): Refusal | undefined {
  if (hardwareClass === policy.hardwareClass) return undefined;
  const [found, expected] = [hardwareClass, policy.hardwareClass].map(hardwareName);
  return refusal(Image.REFUSED_HARDWARE, `hardware class ${found}`, `class ${expected}`);
}

function checkAbi({ abiVersion }: Manifest, policy: BoardPolicy): Refusal | undefined {
  if (abiVersion === policy.abiVersion) return undefined;
  return refusal(Image.REFUSED_ABI, `ABI version ${abiVersion}`, `ABI version ${policy.abiVersion}`);
}

function checkMemory({ memoryPages }: Manifest, policy: BoardPolicy): Refusal | undefined {
  if (memoryPages === policy.memoryPages) return undefined;
  return refusal(Image.REFUSED_MEMORY, `${memoryPages} pages of memory`, `${policy.memoryPages} pages`);
}

function checkFeatures({ features }: Manifest, policy: BoardPolicy): Refusal | undefined {
  const lacking = (features & ~policy.features & ~Image.FEATURE_MODES) >>> 0;
  if (lacking !== 0) {
    const expected = `none but ${featuresText(policy.features & Image.FEATURE_OPCODES)}`;
    return refusal(Image.REFUSED_FEATURES, `a module that needs ${featuresText(lacking)}`, expected);
  }
  if (features & policy.features & Image.FEATURE_MODES) return undefined;
  const modes = (word: number) => featuresText(word & Image.FEATURE_MODES);
  return refusal(Image.REFUSED_FEATURES, `modes: ${modes(features)}`, `one of: ${modes(policy.features)}`);
}

function checkDowngrade({ securityCounter }: Manifest, { securityFloor }: BoardPolicy): Refusal | undefined {
  if (securityCounter >= securityFloor) return undefined;
  return refusal(Image.REFUSED_DOWNGRADE, `security counter ${securityCounter}`, `${securityFloor} or more`);
}
