// What the board's ROM knows: SHA-256, and Ed25519 with the public keys of its key slots. node:crypto does the work here.
import { createHash, createPublicKey, type Hash, type KeyObject, verify } from "node:crypto";
import {
  IMAGE_KEY_ID_BYTES,
  IMAGE_KEY_SLOTS,
  IMAGE_PUBLIC_KEY_BYTES,
  REFUSED_DEVELOPMENT_KEY,
  REFUSED_KEY,
  REFUSED_SIGNATURE,
} from "../../hw-profiles/interface/image.ts";

/** DER of a SubjectPublicKeyInfo of Ed25519 (RFC 8410) up to the key itself. */
const SPKI_PREFIX = Buffer.from("302a300506032b6570032100", "hex");

export interface RomKey {
  /** Raw Ed25519 public key, 32 bytes. */
  readonly publicKey: Uint8Array;
  /** Anybody has the private key: a locked board refuses it. */
  readonly development: boolean;
}

interface KnownKey {
  readonly id: Buffer;
  readonly key: KeyObject;
  readonly development: boolean;
}

/** First bytes of the SHA-256 of a raw public key. */
export function keyId(publicKey: Uint8Array): Uint8Array {
  return createHash("sha256").update(publicKey).digest().subarray(0, IMAGE_KEY_ID_BYTES);
}

function knownKey({ publicKey, development }: RomKey): KnownKey {
  if (publicKey.length !== IMAGE_PUBLIC_KEY_BYTES)
    throw new RangeError(
      `found a public key of ${publicKey.length} bytes, expected ${IMAGE_PUBLIC_KEY_BYTES}`,
    );
  const der = Buffer.concat([SPKI_PREFIX, publicKey]);
  const key = createPublicKey({ key: der, format: "der", type: "spki" });
  return { id: Buffer.from(keyId(publicKey)), key, development };
}

export class RomKeys {
  private readonly keys: readonly KnownKey[];
  private readonly locked: boolean;
  private readonly verified = new Map<string, boolean>();

  /** @param locked a production board: development keys are refused. @throws RangeError for too many keys or a wrong size. */
  constructor(keys: readonly RomKey[], locked: boolean) {
    if (keys.length > IMAGE_KEY_SLOTS)
      throw new RangeError(`found ${keys.length} keys, expected ${IMAGE_KEY_SLOTS} at most`);
    this.keys = keys.map(knownKey);
    this.locked = locked;
  }

  /** @returns 0, REFUSED_KEY, REFUSED_DEVELOPMENT_KEY or REFUSED_SIGNATURE */
  verify(id: Uint8Array, message: Uint8Array, signature: Uint8Array): number {
    const known = this.keys.find((key) => key.id.equals(id));
    if (!known) return REFUSED_KEY;
    if (known.development && this.locked) return REFUSED_DEVELOPMENT_KEY;
    return this.isSigned(known, message, signature) ? 0 : REFUSED_SIGNATURE;
  }

  /** A boot loader asks for the same manifests again and again. */
  private isSigned({ id, key }: KnownKey, message: Uint8Array, signature: Uint8Array): boolean {
    const question = Buffer.concat([id, signature, message]).toString("latin1");
    const answered = this.verified.get(question);
    if (answered !== undefined) return answered;
    const answer = verify(null, message, key, signature);
    this.verified.set(question, answer);
    return answer;
  }
}

/** SHA-256 in steps, as the ROM offers it. */
export class RomHash {
  private hash: Hash = createHash("sha256");

  begin(): void {
    this.hash = createHash("sha256");
  }

  update(bytes: Uint8Array): void {
    this.hash.update(bytes);
  }

  end(): Uint8Array {
    return this.hash.digest();
  }
}
