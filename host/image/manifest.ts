import * as Image from "../../hw-profiles/interface/image.ts";

/** For people: which of two images is newer decides the security counter. */
export interface ImageVersion {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

/** Values of the three protected TLVs. */
export interface ProtectedTlvs {
  readonly payloadSha256: Uint8Array;
  readonly buildId: Uint8Array;
  readonly goldenSha256: Uint8Array;
}

/** What an image says of itself. Lengths in bytes, memory in pages of 64 KiB. */
export interface Manifest extends ProtectedTlvs {
  readonly version: ImageVersion;
  readonly securityCounter: number;
  readonly payloadLength: number;
  readonly abiVersion: number;
  readonly memoryPages: number;
  /** HARDWARE_* */
  readonly hardwareClass: number;
  /** FEATURE_* */
  readonly features: number;
}

/** Key id and signature, behind what is signed. */
export interface ManifestSignature {
  readonly keyId: Uint8Array;
  readonly signature: Uint8Array;
}

export function versionText({ major, minor, patch }: ImageVersion): string {
  return `${major}.${minor}.${patch}`;
}

export function hexText(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

/** Bytes that the signature covers. */
export function signedBytes(image: Uint8Array): Uint8Array {
  return image.subarray(0, Image.IMAGE_SIGNED_BYTES);
}

export function payloadOf(image: Uint8Array): Uint8Array {
  return image.subarray(Image.IMAGE_MANIFEST_BYTES);
}

export function signatureOf(image: Uint8Array): ManifestSignature {
  return {
    keyId: image.subarray(Image.IMAGE_KEY_ID_AT, Image.IMAGE_KEY_ID_AT + Image.IMAGE_KEY_ID_BYTES),
    signature: image.subarray(
      Image.IMAGE_SIGNATURE_AT,
      Image.IMAGE_SIGNATURE_AT + Image.IMAGE_SIGNATURE_BYTES,
    ),
  };
}
