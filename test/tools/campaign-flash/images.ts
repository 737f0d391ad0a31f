// Signed images for the campaign: small payloads, made from a seed; the boot loader does not look into them.
import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from "node:crypto";
import { encodeManifest } from "../../../host/image/encode-manifest.ts";
import * as Image from "../../../hw-profiles/interface/image.ts";
import { keyId } from "../../../sim/boot/rom-keys.ts";
import { mix } from "../../../sim/flash/mix.ts";

/** DER of a PrivateKeyInfo of Ed25519 (RFC 8410) up to the seed. */
const PKCS8_PREFIX = Buffer.from("302e020100300506032b657004220420", "hex");

export interface SigningKey {
  readonly privateKey: KeyObject;
  /** Raw, 32 bytes. */
  readonly publicKey: Uint8Array;
}

export interface TestImage {
  readonly name: string;
  readonly counter: number;
  /** Manifest and payload. */
  readonly bytes: Uint8Array;
  /** The golden input gives other reports than the manifest says. */
  readonly failsTrial: boolean;
}

export interface ImageWish {
  readonly name: string;
  readonly payloadBytes: number;
  /** Equal seeds give equal bytes. */
  readonly seed: number;
  readonly counter: number;
  /** From this byte of the image on, the payload is that of another seed. */
  readonly changedFrom?: number;
  readonly failsTrial?: boolean;
  readonly key?: SigningKey;
}

/** A key from 32 equal bytes. */
export function testKey(byte: number): SigningKey {
  const der = Buffer.concat([PKCS8_PREFIX, Buffer.alloc(Image.IMAGE_PUBLIC_KEY_BYTES, byte)]);
  const privateKey = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  const spki = createPublicKey(privateKey).export({ format: "der", type: "spki" });
  return { privateKey, publicKey: spki.subarray(spki.length - Image.IMAGE_PUBLIC_KEY_BYTES) };
}

export const BOARD_KEY: SigningKey = testKey(0x51);
/** No board knows it. */
export const FOREIGN_KEY: SigningKey = testKey(0x52);

export const IDENTITY = {
  hardwareClass: Image.HARDWARE_SCALAR,
  abi: 3,
  pages: 3,
  features: Image.FEATURE_LIDAR | Image.FEATURE_FLOAT32,
};

function payloadOf({ payloadBytes, seed, changedFrom = Infinity }: ImageWish): Uint8Array {
  return Uint8Array.from({ length: payloadBytes }, (_, at) => {
    const from = at + Image.IMAGE_MANIFEST_BYTES >= changedFrom ? seed + 1000 : seed;
    return mix(from, at) & 0xff;
  });
}

/** Puts key id and signature behind what they sign. */
export function signManifest(manifest: Uint8Array, { privateKey, publicKey }: SigningKey): void {
  manifest.set(keyId(publicKey), Image.IMAGE_KEY_ID_AT);
  manifest.set(
    sign(null, manifest.subarray(0, Image.IMAGE_SIGNED_BYTES), privateKey),
    Image.IMAGE_SIGNATURE_AT,
  );
}

export function makeImage(wish: ImageWish): TestImage {
  const payload = payloadOf(wish);
  const manifest = encodeManifest({
    version: { major: 1, minor: wish.seed, patch: 0 },
    securityCounter: wish.counter,
    payloadLength: payload.length,
    abiVersion: IDENTITY.abi,
    memoryPages: IDENTITY.pages,
    hardwareClass: IDENTITY.hardwareClass,
    features: Image.FEATURE_LIDAR,
    payloadSha256: createHash("sha256").update(payload).digest(),
    buildId: new Uint8Array(Image.TLV_BUILD_ID_BYTES).fill(wish.seed),
    goldenSha256: new Uint8Array(Image.TLV_GOLDEN_SHA256_BYTES),
  });
  signManifest(manifest, wish.key ?? BOARD_KEY);
  return {
    name: wish.name,
    counter: wish.counter,
    bytes: Uint8Array.from([...manifest, ...payload]),
    failsTrial: wish.failsTrial ?? false,
  };
}
