import { admit } from "../../hw-profiles/admission/admit.ts";
import type { Finding } from "../../hw-profiles/admission/finding.ts";
import { type HardwareTarget, hardwareTarget, VECTOR_TARGET } from "../../hw-profiles/admission/target.ts";
import * as Image from "../../hw-profiles/interface/image.ts";
import type { BoardPolicy } from "./board-policy.ts";
import { featuresText } from "./code-text.ts";
import { decodeManifest } from "./decode-manifest.ts";
import { judgeManifest } from "./judge-manifest.ts";
import { hexText, type Manifest, payloadOf, sameBytes } from "./manifest.ts";
import { type Refusal, refusal } from "./refusal.ts";

/** What only cryptography tells of an image; computed by node:crypto or by the browser's. */
export interface ImageFacts {
  /** Whether the key that the image names, and the policy knows, made the signature. */
  readonly isSignatureValid: boolean;
  /** Of the bytes behind the manifest. */
  readonly payloadSha256: Uint8Array;
}

/**
 * Everything that stands against an image, in the order of REFUSED_*; empty: the board would install it. The golden input is
 * left to whoever can run the module. Throws for no bytes whatever.
 */
export function judgeImage(image: Uint8Array, facts: ImageFacts, policy: BoardPolicy): readonly Refusal[] {
  const { manifest, refusal: wrong } = decodeManifest(image);
  if (wrong !== undefined) return [wrong];
  const found = judgeManifest(image, manifest, facts.isSignatureValid, policy);
  const payload = payloadOf(image);
  if (payload.length !== manifest.payloadLength) return [wrongLength(payload, manifest), ...found];
  if (sameBytes(facts.payloadSha256, manifest.payloadSha256)) {
    return [...found, ...judgeModule(payload, manifest)];
  }
  const expected = `${hexText(manifest.payloadSha256)} of the manifest`;
  return [...found, refusal(Image.REFUSED_HASH, `SHA-256 ${hexText(facts.payloadSha256)}`, expected)];
}

function wrongLength(payload: Uint8Array, { payloadLength }: Manifest): Refusal {
  const expected = `${payloadLength} bytes, as the header says`;
  return refusal(Image.REFUSED_SIZE, `a file with ${payload.length} bytes of module`, expected);
}

/** The checker's findings for the hardware that the image is for, and whether the header tells the features right. */
function judgeModule(payload: Uint8Array, manifest: Manifest): Refusal[] {
  const target = targetOf(manifest);
  const { features, findings } = admit(new Uint8Array(payload), target);
  if (findings.length > 0) return findings.map(moduleRefusal);
  const said = manifest.features & Image.FEATURE_OPCODES;
  if (said === features) return [];
  const expected = `${featuresText(features)}, as found in the module`;
  return [refusal(Image.REFUSED_MODULE, `a header with features ${featuresText(said)}`, expected)];
}

/** A class that nobody knows is refused by the manifest; the module is judged as for the most able hardware. */
function targetOf({ hardwareClass }: Manifest): HardwareTarget {
  return hardwareTarget(hardwareClass) ?? VECTOR_TARGET;
}

function moduleRefusal(finding: Finding): Refusal {
  return refusal(Image.REFUSED_MODULE, finding.found, finding.expected, finding.nextStep);
}
