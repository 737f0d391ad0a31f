// Ed25519 keys (RFC 8032) in PEM files: PKCS #8 private, SPKI public (RFC 8410).

import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from "node:crypto";
import { IMAGE_KEY_ID_BYTES, IMAGE_PUBLIC_KEY_BYTES } from "../../../hw-profiles/interface/image.ts";
import { ImageError } from "../image-error.ts";
import type { ImageKey } from "../image-key.ts";
import { developmentSeed } from "./development-key.ts";

/** What stands before the seed in the DER of a PKCS #8 Ed25519 key. */
const PRIVATE_DER_HEAD = Buffer.from("302e020100300506032b657004220420", "hex");
const KEYGEN = "make one with `cqd image keygen NAME`";

export interface SigningKey extends ImageKey {
  readonly privateKey: KeyObject;
}

export interface KeyFiles {
  readonly privatePem: string;
  readonly publicPem: string;
  readonly key: SigningKey;
}

export function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
}

/** A new key, by the system's source of randomness. */
export function generateKey(): KeyFiles {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  return {
    privatePem: privateKey.export({ format: "pem", type: "pkcs8" }).toString(),
    publicPem: publicKey.export({ format: "pem", type: "spki" }).toString(),
    key: signingKey(privateKey),
  };
}

/** @param name of the file, for the message. @throws ImageError. */
export function readPrivateKey(pem: string, name: string): SigningKey {
  return signingKey(parse(() => createPrivateKey(pem), "private", name));
}

/** Of a public or a private key's file. @throws ImageError. */
export function readPublicKey(pem: string, name: string): ImageKey {
  return imageKey(parse(() => createPublicKey(pem), "public", name));
}

export function developmentSigningKey(): SigningKey {
  const der = Buffer.concat([PRIVATE_DER_HEAD, developmentSeed()]);
  return signingKey(createPrivateKey({ key: der, format: "der", type: "pkcs8" }));
}

/** A raw public key as node:crypto takes it. */
export function publicKeyObject({ publicKey }: ImageKey): KeyObject {
  const x = Buffer.from(publicKey).toString("base64url");
  return createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
}

function parse(read: () => KeyObject, half: "private" | "public", name: string): KeyObject {
  let key: KeyObject;
  try {
    key = read();
  } catch {
    throw new ImageError(`${name}: found no ${half} key in it, expected a PEM file; ${KEYGEN}`);
  }
  if (key.asymmetricKeyType === "ed25519") return key;
  throw new ImageError(`${name}: found a key of type ${key.asymmetricKeyType}, expected ed25519; ${KEYGEN}`);
}

function signingKey(privateKey: KeyObject): SigningKey {
  return { ...imageKey(createPublicKey(privateKey)), privateKey };
}

function imageKey(key: KeyObject): ImageKey {
  const der = key.export({ format: "der", type: "spki" });
  const publicKey = new Uint8Array(der.subarray(der.length - IMAGE_PUBLIC_KEY_BYTES));
  return { publicKey, id: sha256(publicKey).subarray(0, IMAGE_KEY_ID_BYTES) };
}
